import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { parseReportTemplate, type ReportTemplate } from '../../shared/report/template.ts'
import { sha256 } from '../exchange/crypto.ts'
import { ENCLOSED_HEAD } from './pdf/document.ts'

/** A report template with its stored form: JCS, and the hash of that. */
export type StoredReportTemplate = { template: ReportTemplate; json: string; sha256: string }

/** Templates stand near the end of a file, before its cross references. */
const TAIL_BYTES = 8 * 1024 * 1024
/** More than a template with a logo needs. */
export const MOST_TEMPLATE_BYTES = 1024 * 1024

/** The stored form of a template. */
export function storedTemplate(template: ReportTemplate): StoredReportTemplate {
  const bytes = jcsBytes(template)
  return { template, json: Buffer.from(bytes).toString('utf8'), sha256: sha256(bytes) }
}

/** Reads the bytes of a template file; null when they are no report template this version understands. */
export function readTemplate(bytes: Uint8Array): StoredReportTemplate | null {
  if (bytes.length > MOST_TEMPLATE_BYTES) return null
  try {
    const parsed = parseReportTemplate(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return parsed.ok && isLogoWhole(parsed.value) ? storedTemplate(parsed.value) : null
  } catch {
    return null
  }
}

const isLogoWhole = ({ logo }: ReportTemplate): boolean =>
  logo === null || sha256(Buffer.from(logo.jpeg, 'base64')) === logo.sha256

/**
 * The template a PDF of ours was made with and carries inside; null for none, so for every report with the built-in one. Two of
 * them, or one that is not in its stored form, were not written by us: null as well. Throws as disks do.
 */
export function enclosedTemplate(path: string): StoredReportTemplate | null {
  const tail = readTail(path)
  const at = tail.indexOf(ENCLOSED_HEAD)
  if (at < 0 || tail.indexOf(ENCLOSED_HEAD, at + 1) >= 0) return null
  const head = /^(\d{1,7}) >>\nstream\n/.exec(
    tail.toString('latin1', at + ENCLOSED_HEAD.length, at + ENCLOSED_HEAD.length + 40),
  )
  if (head === null) return null
  const from = at + ENCLOSED_HEAD.length + head[0].length
  const bytes = tail.subarray(from, from + Number(head[1]))
  const read = readTemplate(bytes)
  return read !== null && read.json === bytes.toString('utf8') ? read : null
}

function readTail(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const length = Math.min(size, TAIL_BYTES)
    const bytes = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const read = readSync(file, bytes, filled, length - filled, size - length + filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}
