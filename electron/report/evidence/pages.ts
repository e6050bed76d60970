import { templateItems } from '../../../shared/domain/template.ts'
import type { Context } from '../../../shared/report/context.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { timeText } from '../../../shared/report/values.ts'
import { writeCsv } from '../../../shared/tabular/csv.ts'
import { cells } from '../../../shared/tabular/workbook.ts'
import { escapeXml } from '../../tabular/xml-text.ts'
import type { Chapter, Listed } from './listing.ts'
import { WORDS, type EvidenceWords } from './words.ts'

/** How a listed file got into the archive. `sha256` of what is in it and its `size`; null when it is not in it. */
export type Given = {
  state: 'original' | 'cleaned' | 'missing' | 'leftOut'
  sha256: string | null
  size: number
  thumb: string | null
}
export type Archive = {
  chapters: readonly Chapter[]
  given: ReadonlyMap<Listed, Given>
  reports: readonly string[]
  isDraft: boolean
}

const PAGES = { zh: 'index.html', en: 'index.en.html' } as const
const E7 = 10_000_000

const html = (text: string): string => escapeXml(text).replaceAll('\n', '<br>')
const attribute = (text: string): string => escapeXml(text.replaceAll('\n', ' '))
const href = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

const STYLE = `body{font:16px/1.6 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1a1f24;margin:0 auto;max-width:1080px;padding:24px}
a{color:#06666a}h1{font-size:26px;margin:0 0 4px}h2{font-size:20px;margin:32px 0 8px;border-left:5px solid #0b8a8f;padding-left:10px}h3{font-size:16px;margin:20px 0 8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0}dt{color:#5c666d}dd{margin:0}
.files{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:16px;padding:0;margin:0;list-style:none}
.files li{border:1px solid #c9d0d3;border-radius:6px;padding:8px;break-inside:avoid}.files img{display:block;width:100%;height:160px;object-fit:contain;background:#f3f6f6}
.files p{margin:4px 0 0;font-size:14px}.quiet{color:#5c666d}.code{font-family:monospace;overflow-wrap:anywhere}.draft{border:2px solid #b3261e;color:#b3261e;padding:8px 12px;font-weight:bold}
@media print{body{max-width:none;padding:0;font-size:12px}a{color:inherit;text-decoration:none}.files{grid-template-columns:repeat(3,1fr)}h2,h3{break-after:avoid}nav{display:none}}`

/** A page any browser opens: no script, nothing from elsewhere. */
export function evidencePage(c: Context, archive: Archive): string {
  const w = WORDS[c.language]
  const { result, task } = c
  const files = archive.chapters.flatMap((chapter) => chapter.items.flatMap((i) => i.files))
  const items = archive.chapters.flatMap((chapter) => chapter.items).length
  const facts = [
    [w.enterprise, task.enterprise.name],
    [w.report, result.reportNumber],
    [w.profile, w.profiles[c.profile]],
    [w.checkCode, checkCodeOf(c.contentSha256)],
  ]
  const otherPage = PAGES[c.language === 'zh' ? 'en' : 'zh']
  return `<!doctype html>
<html lang="${w.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(`${w.title} ${result.reportNumber}`)}</title><style>${STYLE}</style></head><body>
<nav><a href="${otherPage}">${w.other}</a></nav><header><h1>${w.title}</h1>${archive.isDraft ? `<p class="draft">${w.draft}</p>` : ''}
<dl>${facts.map(([label = '', value = '']) => `<dt>${html(label)}</dt><dd>${html(value)}</dd>`).join('')}</dl>
<p class="quiet">${files.length === 0 ? w.none : `${w.counts(files.length, items)} · ${w.open} · <a href="${href(w.csv)}">${w.csv}</a>`}</p></header><main>
${archive.reports.length === 0 ? '' : `<h2>${w.reports}</h2><ul>${archive.reports.map((r) => `<li><a href="${href(r)}">${html(r.slice(r.indexOf('/') + 1))}</a></li>`).join('')}</ul>`}
${archive.chapters.map((chapter) => chapterHtml(c, chapter, archive, w)).join('\n')}
</main></body></html>
`
}

