import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Ingested } from '../../shared/contract/api.ts'
import type { Failure } from '../../shared/contract/errors.ts'
import type { MediaView } from '../../shared/contract/views.ts'
import { call } from '../bridge.ts'
import { failureOf } from '../queries.ts'
import { Busy } from '../ui/busy.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useText } from '../ui/text.ts'
import './evidence-intake.css'

type Intake = {
  /** Name of the running job, for its progress; null when none runs. */
  job: string | null
  refused: Ingested['refused']
  failure: Failure | null
  known: number
}

const IDLE: Intake = { job: null, refused: [], failure: null, known: 0 }

/** Takes files in for some items (none: for a meeting, or the tray) and reports what was refused; known files are attached too. */
export function useIntake(taskId: string, onTaken: (media: MediaView[]) => void) {
  const [intake, setIntake] = useState<Intake>(IDLE)
  /** Answers how many are in. */
  const run = async (items: string[], take: (job: string) => Promise<Ingested | null>): Promise<number> => {
    const job = crypto.randomUUID()
    setIntake({ ...IDLE, job })
    try {
      const taken = await take(job)
      if (taken === null) {
        setIntake(IDLE)
        return 0
      }
      const attached = await Promise.all(taken.known.map((medium) => attach(taskId, medium, items)))
      onTaken([...taken.added, ...attached])
      setIntake({ job: null, refused: taken.refused, failure: null, known: taken.known.length })
      return taken.added.length + attached.length
    } catch (error) {
      setIntake({ ...IDLE, failure: failureOf(error) })
      if (failureOf(error) === null) throw error
      return 0
    }
  }
  return {
    intake,
    dismiss: useCallback(() => setIntake(IDLE), []),
    choose: (items: string[]) => run(items, (job) => call('evidence.choose', { taskId, items, job })),
    add: (items: string[], files: readonly File[], road: 'drop' | 'paste' | 'camera') =>
      run(items, async (job) =>
        call('evidence.add', { taskId, items, road, job, files: await Promise.all(files.map(readFile)) }),
      ),
  }
}

function attach(taskId: string, medium: MediaView, items: string[]): Promise<MediaView> {
  const { sha256, caption, inReport } = medium
  const all = [...new Set([...medium.items, ...items])]
  return call('evidence.update', { taskId, sha256, caption, inReport, items: all })
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

type DropZoneProps = { label: string; isEnabled: boolean; onFiles: (files: File[]) => void; children: React.ReactNode }

/** Takes dropped files; everything it does is also on the button inside, so the keyboard misses nothing. */
export function DropZone({ label, isEnabled, onFiles, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false)
  const zone = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = zone.current
    if (element === null) return
    const over = (event: DragEvent) => {
      event.preventDefault()
      setOver(isEnabled)
    }
    const leave = () => setOver(false)
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      onFiles(filesOf(event.dataTransfer))
    }
    element.addEventListener('dragover', over)
    element.addEventListener('dragleave', leave)
    element.addEventListener('drop', drop)
    return () => {
      element.removeEventListener('dragover', over)
      element.removeEventListener('dragleave', leave)
      element.removeEventListener('drop', drop)
    }
  }, [isEnabled, onFiles])
  return (
    <section ref={zone} className={isOver ? 'strip is-over' : 'strip'} aria-label={label}>
      {children}
    </section>
  )
}

/** Progress while files come in, then whatever did not and why. */
export function IntakeReport({ intake, onDismiss }: { intake: Intake; onDismiss: () => void }) {
  const t = useText('checklist')
  const failureText = useText('failures')
  if (intake.job !== null) return <Busy job={intake.job} label={t('takingIn')} />
  return (
    <>
      <FailureNote failure={intake.failure} />
      {intake.refused.length === 0 ? null : (
        <div role="alert" className="refused">
          <p>{t('refused', { n: intake.refused.length })}</p>
          <ul>
            {intake.refused.map((file, index) => (
              <li key={index}>
                <strong>{file.name}</strong>: {failureText(file.code)}
              </li>
            ))}
          </ul>
          <Button size="small" onClick={onDismiss}>
            {t('understood')}
          </Button>
        </div>
      )}
      {intake.known > 0 ? (
        <p role="status" className="quiet">
          {t('knownFiles', { n: intake.known })}
        </p>
      ) : null}
    </>
  )
}

/** Said where photos are taken in, when the task takes only those made on the spot. */
export function ImportNote({ isAllowed }: { isAllowed: boolean }) {
  const t = useText('checklist')
  return isAllowed ? null : <p className="quiet">{t('importAdvice')}</p>
}
