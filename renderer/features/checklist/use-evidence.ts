import { useState } from 'react'
import type { Ingested } from '../../../shared/contract/api.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { MediaView } from '../../../shared/contract/views.ts'
import { call } from '../../bridge.ts'
import { failureOf } from '../../queries.ts'
import { useSheetStore } from './sheet-context.tsx'

export type Intake = {
  /** Name of the running job, for its progress; null when none runs. */
  job: string | null
  refused: Ingested['refused']
  failure: Failure | null
  known: number
}

const IDLE: Intake = { job: null, refused: [], failure: null, known: 0 }

/** Takes files in for some items and reports what was refused; files already held are attached to the items too. */
export function useIntake() {
  const store = useSheetStore()
  const { taskId } = store.view.task
  const [intake, setIntake] = useState<Intake>(IDLE)

  const run = async (items: string[], take: (job: string) => Promise<Ingested | null>) => {
    const job = crypto.randomUUID()
    setIntake({ ...IDLE, job })
    try {
      const taken = await take(job)
      if (taken === null) return setIntake(IDLE)
      const attached = await Promise.all(taken.known.map((medium) => attach(medium, items)))
      store.putMedia([...taken.added, ...attached])
      setIntake({ job: null, refused: taken.refused, failure: null, known: taken.known.length })
    } catch (error) {
      setIntake({ ...IDLE, failure: failureOf(error) })
      if (failureOf(error) === null) throw error
    }
  }
  const attach = (medium: MediaView, items: string[]): Promise<MediaView> => {
    const { sha256, caption, inReport } = medium
    return call('evidence.update', {
      taskId,
      sha256,
      caption,
      inReport,
      items: [...new Set([...medium.items, ...items])],
    })
  }
  return {
    intake,
    dismiss: () => setIntake(IDLE),
    choose: (items: string[]) => run(items, (job) => call('evidence.choose', { taskId, items, job })),
    add: (items: string[], files: readonly File[], road: 'drop' | 'paste') =>
      run(items, async (job) =>
        call('evidence.add', { taskId, items, road, job, files: await Promise.all(files.map(readFile)) }),
      ),
  }
}

async function readFile(file: File) {
  return {
    name: file.name.normalize('NFC'),
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileAt: file.lastModified > 0 ? new Date(file.lastModified).toISOString() : null,
  }
}

/** The files of a paste or drop, pictures and documents alike. */
export const filesOf = (transfer: DataTransfer | null): File[] => [...(transfer?.files ?? [])]
