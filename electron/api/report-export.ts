import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ReportFile, ReportFormat } from '../../shared/contract/views.ts'
import { PROFILES, type ProfileName } from '../../shared/domain/template.ts'
import { buildReport } from '../../shared/report/build.ts'
import { wordsOf } from '../../shared/report/words.ts'
import { copyOut } from '../exchange/copy-out.ts'
import { makeFolder } from '../storage/files.ts'
import { packageEntries } from '../storage/package-store.ts'
import { asJob, dialogWords, languageOf, stillUnlocked, type Context } from './context.ts'
import type { Desk } from './desk.ts'
import { inputOf, materialNow } from './report-material.ts'
import { fileName } from './small-file.ts'
import { issuedResult } from './team-work.ts'

export type ReportOrder = { profile: ProfileName; format: ReportFormat; language: 'zh' | 'en'; job: string }
type Made = { path: string; size: number; sha256: string; missing: number; leftOut: number }
type Run = { signal: AbortSignal; onProgress: (phase: string, done: number, total: number | null) => void }

/** Names of the PDFs inside the evidence archive, which is in both languages. */
const PROFILE_NAMES = wordsOf('zh').profiles
const KINDS = {
  pdf: { name: 'name_report', title: 'exportReport', filter: 'PDF' },
  docx: { name: 'name_report', title: 'exportEditable', filter: 'Word' },
  zip: { name: 'name_evidence', title: 'exportEvidence', filter: 'ZIP' },
} as const

/**
 * Asks where and writes a report or its evidence: the issued PDF as it was issued; all else is made of the issued result. Without
 * one (or while a correction is under way) every format is a draft and says so. Null when the person closed the dialog. Fails with
 * fileExists, notFound, missingGlyph, diskFull, notWritable, damagedFile, cancelled, ….
 */
export async function exportReport(
  context: Context,
  desk: Desk,
  order: ReportOrder,
): Promise<Outcome<ReportFile | null>> {
  const { profile, format, job } = order
  const material = materialNow(context, desk)
  const isDraft = !material.isIssued
  const { reportNumber, revision } = material.result
  const { name, title, filter } = KINDS[format]
  const t = dialogWords(context)
  const words = wordsOf(languageOf(context))
  const parts = [
    t(name),
    reportNumber,
    words.profiles[profile],
    ...(revision > 1 ? [t('name_corrected', { n: revision })] : []),
    ...(isDraft ? [words.draftMark] : []),
  ]
  const filters = [{ name: filter, extensions: [format] }]
  const target = await context.dialogs.save({ title: t(title), filters, name: fileName(parts, format) })
  if (target === null) return ok(null)
  const session = stillUnlocked(context, desk.session)
  if (!session.ok) return session
  if (existsSync(target)) return fail('fileExists', { detail: target })
  return await asJob(context, job, async (signal, onProgress) => {
    const run = { signal, onProgress }
    const made = await (format === 'pdf' && !isDraft
      ? copyIssued(desk, profile, target, run)
      : make(context, desk, order, target, run))
    return made.ok ? ok({ profile, format, isDraft, ...made.value }) : made
  })
}

/** The issued PDFs of a result held here. */
function issuedReports({ session, stored }: Desk) {
  const issued = issuedResult({ session, stored })
  const entries = issued === null ? [] : packageEntries(session.store, issued.digest, session.paths.media)
  return PROFILES.flatMap((profile) => {
    const entry = entries.find((e) => e.name === `data/report-${profile}.pdf`)
    if (entry === undefined || !('path' in entry.from)) return []
    return [{ profile, path: entry.from.path, size: entry.size, sha256: entry.sha256 }]
  })
}

async function copyIssued(desk: Desk, profile: ProfileName, target: string, run: Run): Promise<Outcome<Made>> {
  const report = issuedReports(desk).find((r) => r.profile === profile)
  if (report === undefined) return fail('notFound')
  const { sha256 } = report
  const copied = await copyOut(report.path, target, sha256, {
    signal: run.signal,
    onProgress: (done, total) => run.onProgress('file', done, total),
  })
  return copied.ok ? ok({ path: target, size: copied.value, sha256, missing: 0, leftOut: 0 }) : copied
}

async function make(
  context: Context,
  desk: Desk,
  { profile, format, language }: ReportOrder,
  target: string,
  run: Run,
): Promise<Outcome<Made>> {
  const material = materialNow(context, desk)
  const { media, mediaTmp, print } = desk.session.paths
  const input = inputOf(context, desk, material, profile, format === 'zip' ? 'zh' : language)
  if (format === 'zip') {
    const isDraft = !material.isIssued
    const reports = isDraft ? [] : issuedReports(desk).filter((r) => profile === 'archive' || r.profile === profile)
    const named = reports.map(({ profile: of, ...file }) => ({ ...file, name: `${PROFILE_NAMES[of]}.pdf` }))
    const job = { input, media, reports: named, isDraft, cacheDir: print, target }
    const made = await context.pool.run('evidenceZip', job, run)
    if (!made.ok) return made
    const { path, bytes, sha256, missing, leftOut } = made.value
    return ok({ path, size: bytes, sha256, missing: missing.length, leftOut: leftOut.length })
  }
  const model = { ...buildReport(input), ...(material.isIssued ? {} : { draft: wordsOf(language).draftMark }) }
  makeFolder(mediaTmp)
  const draft = join(mediaTmp, `${randomUUID()}.${format}`)
  const job = { model, fontsDir: join(context.assets, 'fonts'), media, cacheDir: print, target: draft }
  try {
    const made = await context.pool.run(format === 'pdf' ? 'renderReport' : 'renderDocx', job, run)
    if (!made.ok) return made
    const { sha256, missingPhotos } = made.value
    const copied = await copyOut(draft, target, sha256, { signal: run.signal })
    const missing = missingPhotos.length
    return copied.ok ? ok({ path: target, size: copied.value, sha256, missing, leftOut: 0 }) : copied
  } finally {
    rmSync(draft, { force: true })
  }
}
