import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { PROFILES, type ProfileName } from '../../shared/domain/template.ts'
import { buildReport } from '../../shared/report/build.ts'
import type { StoredFile } from '../exchange/seal.ts'
import { fileFailure, makeFolder, publishFile } from '../storage/files.ts'
import { mediaPath } from '../storage/paths.ts'
import type { Context } from './context.ts'
import { openLeadDesk, type Desk } from './desk.ts'
import { checkReport } from './report-check.ts'
import { exportReport } from './report-export.ts'
import { inputOf, materialNow, type ReportMaterial } from './report-material.ts'
import { mayLook } from './team-work.ts'

type ReportApi = Pick<Api, Extract<keyof Api, `report.${string}`>>
export type MadeReport = StoredFile & { profile: ProfileName }

/** The report: on the screen while it grows, as the issued PDF afterwards. */
export function reportApi(context: Context): ReportApi {
  return {
    'report.model': async ({ taskId, profile, language }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      if (!mayLook(desk.value)) return fail('ownSheetFirst')
      return ok(buildReport(inputOf(context, desk.value, materialNow(context, desk.value), profile, language)))
    },
    'report.export': async ({ taskId, ...order }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      if (!mayLook(desk.value)) return fail('ownSheetFirst')
      return await exportReport(context, desk.value, order)
    },
    'report.check': () => checkReport(context),
  }
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
      model: buildReport(inputOf(context, desk, material, profile, 'zh')),
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
