import { isPicture, type Media } from '../../../shared/domain/sheet.ts'
import type { Section } from '../../../shared/domain/template.ts'
import type { Context } from '../../../shared/report/context.ts'

/** One piece of evidence and where it lies in the archive; `items` are all it belongs to, the first names it. */
export type Listed = { media: Media; by: string; items: string[]; name: string }
/** A section with its listed evidence by item, `section` null for evidence of no item. */
export type Chapter = {
  section: Section | null
  folder: string
  items: { item: string; files: Listed[] }[]
}

const KINDS: Record<Media['ext'], string> = {
  jpg: 'photo',
  png: 'photo',
  webp: 'photo',
  heic: 'photo',
  pdf: 'file',
  mp4: 'video',
  m4a: 'audio',
}
const LONGEST = 16
const LONGEST_CODE = 24
/** Names Windows keeps for devices, also with an ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** Characters every file system and archive program takes; short, so that the whole path stays short. */
const safe = (text: string): string =>
  [...text.normalize('NFC').replaceAll(/[\\/:*?"<>|\s\p{C}.]+/gu, '_')]
    .slice(0, LONGEST)
    .join('')
    .replaceAll(/^_+|_+$/g, '')

/** A code keeps its dots. */
const codeName = (code: string): string => {
  const plain = code.normalize('NFKC').replaceAll(/[^0-9A-Za-z.\-\u3400-\u9fff]+/g, '_')
  const name = plain.slice(0, LONGEST_CODE).replaceAll(/^\.+|\.+$/g, '') || '_'
  return DEVICE.test(name) ? `_${name}` : name
}

/** A name nobody has yet, also where upper and lower case are one; `taken` knows it from then on. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}-${n}`
  taken.add(name.toLowerCase())
  return name
}

/**
 * The evidence of the sheets that count, by section and item in the checklist's order, each file once. Where faces are not shown a
 * blurred copy stands in for its original, as in the report.
 */
export function listEvidence(c: Context): Chapter[] {
  const all = new Map<string, { media: Media; by: string }>()
  for (const { sheet } of c.counted) {
    for (const media of sheet.media) {
      if (!all.has(media.sha256)) all.set(media.sha256, { media, by: sheet.expert.personId })
    }
  }
  const blurred = new Set([...all.values()].map(({ media }) => media.derivedFrom))
  const shown = [...all.values()].filter(({ media }) => c.shows.faces || !blurred.has(media.sha256))
  const byItem = new Map<string, { media: Media; by: string }[]>()
  for (const entry of shown.toSorted(
    (a, b) => orderOf(a.media) - orderOf(b.media) || (a.media.sha256 < b.media.sha256 ? -1 : 1),
  )) {
    const first = c.template.sections.flatMap((s) => s.items).find((i) => entry.media.items.includes(i.id))?.id ?? ''
    byItem.set(first, [...(byItem.get(first) ?? []), entry])
  }
  const folders = new Set<string>()
  const chapters = c.template.sections.map((section): Chapter => {
    const folder = freeName(`佐证/${codeName(section.code)}_${safe(c.say(section.title))}`, folders)
    const taken = new Set<string>()
    const items = section.items.flatMap((item) => {
      const code = freeName(codeName(item.code), taken)
      const files = byItem.get(item.id)
      return files ? [{ item: item.id, files: named(c, files, `${folder}/${code}`, code) }] : []
    })
    return { section, folder, items }
  })
  const loose = byItem.get('')
  const rest: Chapter[] = loose
    ? [
        {
          section: null,
          folder: '佐证/0',
          items: [{ item: '', files: named(c, loose, '佐证/0', '0') }],
        },
      ]
    : []
  return [...chapters, ...rest].filter((chapter) => chapter.items.length > 0)
}

/** Pictures first, then by the time they were taken in. */
const orderOf = (media: Media): number => (isPicture(media) ? 0 : 1e15) + Date.parse(media.importedAt)

function named(c: Context, files: readonly { media: Media; by: string }[], folder: string, code: string): Listed[] {
  const counts = new Map<string, number>()
  return files.map(({ media, by }) => {
    const kind = KINDS[media.ext]
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    const name = `${folder}/${code}_${kind}-${String(number).padStart(2, '0')}.${media.ext}`
    return { media, by, items: media.items.filter((i) => c.items.has(i)), name }
  })
}
