import type { Answer } from '../../shared/domain/sheet.ts'
import type { Item } from '../../shared/domain/template.ts'
import { say } from '../../shared/domain/text.ts'
import { excerptAround, findPinyin, findWord, fold, joined, termsOf, type Range, type Readings } from './text-match.ts'

/** Where a word was found besides code and title. */
export type Place = 'basis' | 'guidance' | 'own'
type Entry = { item: Item; code: string; title: string; other: string; basis: string; guidance: string }
export type Index = { language: 'zh' | 'en'; entries: readonly Entry[] }

/** A found item: parts of its code and title to mark, and a piece of another text when a word stands only there. */
export type Hit = {
  item: string
  code: Range[]
  title: Range[]
  excerpt: { place: Place; text: string; at: Range } | null
}

function entryOf(item: Item, language: 'zh' | 'en'): Entry {
  return {
    item,
    code: fold(item.code),
    title: fold(say(item.title, language)),
    other: fold(say(item.title, language === 'zh' ? 'en' : 'zh')),
    basis: fold(item.basis),
    guidance: fold(`${say(item.guidance, language)}\n${say(item.evidence, language)}`),
  }
}

/**
 * Folds the texts of a checklist, giving way after every `sliceMs`: `rest` resolves when there is time again. Answers null when
 * `signal` was aborted meanwhile.
 */
export async function makeIndex(
  items: readonly Item[],
  language: 'zh' | 'en',
  {
    now,
    rest,
    signal,
    sliceMs = 8,
  }: { now: () => number; rest: () => Promise<void>; signal: AbortSignal; sliceMs?: number },
): Promise<Index | null> {
  const entries: Entry[] = []
  let began = now()
  for (const item of items) {
    entries.push(entryOf(item, language))
    if (now() - began < sliceMs) continue
    await rest()
    if (signal.aborted) return null
    began = now()
  }
  return { language, entries }
}

/** One's own words on an item as they stand now. */
function ownWords(answer: Answer | null): string {
  if (answer === null) return ''
  const records = [
    ...answer.documents.flatMap((d) => [d.name, d.number]),
    ...answer.people,
    ...answer.units.flatMap((u) => [u.name, u.note]),
    ...answer.samples.flatMap((s) => [s.id, s.population, s.result]),
  ]
  return [answer.note, answer.facts, answer.reason, answer.noEvidence, ...records].filter((w) => w !== '').join('\n')
}

type Asked = { readings: Readings; answerOf: (item: string) => Answer | null }

/** Items in which every word of the query is found, in checklist order; null for an empty query. */
export function searchItems(index: Index, query: string, asked: Asked): Map<string, Hit> | null {
  const terms = termsOf(query)
  if (terms.length === 0) return null
  const hits = new Map<string, Hit>()
  for (const entry of index.entries) {
    const hit = hitOf(entry, terms, index.language, asked)
    if (hit !== null) hits.set(entry.item.id, hit)
  }
  return hits
}

function hitOf(entry: Entry, terms: readonly string[], language: 'zh' | 'en', asked: Asked): Hit | null {
  const hit: Hit = { item: entry.item.id, code: [], title: [], excerpt: null }
  let own: string | null = null
  for (const term of terms) {
    const code = findWord(entry.code, term)
    const title = findWord(entry.title, term) ?? findPinyin(entry.title, term, asked.readings)
    if (code !== null) hit.code.push(code)
    if (title !== null) hit.title.push(title)
    if (code !== null || title !== null || entry.other.includes(term)) continue
    own ??= ownWords(asked.answerOf(entry.item.id))
    const found = excerptOf(entry, term, own, language)
    if (found === null) return null
    hit.excerpt ??= found
  }
  return { ...hit, code: joined(hit.code), title: joined(hit.title) }
}

function excerptOf({ item, basis, guidance }: Entry, term: string, own: string, language: 'zh' | 'en'): Hit['excerpt'] {
  const texts: [Place, string, () => string][] = [
    ['own', fold(own), () => own],
    ['basis', basis, () => item.basis],
    ['guidance', guidance, () => `${say(item.guidance, language)}\n${say(item.evidence, language)}`],
  ]
  for (const [place, folded, original] of texts) {
    const at = findWord(folded, term)
    if (at !== null) return { place, ...excerptAround(original(), at) }
  }
  return null
}
