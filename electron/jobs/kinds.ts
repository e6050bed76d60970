import type { FailureCode, Outcome } from '../../shared/contract/errors.ts'

/** What a job is given besides its arguments: `signal` aborts on cancel, `progress` also proves that the job is alive. */
export type JobContext = {
  signal: AbortSignal
  progress: (phase: string, done: number, total: number | null) => void
}

/** A piece of work for a worker thread. Arguments and value are plain data (structured clone); a throw is a bug. */
export type Job<A, R> = (args: A, context: JobContext) => Promise<Outcome<R>>

/** `load` imports the work inside the worker; after `limitMs` without a sign of life it is killed and answers `onLimit`. */
type JobKindEntry = { load: () => Promise<Job<never, unknown>>; limitMs: number; onLimit: FailureCode }

/** Every kind of job, one entry each. Files are imported only in the worker that needs them. */
export const JOB_KINDS = {
  ingest: {
    load: async () => (await import('../storage/evidence-files.ts')).ingestFile,
    limitMs: 60_000,
    onLimit: 'damagedFile',
  },
  readCodes: {
    load: async () => (await import('../storage/picture-codes.ts')).readPictureCodes,
    limitMs: 20_000,
    onLimit: 'unsupportedFile',
  },
  backupCopy: {
    load: async () => (await import('../storage/backup.ts')).writeDraftCopy,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  checkCopy: {
    load: async () => (await import('../storage/restore.ts')).checkDraftCopy,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  restoreCopy: {
    load: async () => (await import('../storage/restore.ts')).restoreDraftCopy,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  takePackage: {
    load: async () => (await import('./package-jobs.ts')).takePackageJob,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  verifyPackage: {
    load: async () => (await import('./package-jobs.ts')).verifyPackageJob,
    limitMs: 120_000,
    onLimit: 'damagedFile',
  },
  extractPackage: {
    load: async () => (await import('./package-jobs.ts')).extractPackageJob,
    limitMs: 120_000,
    onLimit: 'damagedFile',
  },
  writePackage: {
    load: async () => (await import('./package-jobs.ts')).writePackageJob,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  renderReport: {
    load: async () => (await import('./report-job.ts')).renderReportJob,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  renderDocx: {
    load: async () => (await import('./report-job.ts')).renderDocxJob,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  specimenReport: {
    load: async () => (await import('./specimen-job.ts')).specimenReportJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
  evidenceZip: {
    load: async () => (await import('./report-job.ts')).evidenceZipJob,
    limitMs: 120_000,
    onLimit: 'storageFailed',
  },
  encodeLogo: {
    load: async () => (await import('../report/logo.ts')).encodeLogo,
    limitMs: 30_000,
    onLimit: 'damagedFile',
  },
  draftFindings: {
    load: async () => (await import('./checklist-jobs.ts')).draftFindingsJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
  draftCards: {
    load: async () => (await import('./checklist-jobs.ts')).draftCardsJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
  issueDraft: {
    load: async () => (await import('./checklist-jobs.ts')).issueDraftJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
  templateCards: {
    load: async () => (await import('./checklist-jobs.ts')).templateCardsJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
  openWorkbook: {
    load: async () => (await import('../tabular/jobs.ts')).openWorkbookJob,
    limitMs: 20_000,
    onLimit: 'fileTooLarge',
  },
  importWorkbook: {
    load: async () => (await import('../tabular/jobs.ts')).importWorkbookJob,
    limitMs: 20_000,
    onLimit: 'fileTooLarge',
  },
  writeWorkbook: {
    load: async () => (await import('../tabular/jobs.ts')).writeWorkbookJob,
    limitMs: 60_000,
    onLimit: 'storageFailed',
  },
} as const satisfies Record<string, JobKindEntry>

export type JobKind = keyof typeof JOB_KINDS
type JobOf<K extends JobKind> = Awaited<ReturnType<(typeof JOB_KINDS)[K]['load']>>
export type JobArgs<K extends JobKind> = Parameters<JobOf<K>>[0]
export type JobResult<K extends JobKind> = Awaited<ReturnType<JobOf<K>>> extends Outcome<infer R> ? R : never
