import { columns, heading, note, row, table } from './blocks.ts'
import { isPicture } from '../domain/sheet.ts'
import type { Context, Figure } from './context.ts'
import { checkCodeOf, fullCodeOf, type Block } from './model.ts'
import { isFilled, joined, timeText } from './values.ts'

const E7 = 10_000_000

/** 16 附件: declarations, photo sheets, other files. */
export function annexes(c: Context): Block[] {
  const { w } = c
  return [...declarations(c), heading(2, w.photos), ...photoSheets(c), ...files(c)]
}

function declarations(c: Context): Block[] {
  const { w, shows } = c
  if (shows.names === 'none' || c.counted.length === 0) return []
  const texts = [...new Set(c.counted.map((s) => s.sheet.declaration.text).filter(isFilled))]
  const rows = c.counted.map(({ sheet }) =>
    row(c.person(sheet.expert.personId), timeText(sheet.declaration.acceptedAt)),
  )
  return [
    heading(3, w.declarations),
    ...texts.map((text): Block => ({ kind: 'labelled', label: w.declarationText, text })),
    ...table(columns([w.member, w.acceptedAt], [1, 1], 'll'), rows),
  ]
}

function photoSheets(c: Context): Block[] {
  const { w } = c
  if (c.figures.length === 0) return [note(w.noPhotos)]
  const photos = c.figures.map((f) => ({
    sha256: f.media.sha256,
    figure: f.label,
    caption: f.media.caption,
    lines: photoLines(c, f),
  }))
  return [{ kind: 'photoSheet', missing: w.photoMissing, photos }]
}

function photoLines(c: Context, { media, by }: Figure): string[] {
  const { w, shows } = c
  const person = c.person(by)
  const taken =
    media.exifAt === null
      ? w.photoImported(timeText(media.importedAt))
      : w.photoTaken(media.exifAt.slice(0, 16).replace('T', ' '))
  const codes = media.items.map(c.code).join(w.joint)
  return [
    joined([codes === '' ? '' : w.photoItem(codes), taken], w.stop),
    joined([person === '' ? '' : w.photoBy(person), w.photoCode(checkCodeOf(media.sha256))], w.stop),
    shows.gps && media.gps ? w.photoGps(degrees(media.gps.lat_e7), degrees(media.gps.lon_e7)) : '',
  ].filter(isFilled)
}

const degrees = (e7: number): string => (e7 / E7).toFixed(5)

function files(c: Context): Block[] {
  const { w } = c
  const rows = c.counted.flatMap(({ sheet }) =>
    sheet.media
      .filter((m) => m.inReport && !isPicture(m))
      .map((m) =>
        row(m.items.map(c.code).join(w.joint), isFilled(m.caption) ? m.caption : m.name, checkCodeOf(m.sha256)),
      ),
  )
  if (rows.length === 0) return []
  return [heading(2, w.files), ...table(columns([w.item, w.fileName, w.checkCode], [15, 55, 30], 'clc'), rows)]
}

/** The last page: the check code, and in full what it stands on. */
export function integrity(c: Context): Block[] {
  const { w, result } = c
  const sheets = c.counted.map(({ digest, sheet }, n) => {
    const who = c.shows.names === 'none' ? String(n + 1) : c.person(sheet.expert.personId)
    return { label: w.sheetCode(who, sheet.revision), code: fullCodeOf(digest) }
  })
  return [
    heading(1, w.integrity),
    {
      kind: 'integrity',
      label: w.checkCode,
      checkCode: checkCodeOf(c.contentSha256),
      qr: `${result.reportNumber} ${c.contentSha256}`,
      note: w.integrityNote,
      codes: [
        { label: w.fullCode, code: fullCodeOf(c.contentSha256) },
        { label: w.taskCode, code: fullCodeOf(result.taskSha256) },
        { label: w.template, code: fullCodeOf(result.templateSha256) },
        ...(c.ownWords === undefined ? [] : [{ label: w.reportTemplate, code: fullCodeOf(c.ownWords.sha256) }]),
        ...sheets,
        ...c.figures.map((f) => ({ label: f.label, code: fullCodeOf(f.media.sha256) })),
      ],
    },
  ]
}
