import { z } from 'zod'

/** Characters no stored string may contain: C0 (LF and TAB are judged apart), C1, U+2028/9, lone surrogates. */
const FORBIDDEN_IN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u
const FORBIDDEN_IN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u

const EVERY_FORBIDDEN = new RegExp(FORBIDDEN_IN_TEXT.source, 'gu')

/** Text as it may be stored: NFC, CRLF folded to LF, other control characters dropped. Use it on what a person typed or pasted. */
export function cleanText(value: string): string {
  return value.replaceAll(/\r\n?/g, '\n').replaceAll(EVERY_FORBIDDEN, '').normalize('NFC')
}

/** Like `cleanText`, folded to one trimmed line. */
export function cleanLine(value: string): string {
  return cleanText(value)
    .replaceAll(/[\n\t]+/g, ' ')
    .trim()
}

const isNfc = (value: string): boolean => value.normalize('NFC') === value

/** One line: NFC, no control characters. */
export const line = z
  .string()
  .max(2000)
  .refine((v) => !FORBIDDEN_IN_LINE.test(v) && isNfc(v), 'text')
/** A line that must say something. */
export const filledLine = line.refine((v) => v.trim() !== '', 'required')
/** Free text: NFC, LF and TAB allowed. */
export const freeText = z
  .string()
  .max(20_000)
  .refine((v) => !FORBIDDEN_IN_TEXT.test(v) && isNfc(v), 'text')
/** A text in both languages; `en` may be empty, then `zh` is shown. */
export const text = z.strictObject({ zh: freeText, en: freeText })
export type Text = z.infer<typeof text>

export const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/)
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
/** UUID version 7: tasks and packages. */
export const uuid7 = uuid.regex(/^.{14}7.{4}[89ab]/)
/** SHA-256, 64 lower-case hex digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** UTC instant with milliseconds, as the device's clock claims it. */
export const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine((v) => isRealTime(v), 'time')
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((v) => isRealDay(v), 'day')
/** Decimal string: at most 12 digits before and 9 after the point, no `-0`. */
export const decimal = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,11})(\.\d{1,9})?$/)
  .refine((v) => !/^-0(\.0+)?$/.test(v), 'decimal')

/** Whole and never −0, which has no stored form. */
export const int = z.int().refine((v) => !Object.is(v, -0), 'number')
export const count = int.nonnegative()
export const bp = int.min(0).max(10_000)

/** Whether there is such an instant (`YYYY-MM-DDTHH:mm:ss.sssZ`): reading alone turns 30 February into 2 March, 24:00 into the next day. */
export function isRealTime(v: string): boolean {
  const at = Date.parse(v)
  return !Number.isNaN(at) && new Date(at).toISOString() === v
}

function isRealDay(value: string): boolean {
  const [y, m, d] = value.split('-').map(Number) as [number, number, number]
  const date = new Date(Date.UTC(y, m - 1, d))
  return date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
}

/** The reader's language with the other as fallback. */
export function say(value: Text, language: 'zh' | 'en'): string {
  return language === 'en' && value.en !== '' ? value.en : value.zh
}
