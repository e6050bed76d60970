import { MAX_JSON_DEPTH } from './limits.ts'
import { utf8 } from './utf8.ts'

/** Looks at units, which is fast; texts that have none need no look at characters. */
const ANY_SURROGATE = /[\ud800-\udfff]/
const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The one stored form of a document (RFC 8785): keys sorted by UTF-16 code units, no spaces, integers within ±(2^53−1).
 * Throws on anything a document may not hold: fractions, −0, undefined, lone surrogates, class instances, depth over 32.
 */
export function jcs(value: unknown): string {
  return write(value, 0)
}

/** `jcs` as UTF-8: the bytes that are hashed, signed and stored. */
export function jcsBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return utf8(jcs(value))
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_JSON_DEPTH) throw new TypeError('jcs: too deep')
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false'
    case 'string':
      return writeString(value)
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`jcs: not an integer: ${value}`)
      return String(value)
    case 'object':
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth)
    default:
      throw new TypeError(`jcs: ${typeof value} cannot be stored`)
  }
}

function writeString(value: string): string {
  if (ANY_SURROGATE.test(value) && LONE_SURROGATE.test(value)) throw new TypeError('jcs: lone surrogate')
  return JSON.stringify(value)
}

/** Documents have few keys and each many times; so many are remembered. */
const MOST_KEYS = 1000
const knownKeys = new Map<string, string>()

function writeKey(key: string): string {
  const known = knownKeys.get(key)
  if (known !== undefined) return known
  const written = writeString(key)
  if (knownKeys.size < MOST_KEYS) knownKeys.set(key, written)
  return written
}

function writeArray(value: readonly unknown[], depth: number): string {
  let members = ''
  for (const member of value) members += `${members === '' ? '' : ','}${write(member, depth + 1)}`
  return `[${members}]`
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('jcs: not a plain object')
  const record = value as Record<string, unknown>
  let members = ''
  // The default sort compares UTF-16 code units, which is the order RFC 8785 §3.2.3 asks for.
  for (const key of Object.keys(record).toSorted()) {
    members += `${members === '' ? '' : ','}${writeKey(key)}:${write(record[key], depth + 1)}`
  }
  return `{${members}}`
}
