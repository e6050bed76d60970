import type { Text } from '../domain/text.ts'
import { jcs } from '../package/jcs.ts'

/** A value as it is shown; null = there is none. `word` and `words` are of closed lists, `line` is as somebody wrote it. */
export type Shown =
  | null
  | { kind: 'text'; value: Text }
  | { kind: 'line'; value: string }
  | { kind: 'word'; value: string }
  | { kind: 'words'; value: string[] }
  | { kind: 'points'; cp: number }
  | { kind: 'rate'; bp: number }
  | { kind: 'number'; value: number }
  | { kind: 'flag'; value: boolean }

/**
 * One leaf that differs. `field` is its path without ids and places (`spec.list.label`), `at` the ids and places on the way
 * (`["d2"]`), so that one label serves all of a kind.
 */
export type FieldChange = { field: string; at: string[]; before: Shown; after: Shown }

/** Strings out of closed lists; every other string was written by somebody. */
const WORDS: ReadonlySet<string> = new Set([
  'type',
  'category',
  'method',
  'methods',
  'verify',
  'kind',
  'direction',
  'rowsFrom',
  'model',
  'outcome',
  'role',
  'names',
])
/** What a list's parts are known by, when they have no id. */
const KEYS: { [list: string]: readonly string[] } = { weights: ['role'], bands: ['model', 'from'] }

/** Every leaf in which two values of one shape differ, in the order of the later one; parts that are gone come last. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  return compare([], [], before, after)
}

function compare(path: string[], at: string[], before: unknown, after: unknown): FieldChange[] {
  if (Object.is(before, after)) return []
  if (isLeaf(before) && isLeaf(after)) {
    const [from, to] = [shown(path, before), shown(path, after)]
    return isAlike(from, to) ? [] : [{ field: path.join('.'), at, before: from, after: to }]
  }
  if (isList(before) || isList(after)) return compareLists(path, at, asList(before), asList(after))
  const [from, to] = [asRecord(before), asRecord(after)]
  const names = [...Object.keys(to), ...Object.keys(from).filter((name) => !(name in to))]
  return names.flatMap((name) => compare([...path, name], at, from[name] ?? null, to[name] ?? null))
}

function compareLists(
  path: string[],
  at: string[],
  before: readonly unknown[],
  after: readonly unknown[],
): FieldChange[] {
  const keys = KEYS[path.at(-1) ?? ''] ?? ['id']
  const nameOf = (part: unknown, place: number): string => {
    const own = isRecord(part) ? keys.map((key) => part[key]) : [undefined]
    return own.includes(undefined) ? String(place) : own.join(' ')
  }
  const from = new Map(before.map((part, n) => [nameOf(part, n), part]))
  const to = new Map(after.map((part, n) => [nameOf(part, n), part]))
  const names = [...to.keys(), ...[...from.keys()].filter((name) => !to.has(name))]
  return names.flatMap((name) => compare(path, [...at, name], from.get(name) ?? null, to.get(name) ?? null))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is Text =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  typeof value['zh'] === 'string' &&
  typeof value['en'] === 'string'
/** Lists of plain words or numbers are shown whole. */
const isPlainList = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) && value.length > 0 && value.every((part) => typeof part !== 'object')
const isLeaf = (value: unknown): boolean =>
  value === null || typeof value !== 'object' || isText(value) || isPlainList(value) || isEmptyList(value)
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const isList = (value: unknown): boolean => Array.isArray(value)
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const asRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})

function shown(path: readonly string[], value: unknown): Shown {
  const name = path.at(-1) ?? ''
  if (isText(value)) return value.zh === '' && value.en === '' ? null : { kind: 'text', value }
  if (Array.isArray(value)) return value.length === 0 ? null : { kind: 'words', value: value.map(String) }
  if (typeof value === 'boolean') return { kind: 'flag', value }
  if (typeof value === 'number') {
    if (name.endsWith('_cp')) return { kind: 'points', cp: value }
    const isRate = name === 'bp' || name.endsWith('_bp') || path.at(-2) === 'level_bp'
    return isRate ? { kind: 'rate', bp: value } : { kind: 'number', value }
  }
  if (typeof value !== 'string' || value === '') return null
  return WORDS.has(name) ? { kind: 'word', value } : { kind: 'line', value }
}

/** Whatever order the fields of a stored checklist stand in. */
const isAlike = (a: Shown, b: Shown): boolean => jcs(a) === jcs(b)
