import { existsSync } from 'node:fs'
import type { Outcome } from '../../shared/contract/errors.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import { renderDocx } from '../report/docx/write.ts'
import { writeEvidenceZip, type EvidenceArchive, type EvidenceRequest } from '../report/evidence-zip.ts'
import { renderReport, type RenderStep, type RenderedReport } from '../report/render.ts'
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
  return await renderReport({ ...request, photo: fromStore(media), signal, onProgress: stepTo(progress) })
}

/** Writes the Word document of a report with photos from the media store. Failures: `renderDocx`. */
export async function renderDocxJob(
  { media, model, fontsDir, cacheDir, target }: RenderJob,
  { signal, progress }: JobContext,
): Promise<Outcome<RenderedReport>> {
  const request = { model, fontsDir, cacheDir, target, photo: fromStore(media) }
  return await renderDocx({ ...request, signal, onProgress: stepTo(progress) })
}

export type EvidenceJob = Omit<EvidenceRequest, 'photo' | 'onProgress' | 'signal'> & { media: string }

/** Writes the evidence archive of a result from the media store. Failures: `writeEvidenceZip`. */
export async function evidenceZipJob(
  { media, ...request }: EvidenceJob,
  { signal, progress }: JobContext,
): Promise<Outcome<EvidenceArchive>> {
  return await writeEvidenceZip({ ...request, photo: fromStore(media), signal, onProgress: stepTo(progress) })
}
