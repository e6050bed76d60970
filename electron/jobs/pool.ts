import { Worker } from 'node:worker_threads'
import { fail, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'
import { JOB_KINDS, type JobArgs, type JobContext, type JobKind, type JobResult } from './kinds.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** How long a cancelled job may take to put things away before its worker is killed. */
const GRACE_MS = 3_000
const MEMORY_MB = 1_024

export type RunOptions = {
  signal?: AbortSignal | undefined
  onProgress?: JobContext['progress'] | undefined
  /** Instead of the kind's own limit without a sign of life. */
  limitMs?: number | undefined
}

export type JobPool = {
  /** Answers what the job answers, or cancelled, or the kind's `onLimit` failure when it hung or ran out of memory. A bug rejects. */
  run: <K extends JobKind>(kind: K, args: JobArgs<K>, options?: RunOptions) => Promise<Outcome<JobResult<K>>>
  /** Cancels what is under way and ends all threads. */
  close: () => Promise<void>
}

type Task = {
  id: number
  kind: JobKind
  args: unknown
  limitMs: number
  onProgress: JobContext['progress'] | undefined
  settle: (outcome: Outcome<unknown>) => void
  reject: (error: Error) => void
}
type Seat = { worker: Worker; task: Task | null; timer: NodeJS.Timeout | null }

/** A few worker threads, started when first needed; one job at a time each, the rest wait in order. */
export function createPool({ workers = 2 }: { workers?: number } = {}): JobPool {
  const seats: Seat[] = []
  const waiting: Task[] = []
  let lastId = 0

  const retire = (seat: Seat): Promise<unknown> => {
    if (seat.timer !== null) clearTimeout(seat.timer)
    const at = seats.indexOf(seat)
    if (at !== -1) seats.splice(at, 1)
    return seat.worker.terminate()
  }
  const finish = (seat: Seat): Task | null => {
    const { task } = seat
    seat.task = null
    if (seat.timer !== null) clearTimeout(seat.timer)
    seat.timer = null
    seat.worker.unref()
    return task
  }
  /** Ends a job that does not end by itself; its files are swept later. */
  const kill = (seat: Seat, code: FailureCode): void => {
    const task = finish(seat)
    void retire(seat)
    task?.settle(fail(code))
    next()
  }
  const watch = (seat: Seat, ms: number, code: FailureCode): void => {
    if (seat.timer !== null) clearTimeout(seat.timer)
    seat.timer = setTimeout(() => kill(seat, code), ms)
  }
  const hear = (seat: Seat, message: FromWorker): void => {
    const { task } = seat
    if (task === null || task.id !== message.id) return
    if (message.type === 'progress') {
      watch(seat, task.limitMs, JOB_KINDS[task.kind].onLimit)
      task.onProgress?.(message.phase, message.done, message.total)
      return
    }
    finish(seat)
    if (message.type === 'done') task.settle(message.outcome)
    else task.reject(new Error(`job ${task.kind}: ${message.message}`, { cause: message.stack }))
    next()
  }
  const open = (): Seat => {
    const seat: Seat = { worker: startWorker(), task: null, timer: null }
    seat.worker.on('message', (message: FromWorker) => hear(seat, message))
    seat.worker.on('error', (error: Error) => {
      const task = finish(seat)
      void retire(seat)
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      if (isMemory && task !== null) task.settle(fail(JOB_KINDS[task.kind].onLimit))
      else task?.reject(error)
      next()
    })
    seats.push(seat)
    return seat
  }
  const next = (): void => {
    const free = seats.find((s) => s.task === null) ?? (seats.length < workers && waiting.length > 0 ? open() : undefined)
    const task = free === undefined ? undefined : waiting.shift()
    if (free === undefined || task === undefined) return
    free.task = task
    free.worker.ref()
    watch(free, task.limitMs, JOB_KINDS[task.kind].onLimit)
    const message: ToWorker = { type: 'run', id: task.id, kind: task.kind, args: task.args }
    free.worker.postMessage(message)
    next()
  }
  const cancel = (task: Task): void => {
    const at = waiting.indexOf(task)
    if (at !== -1) {
      waiting.splice(at, 1)
      task.settle(fail('cancelled'))
      return
    }
    const seat = seats.find((s) => s.task === task)
    if (seat === undefined) return
    task.onProgress = undefined
    task.limitMs = GRACE_MS
    const message: ToWorker = { type: 'cancel', id: task.id }
    seat.worker.postMessage(message)
    watch(seat, GRACE_MS, 'cancelled')
  }

  return {
    run: <K extends JobKind>(kind: K, args: JobArgs<K>, { signal, onProgress, limitMs }: RunOptions = {}) =>
      new Promise<Outcome<JobResult<K>>>((resolve, reject) => {
        if (signal?.aborted) return resolve(fail('cancelled'))
        const onAbort = (): void => cancel(task)
        const task: Task = {
          id: ++lastId,
          kind,
          args,
          limitMs: limitMs ?? JOB_KINDS[kind].limitMs,
          onProgress,
          settle: (outcome) => {
            signal?.removeEventListener('abort', onAbort)
            resolve(outcome as Outcome<JobResult<K>>)
          },
          reject: (error) => {
            signal?.removeEventListener('abort', onAbort)
            reject(error)
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.push(task)
        next()
      }),
    close: async () => {
      for (const task of waiting.splice(0)) task.settle(fail('cancelled'))
      await Promise.all(
        [...seats].map((seat) => {
          finish(seat)?.settle(fail('cancelled'))
          return retire(seat)
        }),
      )
    },
  }
}

/** Beside this file: its source when run by plain Node, its bundle in the built app. */
function startWorker(): Worker {
  const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
  const worker = new Worker(new URL(name, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
  worker.unref()
  return worker
}
