import { isSame } from './bytes.ts'
import { jcsBytes } from './jcs.ts'
import { MAX_JSON_DEPTH } from './limits.ts'
import { utf8Text } from './utf8.ts'

/** `utf8` … `canonical`: which rule of the stored form is broken, tested in this order. */
export const JSON_PROBLEMS = ['utf8', 'depth', 'json', 'key', 'text', 'canonical'] as const
export type JsonProblem = (typeof JSON_PROBLEMS)[number]

export type ParsedJson = { ok: true; value: unknown } | { ok: false; code: JsonProblem }

/** Keys that mean something to the language; no document has them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
/** C0 but LF and TAB, DEL, C1, U+2028/9. */
const FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * Reads a stored document strictly: fatal UTF-8, at most 32 levels, NFC strings without control characters, null-prototype
 * objects, and only the bytes `jcs` would write for it, so that one document has one form.
 */
export function parseCanonical(bytes: Uint8Array): ParsedJson {
  const parsed = parseLoose(bytes)
  if (!parsed.ok) return parsed
  const problem = forbidden(parsed.value)
  if (problem !== null) return { ok: false, code: problem }
  return isCanonical(parsed.value, bytes) ? parsed : { ok: false, code: 'canonical' }
}

/** Any JSON of sound UTF-8 and bounded depth, in null-prototype objects: only for peeking at what is not verified yet. */
export function parseLoose(bytes: Uint8Array): ParsedJson {
  const text = utf8Text(bytes)
  if (text === null) return { ok: false, code: 'utf8' }
  if (isTooDeep(text)) return { ok: false, code: 'depth' }
  try {
    return { ok: true, value: withoutPrototypes(JSON.parse(text)) }
  } catch {
    return { ok: false, code: 'json' }
  }
}

function isCanonical(value: unknown, bytes: Uint8Array): boolean {
  try {
    return isSame(jcsBytes(value), bytes)
  } catch {
    return false
  }
}

/** Counts brackets outside strings, before any parser recurses. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (isInString) {
      if (c === 0x5c) i += 1
      else if (c === 0x22) isInString = false
    } else if (c === 0x22) isInString = true
    else if (c === 0x7b || c === 0x5b) {
      depth += 1
      if (depth > MAX_JSON_DEPTH) return true
    } else if (c === 0x7d || c === 0x5d) depth -= 1
  }
  return false
}

function withoutPrototypes(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  const bare: Record<string, unknown> = Object.create(null)
  for (const [key, member] of Object.entries(value)) bare[key] = withoutPrototypes(member)
  return bare
}

function forbidden(value: unknown): 'key' | 'text' | null {
  if (typeof value === 'string') return isPlain(value) ? null : 'text'
  if (value === null || typeof value !== 'object') return null
  if (Array.isArray(value)) return firstOf(value)
  const keys = Object.keys(value)
  if (keys.some((key) => FORBIDDEN_KEYS.has(key) || !isPlain(key))) return 'key'
  return firstOf(Object.values(value))
}

function firstOf(values: unknown[]): 'key' | 'text' | null {
  for (const value of values) {
    const problem = forbidden(value)
    if (problem !== null) return problem
  }
  return null
}

const isPlain = (text: string): boolean => !FORBIDDEN_CHARACTERS.test(text) && text.normalize('NFC') === text
