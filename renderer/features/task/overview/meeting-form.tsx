import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Meeting } from '../../../../shared/domain/sheet.ts'
import type { Member } from '../../../../shared/domain/task.ts'
import { cleanLine, cleanText } from '../../../../shared/domain/text.ts'
import { Area } from '../../../ui/area.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Field } from '../../../ui/fields.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { useFormat, useText } from '../../../ui/text.ts'
import { AttendanceList } from './attendance-list.tsx'
import { MeetingPhotos, type MeetingMedia } from './meeting-photos.tsx'

type MeetingFormProps = {
  meeting: Meeting
  agenda: string[]
  team: Member[]
  media: MeetingMedia
  isReadOnly: boolean
  onChange: (meeting: Meeting) => void
  onCompose: (isComposing: boolean) => void
  onRemove: () => void
}

/** One meeting: check-in time and place in words, agenda, who was there, minutes. */
export function MeetingForm(props: MeetingFormProps) {
  const { meeting, agenda, team, media, isReadOnly, onChange, onCompose, onRemove } = props
  const t = useText('task')
  const common = useText('common')
  const { dateTime } = useFormat()
  const [isAsking, setAsking] = useState(false)
  const name = t(`meeting_${meeting.kind}`)
  const put = (change: Partial<Meeting>) => onChange({ ...meeting, ...change })
  const composing = { onCompositionStart: () => onCompose(true), onCompositionEnd: () => onCompose(false) }
  return (
    <section className="meeting" role="group" aria-label={name}>
      <h3>{name}</h3>
      <fieldset disabled={isReadOnly}>
        <div className="row">
          <span>
            {t('meetingAt')} <time dateTime={meeting.at}>{dateTime(meeting.at)}</time>
          </span>
          {isReadOnly ? null : (
            <>
              <Button size="small" onClick={() => put({ at: new Date().toISOString() })}>
                {t('setNow')}
              </Button>
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('removeMeeting')}
                title={t('removeMeeting')}
                onClick={() => setAsking(true)}
              />
            </>
          )}
        </div>
        <div className="field-grid">
          <Field label={t('place')} hint={t('placeHint')}>
            {(control) => (
              <Input
                {...control}
                {...composing}
                defaultValue={meeting.place}
                onChange={(event) => put({ place: cleanLine(event.target.value) })}
              />
            )}
          </Field>
          <Field label={t('clockNote')} hint={t('clockNoteHint')}>
            {(control) => (
              <Input
                {...control}
                {...composing}
                defaultValue={meeting.clockNote}
                onChange={(event) => put({ clockNote: cleanLine(event.target.value) })}
              />
            )}
          </Field>
        </div>
        {agenda.length === 0 ? null : (
          <Fold title={t('agenda')}>
            <ol className="steps">
              {agenda.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ol>
          </Fold>
        )}
        <AttendanceList
          attendance={meeting.attendance}
          team={team}
          isReadOnly={isReadOnly}
          onCompose={onCompose}
          onChange={(attendance) => put({ attendance })}
        />
        <Field label={t('minutes')}>
          {(control) => (
            <Area
              {...control}
              {...composing}
              rows={2}
              defaultValue={meeting.minutes}
              onChange={(event) => put({ minutes: cleanText(event.target.value) })}
            />
          )}
        </Field>
      </fieldset>
      <MeetingPhotos
        media={media}
        hashes={meeting.media}
        name={name}
        isReadOnly={isReadOnly}
        onChange={(hashes) => put({ media: hashes })}
      />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeMeeting')}
        confirmText={common('remove')}
        isDanger
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          onRemove()
        }}
      >
        <p>{t('removeMeetingAsk', { name })}</p>
      </ConfirmDialog>
    </section>
  )
}
