import { cleanText } from '../../../../shared/domain/text.ts'

/** What was typed or pasted as it may be stored: every string cleaned, tabs as spaces. */
export function cleanContent<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value).replaceAll('\t', ' ') as T
  if (Array.isArray(value)) return value.map(cleanContent) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanContent(inner)])) as T
}
