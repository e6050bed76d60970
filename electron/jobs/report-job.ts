import type { Outcome } from '../../shared/contract/errors.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import { renderReport, type RenderedReport } from '../report/render.ts'
import { mediaPath } from '../storage/paths.ts'
import { existsSync } from 'node:fs'
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

/** Writes the PDF of a report with photos from the media store. Failures: `renderReport`. */
export async function renderReportJob(
  { model, further, title, fontsDir, media, cacheDir, target }: RenderJob,
  { signal, progress }: JobContext,
): Promise<Outcome<RenderedReport>> {
  const photo = (sha256: string): string | null => {
    const path = mediaPath(media, sha256)
    return existsSync(path) ? path : null
  }
  return await renderReport({
    model,
    further,
    title,
    fontsDir,
    photo,
    cacheDir,
    target,
    signal,
    onProgress: ({ step, done, total }) => progress(step, done, total),
  })
}
