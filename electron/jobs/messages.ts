import type { Outcome } from '../../shared/contract/errors.ts'
import type { JobKind } from './kinds.ts'

/** From the pool to a worker; a worker does one job at a time. */
export type ToWorker = { type: 'run'; id: number; kind: JobKind; args: unknown } | { type: 'cancel'; id: number }

/** From a worker to the pool; the last message of a job is `done` or `threw`. */
export type FromWorker =
  | { type: 'progress'; id: number; phase: string; done: number; total: number | null }
  | { type: 'done'; id: number; outcome: Outcome<unknown> }
  | { type: 'threw'; id: number; message: string; stack: string }
