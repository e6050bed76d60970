import { rm } from 'node:fs/promises'
import { ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Claims } from '../../shared/package/statement.ts'
import { extractPackage, type ExtractRequest } from '../exchange/extract.ts'
import { quarantineFile, type QuarantinedFile } from '../exchange/quarantine.ts'
import { peekPackage, verifyPackage, type Verification, type VerifyRequest } from '../exchange/verify.ts'
import type { PackageEntry } from '../exchange/seal.ts'
import { writePackageFile, type LongRun, type WriteRequest, type WrittenPackage } from '../exchange/write.ts'
import type { JobContext } from './kinds.ts'

/** `progress` names the phase; bytes or files done of all. */
const runOf = ({ signal, progress }: JobContext, phase: string): LongRun => ({
  signal,
  onProgress: (done, total) => progress(phase, done, total),
})

/** Writes a package file. Failures: `writePackageFile`. */
export async function writePackageJob(request: WriteRequest, context: JobContext): Promise<Outcome<WrittenPackage>> {
  return await writePackageFile(request, runOf(context, 'write'))
}

export type TakenPackage = { file: QuarantinedFile; claims: Claims | null }

/** Makes the private copy of a package file and reads what it claims to be. Failures: `quarantineFile`, `peekPackage`. */
export async function takePackageJob(
  { source, folder }: { source: string; folder: string },
  context: JobContext,
): Promise<Outcome<TakenPackage>> {
  const file = await quarantineFile(source, folder, runOf(context, 'copy'))
  if (!file.ok) return file
  const claims = await peekPackage(file.value.path, runOf(context, 'read'))
  if (claims.ok) return ok({ file: file.value, claims: claims.value })
  await rm(file.value.path, { force: true })
  return claims
}

/** Judges a package. Failures: `verifyPackage`. */
export async function verifyPackageJob(request: VerifyRequest, context: JobContext): Promise<Outcome<Verification>> {
  return await verifyPackage(request, runOf(context, 'verify'))
}

/** Takes a verified package apart. Failures: `extractPackage`. */
export async function extractPackageJob(
  request: ExtractRequest,
  context: JobContext,
): Promise<Outcome<PackageEntry[]>> {
  return await extractPackage(request, runOf(context, 'evidence'))
}
