import type { Merged } from '../domain/result.ts'
import type { AnswerValue, Answer } from '../domain/sheet.ts'
import type { Item, Row } from '../domain/template.ts'
import { gradesOf } from '../scoring/answer.ts'
import { formatBp, formatMicro } from '../scoring/numbers.ts'
import type { Context } from './context.ts'
import type { Words } from './words.ts'

/** The office's clock: China has one time zone and no summer time. */
const CHINA_OFFSET_MS = 8 * 3_600_000

/** "2025-03-12" as the reader writes days. */
export function dayText(w: Words, day: string): string {
  const [y = '', m = '', d = ''] = day.split('-')
  return w.day(y, Number(m), Number(d))
}

/** A span of days without repeating the year or month. */
export function spanText(w: Words, from: string, to: string): string {
  if (from === to) return dayText(w, from)
  const [, month, day] = to.split('-').map(Number)
  const end =
    from.slice(0, 7) === to.slice(0, 7)
      ? w.dayOfMonth(day ?? 0)
      : from.slice(0, 4) === to.slice(0, 4)
        ? w.dayOfYear(month ?? 0, day ?? 0)
        : dayText(w, to)
  return w.range(dayText(w, from), end)
}

/** A UTC instant in China's time, to the minute. */
export function timeText(time: string): string {
  return new Date(Date.parse(time) + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')
}

/** µp with two decimals, a dash for none. */
export const scoreText = (w: Words, score: number | null): string => (score === null ? w.dash : formatMicro(score))

/** bp as percent, a dash for none. */
export const rateText = (w: Words, rate: number | null): string => (rate === null ? w.dash : `${formatBp(rate)}%`)

/** A signed bp difference as percent. */
export const deviationText = (w: Words, bp: number | null): string =>
  bp === null ? w.dash : `${bp > 0 ? '+' : ''}${formatBp(bp)}%`

/** An answer's or merge's value in words: grade, percent, points, counts. Null values (means, repeats) are a dash. */
export function valueText({ w, template, say }: Context, item: Item, value: AnswerValue): string {
  if (value === null) return w.dash
  switch (item.type) {
    case 'veto':
    case 'gate':
      return typeof value === 'string' ? ((w.outcomes as Record<string, string>)[value] ?? value) : w.dash
    case 'conformity': {
      const grade = gradesOf(item, template).find((g) => g.id === value)
      return grade ? say(grade.label) : w.dash
    }
    case 'maturity':
      return typeof value === 'number' ? `${value}%` : w.dash
    case 'points':
      return typeof value === 'number' ? formatMicro(value) : w.dash
    case 'indicator':
      return typeof value === 'number' ? `${formatBp(value)}%` : w.dash
    case 'deduction': {
      if (!Array.isArray(value)) return w.dash
      if (value.length === 0) return w.none
      const labels = new Map(item.spec.list.map((d) => [d.id, say(d.label)]))
      return value.map((d) => w.times(labels.get(d.id) ?? d.id, d.count)).join(w.stop)
    }
  }
}

/** What the team settled for an item. */
export function outcomeText(c: Context, item: Item, merged: Merged): string {
  return merged.outcome === 'value' ? valueText(c, item, merged.value) : c.w.outcomes[merged.outcome]
}

/** One expert's answer in words. */
export function answerText(c: Context, item: Item, answer: Merged['answers'][number]): string {
  return answer.state === 'answered' ? valueText(c, item, answer.value) : c.w.answerStates[answer.state]
}

/** Thresholds of an indicator row, as its direction reads them. */
export function thresholdText(w: Words, row: Row): string {
  if (row.direction === 'within') return w.within(row.low ?? w.dash, row.high ?? w.dash)
  const sign = row.direction === 'higher' ? '≥ ' : '≤ '
  return [row.base, row.average, row.advanced].map((v) => (v === null ? w.dash : sign + v)).join(' / ')
}

/** A measured value as written, with its sign unless that is =. */
export const measuredText = ({ op, v }: Answer['indicators'][number]['measured']): string =>
  op === '=' ? v : `${op} ${v}`

/** Joins the filled ones. */
export const joined = (parts: readonly string[], between: string): string =>
  parts.filter((p) => p.trim() !== '').join(between)

/** The first line, cut with … where it is wider than `ems` Han characters: there is more room for it elsewhere in the report. */
export function clip(text: string, ems: number): string {
  const line = text.trim().split('\n')[0] ?? ''
  // No character is wider than one.
  if (line.length <= ems) return line
  let width = 0
  let end = 0
  for (let at = 0; at < line.length;) {
    const code = line.codePointAt(at) ?? 0
    width += widthOf(code)
    if (width > ems) return `${line.slice(0, end).trimEnd()}…`
    at += code > 0xffff ? 2 : 1
    if (width <= ems - 1) end = at
  }
  return line
}

/** About how many Han characters wide a text is set: Latin letters and figures are about half as wide. */
export function emsOf(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character.codePointAt(0) ?? 0)
  return width
}

const widthOf = (code: number): number => (code >= 0x2e80 ? 1 : code >= 0x41 && code <= 0x5a ? 0.7 : 0.55)

/** Width of a head line left of what stands at its right, in Han characters. */
const HEAD_EMS = 36

/** What stands at the head of every page: the paper and whose it is, on one line. */
export const headText = (title: string, enterprise: string): string =>
  `${title} · ${clip(enterprise, Math.max(8, HEAD_EMS - emsOf(title) - 2))}`

export const isFilled = (text: string): boolean => text.trim() !== ''
