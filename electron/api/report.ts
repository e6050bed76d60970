import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ReportFile } from '../../shared/contract/views.ts'
import type { Result } from '../../shared/domain/result.ts'
import { PROFILES, type ProfileName } from '../../shared/domain/template.ts'
import { buildReport } from '../../shared/report/build.ts'
import type { ReportInput } from '../../shared/report/context.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import type { StoredFile } from '../exchange/seal.ts'
import { fileFailure, makeFolder, publishFile, writeWhole } from '../storage/files.ts'
import { packageEntries } from '../storage/package-store.ts'
import { mediaPath } from '../storage/paths.ts'
import { asJob, type Context } from './context.ts'
import { openLeadDesk, type Desk } from './desk.ts'
import { fileName } from './small-file.ts'
import { contentHash, issuedResult, mayLook, readTeamState, resultContent, toMerge } from './team-work.ts'

type ReportApi = Pick<Api, Extract<keyof Api, `report.${string}`>>
export type MadeReport = StoredFile & { profile: ProfileName }
export type ReportMaterial = { result: Result; sheets: ReportInput['sheets']; changeNote: string }

/** The report: on the screen while it grows, as the issued PDF afterwards. */
export function reportApi(context: Context): ReportApi {
  return {
    'report.model': async ({ taskId, profile, language }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      if (!mayLook(desk.value)) return fail('ownSheetFirst')
      return ok(modelOf(context, desk.value, materialNow(context, desk.value), profile, language))
    },
    'report.export': async ({ taskId, profile, job }) => {
      const desk = openLeadDesk(context, taskId)
      return desk.ok ? await exportReport(context, desk.value, profile, job) : desk
    },
  }
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
    isIssued: issued !== null,
  }
}

function modelOf(
  context: Context,
  { stored, template }: Desk,
  material: ReportMaterial,
  profile: ProfileName,
  language: 'zh' | 'en',
) {
  const { result, sheets, changeNote } = material
  return buildReport({
    task: stored.task,
    template,
    sheets,
    result,
    contentSha256: contentHash(result),
    profile,
    language,
    changeNote,
    words: reportTemplateOf(context.assets, stored.task.category),
  })
}

/** Writes the PDF of every profile into the media store. Fails with missingGlyph (the places), diskFull, cancelled, …. */
export async function renderReports(
  context: Context,
  desk: Desk,
  material: ReportMaterial,
  signal: AbortSignal,
  onProgress: (phase: string, done: number, total: number | null) => void,
): Promise<Outcome<MadeReport[]>> {
  const { paths } = desk.session
  const made: MadeReport[] = []
  makeFolder(paths.mediaTmp)
  for (const profile of PROFILES) {
    const target = join(paths.mediaTmp, `${randomUUID()}.pdf`)
    const job = {
      model: modelOf(context, desk, material, profile, 'zh'),
      fontsDir: join(context.assets, 'fonts'),
      media: paths.media,
      cacheDir: paths.print,
      target,
    }
    const rendered = await context.pool.run('renderReport', job, { signal, onProgress })
    if (!rendered.ok) return rendered
    const stored = intoMediaStore(target, rendered.value.sha256, paths.media)
    if (!stored.ok) return stored
    made.push({ ...stored.value, profile })
  }
  return ok(made)
}

function intoMediaStore(file: string, sha256: string, media: string): Outcome<StoredFile> {
  try {
    const path = mediaPath(media, sha256)
    const crc = crc32(readFileSync(file))
    makeFolder(dirname(path))
    publishFile(file, path)
    return ok({ path, size: statSync(path).size, sha256, crc32: crc })
  } catch (error) {
    rmSync(file, { force: true })
    return fileFailure(error)
  }
}

/** Copies the issued PDF out, read back against the hash the result lists. Fails with mergeOpen before issue, fileExists, diskFull. */
async function exportReport(
  context: Context,
  desk: Desk,
  profile: ProfileName,
  job: string,
): Promise<Outcome<ReportFile | null>> {
  const issued = issuedResult(desk)
  if (issued === null) return fail('mergeOpen')
  const entry = packageEntries(desk.session.store, issued.digest, desk.session.paths.media).find(
    (e) => e.name === `data/report-${profile}.pdf`,
  )
  if (entry === undefined || !('path' in entry.from)) return fail('notFound')
  const source = entry.from.path
  const { reportNumber, revision } = issued.result
  const name = fileName(
    ['现场评价报告', reportNumber, NAMES[profile], ...(revision > 1 ? [`更正${revision}`] : [])],
    'pdf',
  )
  const target = await context.dialogs.save({
    title: '导出报告 · Export report',
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
    name,
  })
  if (target === null) return ok(null)
  if (existsSync(target)) return fail('fileExists', { detail: target })
  return await asJob(context, job, async () => {
    try {
      writeWhole(target, readFileSync(source))
      const sha256 = createHash('sha256').update(readFileSync(target)).digest('hex')
      if (sha256 === entry.sha256) return ok({ profile, path: target, size: entry.size, sha256 })
      rmSync(target, { force: true })
      return fail('damagedFile', { detail: target })
    } catch (error) {
      return fileFailure(error)
    }
  })
}

const NAMES = { committee: '委员会版', archive: '归档版', enterprise: '企业反馈版' } as const
