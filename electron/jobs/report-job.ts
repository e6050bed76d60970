import { existsSync } from 'node:fs'
import type { Outcome } from '../../shared/contract/errors.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import type { EvidenceArchive, EvidenceRequest } from '../report/evidence-zip.ts'
import type { RenderStep, RenderedReport } from '../report/render.ts'
import { mediaPath } from '../storage/paths.ts'
import type { JobContext } from './kinds.ts'

export type RenderJob = {
  model: ReportModel
  further?: readonly ReportModel[]
  title?: string
  fontsDir: string
  media: string
  cacheDir: string
  target: string
}

// Each way is loaded by the job that needs it: a worker keeps what it has loaded.
const fromStore =
  (media: string) =>
  (sha256: string): string | null => {
    const path = mediaPath(media, sha256)
    return existsSync(path) ? path : null
  }
const stepTo =
  (progress: JobContext['progress']) =>
  ({ step, done, total }: RenderStep): void =>
    progress(step, done, total)

/** Writes the PDF of a report with photos from the media store. Failures: `renderReport`. */
export async function renderReportJob(
  { media, ...request }: RenderJob,
  { signal, progress }: JobContext,
): Promise<Outcome<RenderedReport>> {
  const { renderReport } = await import('../report/render.ts')
  return await renderReport({ ...request, photo: fromStore(media), signal, onProgress: stepTo(progress) })
}

/** Writes the Word document of a report with photos from the media store. Failures: `renderDocx`. */
export async function renderDocxJob(
  { media, model, fontsDir, cacheDir, target }: RenderJob,
  { signal, progress }: JobContext,
): Promise<Outcome<RenderedReport>> {
  const { renderDocx } = await import('../report/docx/write.ts')
  const request = { model, fontsDir, cacheDir, target, photo: fromStore(media) }
  return await renderDocx({ ...request, signal, onProgress: stepTo(progress) })
}

export type EvidenceJob = Omit<EvidenceRequest, 'photo' | 'onProgress' | 'signal'> & { media: string }

/** Writes the evidence archive of a result from the media store. Failures: `writeEvidenceZip`. */
export async function evidenceZipJob(
  { media, ...request }: EvidenceJob,
  { signal, progress }: JobContext,
): Promise<Outcome<EvidenceArchive>> {
  const { writeEvidenceZip } = await import('../report/evidence-zip.ts')
  return await writeEvidenceZip({ ...request, photo: fromStore(media), signal, onProgress: stepTo(progress) })
}
