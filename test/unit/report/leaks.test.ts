import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderDocx } from '../../../electron/report/docx/write.ts'
import { writeEvidenceZip } from '../../../electron/report/evidence-zip.ts'
import { renderReport } from '../../../electron/report/render.ts'
import { isScored, templateItems, type ProfileName } from '../../../shared/domain/template.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { FONTS } from '../../support/report-model.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'leaks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let world: ReportWorld
let made = 0

/** The sample visit with a word of its own wherever something stands that is not the enterprise's to read. */
beforeAll(async () => {
  const plain = await reportWorld(join(folder, 'photos'), 8)
  const pictured = plain.sheets.flatMap((s) => s.sheet.media.flatMap((m) => m.items))
  const hidden = templateItems(plain.template).find((i) => isScored(i) && pictured.includes(i.id))?.id ?? ''
  const { result } = plain
  const isHidden = (item: string | null) => item === hidden
  world = {
    ...plain,
    template: {
      ...plain.template,
      sections: plain.template.sections.map((s) => ({
        ...s,
        items: s.items.map((i) =>
          isHidden(i.id)
            ? { ...i, methods: ['covert' as const], title: { zh: 'XCOVERTtitle', en: 'XCOVERTtitle' } }
            : i,
        ),
      })),
    },
    task: {
      ...plain.task,
      prefill: {
        ...plain.task.prefill,
        registry: [{ item: hidden, finding: 'XCOVERTregistry', source: 'x', at: '2026-11-20' }],
      },
    },
    sheets: plain.sheets.map(({ digest, sheet }) => ({
      digest,
      sheet: {
        ...sheet,
        expert: { ...sheet.expert },
        answers: sheet.answers.map((a) =>
          isHidden(a.item)
            ? {
                ...a,
                note: 'XCOVERTnote',
                facts: 'XCOVERTfacts',
                reason: 'XCOVERTreason',
                documents: [{ name: 'XCOVERTdoc', number: 'XCOVERTdocnumber', date: '' }],
                people: ['XCOVERTperson'],
                samples: [
                  {
                    population: 'XCOVERTpopulation',
                    how: 'XCOVERThow',
                    id: 'XCOVERTid',
                    result: 'XCOVERTresult',
                    media: [],
                  },
                ],
              }
            : { ...a, reason: 'XPERSONALreason', note: 'XPERSONALnote' },
        ),
        media: sheet.media.map((m) => ({
          ...m,
          name: 'XNAMEoriginal.jpg',
          device: 'XDEVICE',
          caption: m.items.every(isHidden) ? 'XCOVERTcaption' : m.caption,
        })),
        witnessTests: [
          ...sheet.witnessTests,
          { item: hidden, what: 'XCOVERTwitness', method: 'XCOVERTmethod', result: 'XCOVERTtest', media: [] },
        ],
      },
    })),
    result: {
      ...result,
      inputs: {
        ...result.inputs,
        decisions: result.inputs.decisions.map((d) => ({
          ...d,
          reason: isHidden(d.item) ? 'XCOVERTdecision' : 'XDELIBERATIONreason',
          dissent: [{ personId: 'x', text: 'XDELIBERATIONdissent' }],
        })),
        conclusion: { ...result.inputs.conclusion, reason: 'XDELIBERATIONconclusion', opinion: 'XOPINION' },
      },
      text: {
        ...result.text,
        witnessTests: [
          ...result.text.witnessTests,
          { item: hidden, what: 'XCOVERTwitness', method: 'XCOVERTmethod', result: 'XCOVERTtest', media: [] },
        ],
      },
    },
  }
}, 60_000)

const KEPT_FROM_THE_ENTERPRISE = /X(?:COVERT|PERSONAL|DELIBERATION|NAME|DEVICE|OPINION)\w*/g

const TOLD_IN_THE_ARCHIVE = [
  'XCOVERTcaption',
  'XCOVERTtitle',
  'XDELIBERATIONdissent',
  'XDELIBERATIONreason',
  'XNAMEoriginal',
  'XOPINION',
]

/** Every readable string of a report in each format. */
async function everything(
  profile: ProfileName,
  language: 'zh' | 'en',
): Promise<Record<'pdf' | 'docx' | 'zip', string>> {
  const { photo, ...rest } = world
  const input = { ...rest, profile, language }
  const model = buildReport(input)
  const cacheDir = join(folder, 'cache')
  const target = (extension: string) => join(folder, `${++made}.${extension}`)
  const pdf = await renderReport({ model, fontsDir: FONTS, photo, cacheDir, target: target('pdf') })
  const docx = await renderDocx({ model, fontsDir: FONTS, photo, cacheDir, target: target('docx') })
  const zip = await writeEvidenceZip({ input, photo, reports: [], isDraft: false, cacheDir, target: target('zip') })
  if (!pdf.ok || !docx.ok || !zip.ok) throw new Error(JSON.stringify([pdf, docx, zip]))
  const inside = (path: string) =>
    Object.entries(unzipSync(readFileSync(path)))
      .map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('utf8')}`)
      .join('\n')
  const read = execFileSync('pdftotext', ['-raw', pdf.value.path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return {
    pdf: `${read}\n${readFileSync(pdf.value.path, 'latin1')}`,
    docx: inside(docx.value.path),
    zip: inside(zip.value.path),
  }
}

test.each(['zh', 'en'] as const)('what is kept from the enterprise is in none of its files (%s)', async (language) => {
  const names = world.task.team.map((m) => m.name)
  for (const [format, text] of Object.entries(await everything('enterprise', language))) {
    const found = [...new Set(text.match(KEPT_FROM_THE_ENTERPRISE))]
    expect({ format, found }).toEqual({ format, found: [] })
    expect({ format, named: names.filter((name) => text.includes(name)) }).toEqual({ format, named: [] })
    for (const about of [folder, `${tmpdir()}/`, 'GPSLatitude', '41.80000', process.cwd()])
      expect(text).not.toContain(about)
  }
  // The control: the archive copy tells all of that.
  const archive = await everything('archive', language)
  const told = new Set(Object.values(archive).flatMap((text) => text.match(KEPT_FROM_THE_ENTERPRISE) ?? []))
  expect([...told].toSorted()).toEqual(expect.arrayContaining(TOLD_IN_THE_ARCHIVE))
})
