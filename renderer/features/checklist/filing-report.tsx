import { Button } from 'antd'
import { Busy } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useList, useText } from '../../ui/text.ts'
import { useSheetStore } from './sheet-context.tsx'
import { Thumb } from './evidence-strip.tsx'
import type { Filing, FilingRow } from './use-filing.ts'
import './filing-report.css'

type FilingReportProps = { filing: Filing; onOpen: (sha256: string) => void }

/** What the codes in pictures did: where each went, with its undo; what stayed unfiled, and why. */
export function FilingReport({ filing, onOpen }: FilingReportProps) {
  const t = useText('evidence')
  const checklist = useText('checklist')
  const { job, rows, failure, dismiss, follow } = filing
  if (job !== null) return <Busy job={job} label={t('readingCodes')} />
  const filed = rows.filter((row) => row.why === null && !row.isUndone).length
  const followers = rows.filter((row) => row.follows !== null)
  // Pictures without a code are what photos usually are: they are counted, and stay in the tray below.
  const listed = rows.filter((row) => row.why !== 'noCode' || row.follows !== null)
  return (
    <>
      <FailureNote failure={failure} />
      {rows.length === 0 ? null : (
        <section className="filing" aria-label={t('filedByCode')}>
          <div className="filing-head">
            <h3>{t('filedByCode')}</h3>
            <p role="status">
              {t(listed.length === 0 ? 'filedNone' : 'filedCounts', { filed, left: rows.length - filed })}
            </p>
            {followers.length > 1 ? (
              <Button onClick={() => void follow(followers)}>{t('followAll', { n: followers.length })}</Button>
            ) : null}
            <Button onClick={dismiss}>{checklist('understood')}</Button>
          </div>
          <ul>
            {listed.map((row) => (
              <Row key={row.medium.sha256} row={row} filing={filing} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Row({ row, filing, onOpen }: { row: FilingRow; filing: Filing; onOpen: (sha256: string) => void }) {
  const t = useText('evidence')
  const checklist = useText('checklist')
  const store = useSheetStore()
  const whereText = useWhere()
  const { medium, follows } = row
  const isFiled = row.why === null && !row.isUndone
  const codeOf = (item: string) => store.itemById.get(item)?.code ?? item
  return (
    <li>
      <Thumb medium={medium} onOpen={() => onOpen(medium.sha256)} />
      <div className="filing-said">
        {medium.caption === '' ? null : <strong>{medium.name}</strong>}
        <p>
          <Mark shape={isFiled ? 'full' : 'alert'} tone={isFiled ? 'good' : 'middling'} /> {whereText(row)}
        </p>
        {isFiled && !store.isReadOnly ? (
          <Button
            size="small"
            aria-label={t('unfileName', { name: medium.name })}
            onClick={() => void filing.undo(row)}
          >
            {t('unfile')}
          </Button>
        ) : null}
        {follows === null ? null : (
          <Button size="small" onClick={() => void filing.follow([row])}>
            {checklist('assignTo', { code: codeOf(follows) })}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Where a picture went, or why it stays, in a sentence. */
function useWhere(): (row: FilingRow) => string {
  const t = useText('evidence')
  const documents = useText('documents')
  const meeting = useText('task')
  const list = useList()
  const store = useSheetStore()
  return (row) => {
    if (row.isUndone) return t('unfiledAgain')
    const codes = list(row.items.map((item) => store.itemById.get(item)?.code ?? item))
    const meetings = list(row.meetings.map((kind) => meeting(`meeting_${kind}`)))
    const page = list(
      row.pages.map((p) => t('scanCaption', { title: documents(`doc_${p.document}`), page: p.page, pages: p.pages })),
    )
    if (row.why === 'noPlace' || row.why === 'noMeeting') return t(`why_${row.why}`, { page, meetings })
    if (row.follows !== null) return t('followItem', { code: store.itemById.get(row.follows)?.code ?? row.follows })
    if (row.why !== null) return t(`why_${row.why}`)
    if (row.meetings.length === 0) return t('filedItem', { codes })
    return row.items.length === 0 ? t('filedMeeting', { meetings }) : t('filedBoth', { codes, meetings })
  }
}
