import type { Result } from '../../shared/domain/result.ts'
import type { ProfileName } from '../../shared/domain/template.ts'
import type { ReportInput } from '../../shared/report/context.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import type { Context } from './context.ts'
import type { Desk } from './desk.ts'
import { contentHash, issuedResult, readTeamState, resultContent } from './team-work.ts'
import { toMerge } from './team-sheets.ts'

export type ReportMaterial = { result: Result; sheets: ReportInput['sheets']; changeNote: string }

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
    isIssued: issued !== null,
  }
}

/** What a report in one profile and language is made of. */
export function inputOf(
  context: Context,
  { stored, template }: Desk,
  { result, sheets, changeNote }: ReportMaterial,
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
    words: reportTemplateOf(context.assets, stored.task.category),
  }
}
