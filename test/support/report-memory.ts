import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { renderDocx } from '../../electron/report/docx/write.ts'
import { writeEvidenceZip } from '../../electron/report/evidence-zip.ts'
import { renderReport } from '../../electron/report/render.ts'
import type { Block } from '../../shared/report/model.ts'
import { FONTS, modelOf, photosOf, tableOf } from './report-model.ts'
import { mediaOf, reportWorld } from './report-world.ts'

/*
 * Run in a process of its own: `node report-memory.ts pdf|docx|zip|whole FOLDER` makes a report of hundreds of pages and the photos
 * in FOLDER/photos and prints what it needed. `whole` keeps what it writes in memory, as a writer that does not stream would.
 */
const [way = '', folder = ''] = process.argv.slice(2)
const names = readdirSync(join(folder, 'photos')).toSorted()
const photos = new Map(names.map((name) => [name.slice(0, 64), join(folder, 'photos', name)]))
const photo = (sha256: string) => photos.get(sha256) ?? null
const target = join(folder, `out.${way}`)

const NOTE = '评价组抽查了近 12 个月的出厂检验记录，重点核对耐压试验的判定值与标准的一致性；发现 3 处涂改，已现场说明。'
const chapters = Array.from({ length: 40 }, (_, chapter): Block[] => [
  { kind: 'heading', level: 1, text: `第 ${chapter + 1} 章` },
  tableOf(Array.from({ length: 70 }, (_, n) => [`${chapter + 1}.${n + 1}`, NOTE.repeat(2)])),
]).flat()
const model = modelOf([...chapters, { kind: 'heading', level: 1, text: '照片' }, photosOf([...photos.keys()])])

async function make() {
  const request = { model, fontsDir: FONTS, photo, cacheDir: join(folder, 'cache'), target }
  if (way === 'docx') return await renderDocx(request)
  if (way !== 'zip') return await renderReport(request)
  const { photo: _, ...world } = await reportWorld(join(folder, 'world'), 1)
  const [first, ...others] = world.sheets
  if (!first) throw new Error('no sheet')
  const media = [...photos].map(([sha256, path]) => {
    const named = mediaOf(readFileSync(path), [], '')
    return { ...named, sha256 }
  })
  const sheets = [{ ...first, sheet: { ...first.sheet, media } }, ...others]
  const input = { ...world, sheets, profile: 'archive' as const, language: 'zh' as const }
  return await writeEvidenceZip({ input, photo, reports: [], isDraft: false, cacheDir: request.cacheDir, target })
}

const held = way === 'whole' ? [...photos.values()].map((path) => readFileSync(path)) : []
const made = await make()
if (!made.ok) throw new Error(JSON.stringify(made.failure))
const whole = Buffer.concat(held)
const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
const pages = 'pages' in made.value ? made.value.pages : 0
process.stdout.write(
  JSON.stringify({ peakMb: Number(peak) / 1024, bytes: made.value.bytes, pages, held: whole.length }),
)
