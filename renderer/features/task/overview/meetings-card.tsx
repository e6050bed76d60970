import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { MediaView, SheetView } from '../../../../shared/contract/views.ts'
import type { Meeting } from '../../../../shared/domain/sheet.ts'
import { call } from '../../../bridge.ts'
import { SavedState } from '../../../ui/saved-state.tsx'
import { useSaving } from '../../../ui/saver.ts'
import { useSay, useText } from '../../../ui/text.ts'
import { MeetingForm } from './meeting-form.tsx'

const KINDS = ['opening', 'team', 'closing'] as const

const newMeeting = (kind: Meeting['kind']): Meeting => ({
  kind,
  at: new Date().toISOString(),
  place: '',
  clockNote: '',
  attendance: [],
  media: [],
  minutes: '',
})

/** Records of the meetings; all of them are stored together, as they are typed. */
export function MeetingsCard({ view }: { view: SheetView }) {
  const t = useText('task')
  const say = useSay()
  const client = useQueryClient()
  const { taskId } = view.task
  const isSealed = view.sheetState === 'sealed'
  const saving = useSaving(view.meetings, async (meetings) => {
    const saved = await call('sheet.saveMeetings', { taskId, meetings })
    client.setQueryData<SheetView>(['sheet.open', { taskId }], (before) => before && { ...before, meetings })
    return saved
  })
  const meetings = saving.value
  const taken = (media: MediaView[]) => {
    const hashes = new Set(media.map((m) => m.sha256))
    client.setQueryData<SheetView>(
      ['sheet.open', { taskId }],
      (before) => before && { ...before, media: [...before.media.filter((m) => !hashes.has(m.sha256)), ...media] },
    )
  }
  const photos = { taskId, all: view.media, isImportAllowed: view.task.rules.importPhotos, onTaken: taken }
  const agendas: Record<Meeting['kind'], string[]> = {
    opening: view.template.openingAgenda.map(say),
    closing: view.template.closingAgenda.map(say),
    team: [],
  }
  const put = (index: number, next: Meeting) => saving.change(meetings.with(index, next))
  return (
    <section className="card stack-tight" onBlur={() => void saving.flush()}>
      <div className="meetings-head">
        <h2>{t('meetings')}</h2>
        <SavedState state={saving.state} onRetry={() => void saving.flush()} />
      </div>
      {isSealed ? <p className="quiet">{t('sheetSealedNote')}</p> : null}
      {meetings.map((meeting, index) => (
        <MeetingForm
          key={index}
          meeting={meeting}
          agenda={agendas[meeting.kind]}
          team={view.task.team}
          media={photos}
          isReadOnly={isSealed}
          onChange={(next) => put(index, next)}
          onCompose={saving.compose}
          onRemove={() => saving.change(meetings.toSpliced(index, 1))}
        />
      ))}
      {isSealed ? null : (
        <div className="row">
          {KINDS.filter((kind) => kind === 'team' || !meetings.some((meeting) => meeting.kind === kind)).map((kind) => (
            <Button key={kind} onClick={() => saving.change([...meetings, newMeeting(kind)])}>
              {t('addMeeting', { name: t(`meeting_${kind}`) })}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
