import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const LIMIT = 2 * 1024 * 1024

let file: string | null = null

/** Starts the log file; one older file of at most 2 MiB is kept. */
export function startLog(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LIMIT) renameSync(path, `${path}.1`)
  file = path
}

/** One line for a support person. Never passphrases, scores or names of the enterprise. */
export function log(level: 'info' | 'error', what: string, detail?: unknown): void {
  const text =
    detail instanceof Error ? (detail.stack ?? detail.message) : detail === undefined ? '' : JSON.stringify(detail)
  const entry = `${new Date().toISOString()} ${level} ${what} ${text}\n`
  if (level === 'error') process.stderr.write(entry)
  if (file !== null) appendFileSync(file, entry)
}
