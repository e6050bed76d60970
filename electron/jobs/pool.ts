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
/** One thread and what it is doing; `timer` runs out when it gives no sign of life. */
type Seat = { worker: Worker; task: Task | null; timer: NodeJS.Timeout | null }
type Room = { size: number; seats: Seat[]; waiting: Task[] }

/** A few worker threads, started when first needed; one job at a time each, the rest wait in order. */
export function createPool({ workers = 2 }: { workers?: number } = {}): JobPool {
  const room: Room = { size: workers, seats: [], waiting: [] }
  let lastId = 0
  return {
    run: async <K extends JobKind>(kind: K, args: JobArgs<K>, { signal, onProgress, limitMs }: RunOptions = {}) => {
      if (signal?.aborted) return fail('cancelled')
      const { promise, resolve, reject } = deferred<Outcome<unknown>>()
      const id = ++lastId
      const task = { id, kind, args, limitMs: limitMs ?? JOB_KINDS[kind].limitMs, onProgress, settle: resolve, reject }
      const onAbort = (): void => cancel(room, task)
      signal?.addEventListener('abort', onAbort, { once: true })
      room.waiting.push(task)
      startWaiting(room)
      try {
        return (await promise) as Outcome<JobResult<K>>
      } finally {
        signal?.removeEventListener('abort', onAbort)
      }
    },
    close: async () => {
      for (const task of room.waiting.splice(0)) task.settle(fail('cancelled'))
      await Promise.all(
        [...room.seats].map((seat) => {
          release(seat)?.settle(fail('cancelled'))
          return retire(room, seat)
        }),
      )
    },
  }
}

function startWaiting(room: Room): void {
  while (room.waiting.length > 0) {
    const seat = room.seats.find((s) => s.task === null) ?? (room.seats.length < room.size ? openSeat(room) : undefined)
    const task = seat === undefined ? undefined : room.waiting.shift()
    if (seat === undefined || task === undefined) return
    seat.task = task
    seat.worker.ref()
    watch(room, seat, task.limitMs, JOB_KINDS[task.kind].onLimit)
    tell(seat, { type: 'run', id: task.id, kind: task.kind, args: task.args })
  }
}

function openSeat(room: Room): Seat {
  const seat: Seat = { worker: startWorker(), task: null, timer: null }
  seat.worker.on('message', (message: FromWorker) => hear(room, seat, message))
  seat.worker.on('error', (error: Error) => {
    const task = release(seat)
    void retire(room, seat)
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isMemory && task !== null) task.settle(fail(JOB_KINDS[task.kind].onLimit))
    else task?.reject(error)
    startWaiting(room)
  })
  room.seats.push(seat)
  return seat
}

function hear(room: Room, seat: Seat, message: FromWorker): void {
  const { task } = seat
  if (task === null || task.id !== message.id) return
  if (message.type === 'progress') {
    // A cancelled job has only its grace left, however lively it is.
    if (task.limitMs > 0) watch(room, seat, task.limitMs, JOB_KINDS[task.kind].onLimit)
    task.onProgress?.(message.phase, message.done, message.total)
    return
  }
  release(seat)
  if (message.type === 'done') task.settle(message.outcome)
  else task.reject(new Error(`job ${task.kind}: ${message.message}`, { cause: message.stack }))
  startWaiting(room)
}

function cancel(room: Room, task: Task): void {
  const at = room.waiting.indexOf(task)
  if (at !== -1) {
    room.waiting.splice(at, 1)
    task.settle(fail('cancelled'))
    return
  }
  const seat = room.seats.find((s) => s.task === task)
  if (seat === undefined) return
  task.onProgress = undefined
  task.limitMs = 0
  tell(seat, { type: 'cancel', id: task.id })
  watch(room, seat, GRACE_MS, 'cancelled')
}

/** Kills the seat's job unless something stops the clock; the files a killed job leaves are swept at the next start. */
function watch(room: Room, seat: Seat, ms: number, code: FailureCode): void {
  if (seat.timer !== null) clearTimeout(seat.timer)
  seat.timer = setTimeout(() => {
    const task = release(seat)
    void retire(room, seat)
    task?.settle(fail(code))
    startWaiting(room)
  }, ms)
}

/** Takes the job from the seat; an idle thread does not keep the process alive. */
function release(seat: Seat): Task | null {
  const { task } = seat
  if (seat.timer !== null) clearTimeout(seat.timer)
  Object.assign(seat, { task: null, timer: null })
  seat.worker.unref()
  return task
}

function retire(room: Room, seat: Seat): Promise<number> {
  const at = room.seats.indexOf(seat)
  if (at !== -1) room.seats.splice(at, 1)
  return seat.worker.terminate()
}

function tell({ worker }: Seat, message: ToWorker): void {
  worker.postMessage(message, [])
}

/** Beside this file: its source when run by plain Node, its bundle in the built app. */
function startWorker(): Worker {
  const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
  const worker = new Worker(new URL(name, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
  worker.unref()
  return worker
}

/** `Promise.withResolvers`, which the oldest Node of the app does not have. */
function deferred<T>() {
  const handles: { resolve: (value: T) => void; reject: (error: Error) => void } = {
    resolve: () => {},
    reject: () => {},
  }
  const promise = new Promise<T>((resolve, reject) => Object.assign(handles, { resolve, reject }))
  return { promise, ...handles }
}
