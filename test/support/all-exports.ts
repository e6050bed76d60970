import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderDocx } from '../../electron/report/docx/write.ts'
import { writeEvidenceZip } from '../../electron/report/evidence-zip.ts'
import { renderReport } from '../../electron/report/render.ts'
import { workbookBytes } from '../../electron/tabular/jobs.ts'
import type { ProfileName } from '../../shared/domain/template.ts'
import { buildReport } from '../../shared/report/build.ts'
import { mergeSheets } from '../../shared/scoring/merge.ts'
import { itemSheet, templateWorkbook } from '../../shared/tabular/template-write.ts'
import { teamWorkbook } from '../../shared/tabular/team-workbook.ts'
import { FONTS } from './report-model.ts'
import { reportWorld, sha256, type ReportWorld } from './report-world.ts'

/** Writes a copy of a visit as PDF, Word document and evidence archive (which holds the PDF) into a folder; their paths. */
export async function writeCopies(world: ReportWorld, profile: ProfileName, folder: string) {
  const { photo, ...input } = world
  const path = (ending: string) => join(folder, `${profile}.${ending}`)
  const cacheDir = join(folder, 'cache')
  const order = { model: buildReport({ ...input, profile, language: 'zh' }), fontsDir: FONTS, photo, cacheDir }
  const pdf = await renderReport({ ...order, target: path('pdf') })
  const docx = await renderDocx({ ...order, target: path('docx') })
  if (!pdf.ok || !docx.ok) throw new Error(JSON.stringify([pdf, docx]))
  const { bytes: size, sha256: hash } = pdf.value
  const zip = await writeEvidenceZip({
    input: { ...input, profile, language: 'zh' },
    photo,
    reports: [{ name: 'report.pdf', path: path('pdf'), size, sha256: hash }],
    isDraft: false,
    cacheDir,
    target: path('zip'),
  })
  if (!zip.ok) throw new Error(JSON.stringify(zip.failure))
  return { pdf: path('pdf'), docx: path('docx'), zip: path('zip') }
}

/** Writes the lead's workbook, and the checklist as workbook and text file. */
export async function writeTables({ task, template, sheets, result }: ReportWorld, folder: string): Promise<void> {
  const outcome = mergeSheets({ task, template, sheets, inputs: result.inputs, hash: sha256 })
  const all = sheets.map((s) => s.sheet)
  for (const language of ['zh', 'en'] as const) {
    const team = teamWorkbook({ task, template, sheets: all, inputs: result.inputs, outcome }, language)
    writeFileSync(join(folder, `team.${language}.xlsx`), await workbookBytes(team, 'xlsx'))
  }
  writeFileSync(join(folder, 'checklist.xlsx'), await workbookBytes(templateWorkbook(template), 'xlsx'))
  writeFileSync(join(folder, 'checklist.csv'), await workbookBytes({ sheets: [itemSheet(template)] }, 'csv'))
}

// A process of its own: writes everything into the folder it is given and says what it wrote, and what its surroundings are.
const [, script, folder, age] = process.argv
if (script === import.meta.filename && folder !== undefined) {
  const photos = join(folder, 'photos')
  const world = await reportWorld(photos, 1)
  for (const name of readdirSync(photos)) utimesSync(join(photos, name), Number(age), Number(age))
  await writeCopies(world, 'archive', folder)
  await writeTables(world, folder)
  const files = readdirSync(folder, { withFileTypes: true }).filter((f) => f.isFile())
  const hashes = files.map((f) => [
    f.name,
    createHash('sha256')
      .update(readFileSync(join(folder, f.name)))
      .digest('hex'),
  ])
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const surroundings = [locale, timeZone, process.cwd()]
  process.stdout.write(JSON.stringify({ hashes: Object.fromEntries(hashes), surroundings }))
}
