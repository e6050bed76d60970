import { existsSync } from 'node:fs'
import type { Result } from '../../shared/domain/result.ts'
import type { ProfileName } from '../../shared/domain/template.ts'
import type { ReportInput } from '../../shared/report/context.ts'
import { enclosedTemplate, type StoredReportTemplate } from '../report/enclosed-template.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import { packageEntries } from '../storage/package-store.ts'
import { usedReportTemplate } from '../storage/report-template-store.ts'
import type { Context } from './context.ts'
import type { Desk } from './desk.ts'
import { contentHash, issuedResult, readTeamState, resultContent } from './team-work.ts'
import { toMerge } from './team-sheets.ts'

export type ReportMaterial = {
  result: Result
  sheets: ReportInput['sheets']
  changeNote: string
  /** The own report template; null for the built-in one of the task's category. */
  template: StoredReportTemplate | null
}

/** The issued result when there is one and no correction is under way, else what would be issued now. */
export function materialNow(context: Context, desk: Desk): ReportMaterial & { isIssued: boolean } {
  const state = readTeamState(desk)
  const { confirmation, changeNote } = state.work
  const issued = state.work.state === 'closed' ? issuedResult(desk) : null
  const closing = confirmation === null ? null : { confirmation, signatures: [], reports: [], scans: [] }
  const result = issued?.result ?? { ...resultContent(desk, state, context.now().toISOString()), closing }
  const digests = new Set(result.inputs.sheets.map((s) => s.digest))
  return {
    result,
    sheets: state.sheets.map(toMerge).filter((s) => digests.has(s.digest)),
    changeNote,
    template:
      issued === null
        ? usedReportTemplate(desk.session.store, desk.stored.task.category)
        : issuedTemplate(desk, issued.digest),
    isIssued: issued !== null,
  }
}

/** Read once a process: issued reports never change. */
const issuedWith = new Map<string, StoredReportTemplate | null>()

/** The template the reports of a result were issued with, as they carry it. */
function issuedTemplate({ session }: Desk, digest: string): StoredReportTemplate | null {
  const known = issuedWith.get(digest)
  if (known !== undefined) return known
  const report = packageEntries(session.store, digest, session.paths.media).find((e) =>
    e.name.startsWith('data/report-'),
  )
  // A file that is not there may come back from a copy.
  if (report === undefined || !('path' in report.from) || !existsSync(report.from.path)) return null
  const found = enclosedTemplate(report.from.path)
  issuedWith.set(digest, found)
  return found
}

/** What a report in one profile and language is made of. */
export function inputOf(
  context: Context,
  { stored, template }: Desk,
  { result, sheets, changeNote, template: own }: ReportMaterial,
  profile: ProfileName,
  language: 'zh' | 'en',
): ReportInput {
  return {
    task: stored.task,
    template,
    sheets,
    result,
    contentSha256: contentHash(result),
    profile,
    language,
    changeNote,
    words: own?.template ?? reportTemplateOf(context.assets, stored.task.category),
    ownWords: own ?? undefined,
  }
}
