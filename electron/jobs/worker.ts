import { parentPort } from 'node:worker_threads'
import { JOB_KINDS, type Job } from './kinds.ts'
import type { FromWorker, ToWorker } from './messages.ts'

if (parentPort === null) throw new Error('this file runs in a worker thread')
const port = parentPort
const controllers = new Map<number, AbortController>()

port.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') controllers.get(message.id)?.abort()
  else void run(message)
})

async function run({ id, kind, args }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  const tell = (message: FromWorker): void => port.postMessage(message, [])
  const controller = new AbortController()
  controllers.set(id, controller)
  try {
    const job = (await JOB_KINDS[kind].load()) as Job<unknown, unknown>
    const progress = (phase: string, done: number, total: number | null): void =>
      tell({ type: 'progress', id, phase, done, total })
    tell({ type: 'done', id, outcome: await job(args, { signal: controller.signal, progress }) })
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    tell({ type: 'threw', id, message, stack: stack ?? '' })
  } finally {
    controllers.delete(id)
  }
}
