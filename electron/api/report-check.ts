import { basename } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { KnownReport, ReportCheck } from '../../shared/contract/views.ts'
import type { Result } from '../../shared/domain/result.ts'
import { checkCodeOf } from '../../shared/report/model.ts'
import { namedCheckCodes } from '../exchange/report-match.ts'
import type { Reader } from '../storage/database.ts'
import { entryBytes, listPackages } from '../storage/package-store.ts'
import { listTasks } from '../storage/task-store.ts'
import { fileFailure, fileSha256, isPdf } from '../storage/files.ts'
import { dialogWords, unlocked, type Context } from './context.ts'
import { contentHash } from './team-work.ts'

type Held = Omit<KnownReport, 'profile' | 'changeNote'> & { reports: NonNullable<Result['closing']>['reports'] }

/**
 * Asks for a PDF and says which report of the results held here it is. Null when the person closed the dialog. Fails with locked,
 * unsupportedFile (no PDF), fileMissing, notWritable.
 */
export async function checkReport(context: Context): Promise<Outcome<ReportCheck | null>> {
  const session = unlocked(context)
  if (!session.ok) return session
  const filters = [{ name: 'PDF', extensions: ['pdf'] }]
  const paths = await context.dialogs.open({ title: dialogWords(context)('checkReport'), filters, many: false })
  const path = paths?.[0]
  if (path === undefined) return ok(null)
  try {
    if (!(await isPdf(path))) return fail('unsupportedFile', { detail: basename(path) })
    const sha256 = await fileSha256(path)
    const about = { fileName: basename(path), sha256 }
    const held = heldResults(session.value.store)
    for (const { reports, ...result } of held) {
      const same = reports.find((r) => r.sha256 === sha256)
      if (same === undefined) continue
      const { profile, changeNote } = same
      return ok({ ...about, verdict: 'same', report: { ...result, profile, changeNote } })
    }
    const codes = new Set(await namedCheckCodes(path))
    const named = held.find((h) => codes.has(h.checkCode))
    if (named === undefined) return ok({ ...about, verdict: 'unknown' })
    const { reports: _, ...report } = named
    return ok({ ...about, verdict: 'changed', report })
  } catch (error) {
    return fileFailure(error)
  }
}

/** Every result held here, newest revision first. */
function heldResults(db: Reader): Held[] {
  return listTasks(db).flatMap(({ task }) => {
    const packages = listPackages(db, task.taskId).filter((p) => p.kind === 'result')
    const newest = Math.max(...packages.map((p) => p.revision))
    return packages
      .toSorted((a, b) => b.revision - a.revision)
      .flatMap((p): Held[] => {
        const bytes = entryBytes(db, p.digest, 'data/result.json')
        if (bytes === null) return []
        const result = JSON.parse(Buffer.from(bytes).toString('utf8')) as Result
        return [
          {
            version: result.revision,
            reportNumber: result.reportNumber,
            enterprise: task.enterprise.name,
            checkCode: checkCodeOf(contentHash(result)),
            issuedAt: result.issuedAt,
            newest,
            reports: result.closing?.reports ?? [],
          },
        ]
      })
  })
}
