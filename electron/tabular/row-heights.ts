import type { Cell, Worksheet } from '../../shared/tabular/workbook.ts'

const USUAL_WIDTH = 8.43
const LINE_POINTS = 15
const PADDING_POINTS = 3
/** Titles are set larger. */
const TITLE = { lines: 20, padding: 10, size: 1.4 }
/** What spreadsheets allow. */
const MOST_POINTS = 409
/** A wide character takes two columns of figures. */
const WIDE =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2460-\u27bf\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** How tall each row must be for its wrapped texts, in points: not every program works it out when it opens a file. */
export function rowHeights({ rows, widths, merges, leastLines }: Worksheet): number[] {
  const spans = new Map<string, number>()
  for (const { top, left, bottom, right } of merges) {
    const width = Array.from({ length: right - left + 1 }, (_, n) => widths[left + n] ?? USUAL_WIDTH)
    // What is merged over several rows has room enough.
    const whole = bottom > top ? Infinity : width.reduce((sum, w) => sum + w, 0)
    spans.set(`${top} ${left}`, whole)
  }
  return rows.map((row, r) => {
    const widthOf = (c: number) => spans.get(`${r} ${c}`) ?? widths[c] ?? USUAL_WIDTH
    const [title] = row
    if (title?.style === 'title') return linesOf(title, widthOf(0) / TITLE.size) * TITLE.lines + TITLE.padding
    const lines = row.map((cell, c) => linesOf(cell, widthOf(c)))
    return Math.min(MOST_POINTS, Math.max(leastLines[r] ?? 1, ...lines) * LINE_POINTS + PADDING_POINTS)
  })
}

function linesOf({ value }: Cell, width: number): number {
  if (typeof value !== 'string') return 1
  const room = Math.max(1, width - 1)
  return value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(unitsOf(line) / room)), 0)
}

function unitsOf(line: string): number {
  let units = 0
  for (const character of line) units += WIDE.test(character) ? 2 : 1
  return units
}