function chapterHtml(c: Context, { section, items }: Chapter, archive: Archive, w: EvidenceWords): string {
  const title = section === null ? w.unassigned : `${section.code} ${c.say(section.title)}`
  const parts = items.map(({ item, files }) => {
    const known = c.items.get(item)
    const head = known ? `<h3>${html(`${known.code} ${c.say(known.title)}`)}</h3>` : ''
    return `${head}<ul class="files">${files.map((f) => fileHtml(c, f, archive.given.get(f), w)).join('')}</ul>`
  })
  return `<section><h2>${html(title)}</h2>${parts.join('\n')}</section>`
}

function fileHtml(c: Context, file: Listed, given: Given | undefined, w: EvidenceWords): string {
  const { media, items, name } = file
  const isHere = given !== undefined && given.sha256 !== null
  const link = (inner: string) => (isHere ? `<a href="${href(name)}">${inner}</a>` : inner)
  const short = name.slice(name.lastIndexOf('/') + 1)
  const more = items.slice(1).map(c.code)
  const lines = [
    media.caption,
    more.length > 0 ? `${w.item} ${more.join(c.w.joint)}` : '',
    whenText(file, w),
    byText(c, file),
    placeText(c, file),
    given ? w.notes[given.state] : '',
  ].filter((line) => line.trim() !== '')
  const thumb = given?.thumb ?? null
  const picture =
    thumb === null ? '' : link(`<img src="${href(thumb)}" alt="${attribute(media.caption || short)}" loading="lazy">`)
  return `<li>${picture}<p>${link(html(short))}</p>${lines.map((line) => `<p>${html(line)}</p>`).join('')}<p class="quiet code">${checkCodeOf(media.sha256)}</p></li>`
}

const whenText = ({ media }: Listed, w: EvidenceWords): string =>
  media.exifAt === null
    ? `${w.imported} ${timeText(media.importedAt)}`
    : `${w.taken} ${media.exifAt.slice(0, 16).replace('T', ' ')}`
const byText = (c: Context, { by }: Listed): string => c.person(by)
const placeText = (c: Context, { media: { gps } }: Listed): string =>
  c.shows.gps && gps ? `${(gps.lat_e7 / E7).toFixed(5)}, ${(gps.lon_e7 / E7).toFixed(5)}` : ''

/** The list for a spreadsheet, no text of it a formula. */
export function evidenceCsv(c: Context, { chapters, given }: Archive): string {
  const [zh, en] = [WORDS.zh, WORDS.en]
  const both = (
    key:
      | 'item'
      | 'file'
      | 'caption'
      | 'taken'
      | 'imported'
      | 'by'
      | 'place'
      | 'size'
      | 'given'
      | 'original'
      | 'name'
      | 'note',
  ) => `${zh[key]} ${en[key]}`
  const isNamed = c.shows.names === 'names'
  const head = [
    both('item'),
    both('file'),
    both('caption'),
    both('taken'),
    both('imported'),
    both('by'),
    ...(c.shows.gps ? [both('place')] : []),
    both('size'),
    both('given'),
    both('original'),
    ...(isNamed ? [both('name')] : []),
    both('note'),
  ]
  const order = new Map(templateItems(c.template).map((i, n) => [i.id, n]))
  const rows = chapters.flatMap((chapter) =>
    chapter.items.flatMap((i) =>
      i.files.map((file) => {
        const { media, items, name } = file
        const g = given.get(file)
        const sorted = items.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
        return [
          sorted.map(c.code).join(' '),
          g && g.sha256 !== null ? name : '',
          media.caption,
          media.exifAt?.replace('T', ' ') ?? '',
          timeText(media.importedAt),
          byText(c, file),
          ...(c.shows.gps ? [placeText(c, file)] : []),
          String(g?.size ?? 0),
          g?.sha256 ?? '',
          media.sha256,
          ...(isNamed ? [media.name] : []),
          g ? [zh.notes[g.state], en.notes[g.state]].filter(Boolean).join(' ') : '',
        ]
      }),
    ),
  )
  return writeCsv([head, ...rows].map((row) => cells(row)))
}

/** Both languages, for Notepad too. */
export function readmeText(isDraft: boolean): string {
  const part = (w: EvidenceWords) =>
    [...(isDraft ? [w.draft, ''] : []), w.title, '', w.readmeText(isDraft)].join('\r\n')
  return `\ufeff${part(WORDS.zh)}\r\n\r\n----\r\n\r\n${part(WORDS.en)}\r\n`
}
