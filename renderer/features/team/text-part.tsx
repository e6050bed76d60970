import { EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { TeamView } from '../../../shared/contract/views.ts'
import type { ReportText } from '../../../shared/domain/result.ts'
import type { SectionSummary } from '../../../shared/domain/sheet.ts'
import type { PhrasePart } from '../../../shared/report/phrases.ts'
import type { Section } from '../../../shared/domain/template.ts'
import { call } from '../../bridge.ts'
import { Fold } from '../../ui/fold.tsx'
import { SavingText } from '../../ui/saving-text.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { PhraseButton } from './phrases.tsx'
import { ReportPart } from './report-part.tsx'
import { useNames, useTeam } from './use-team.tsx'

const PARTS = ['facts', 'strengths', 'gaps', 'suggestions'] as const
type SaveText = (change: (text: ReportText) => ReportText) => Promise<{ savedAt: string }>

/** The lead's edit of the experts' words; each field saves itself. */
export function TextPart() {
  const t = useText('team')
  const d = useText('documents')
  const team = useTeam()
  const client = useQueryClient()
  const { taskId } = team.task
  const latest = useRef(team.text)
  const save: SaveText = async (change) => {
    const text = change(latest.current)
    latest.current = text
    const saved = await call('team.saveText', { taskId, text })
    client.setQueryData<TeamView>(['team.open', { taskId }], (now) => (now === undefined ? now : { ...now, text }))
    void client.invalidateQueries({ queryKey: ['report.model'] })
    return saved
  }
  const isDisabled = team.state === 'closed'
  const [about, setAbout] = useState<string | null>(null)
  const [hasPage, setPage] = useState(false)
  return (
    <section className="stack" aria-label={t('part_texts')}>
      <div className="row">
        <p className="quiet">{t('textHint')}</p>
        <Button aria-pressed={hasPage} icon={<EyeOutlined />} onClick={() => setPage(!hasPage)}>
          {d(hasPage ? 'hidePreview' : 'livePreview')}
        </Button>
      </div>
      <div className={hasPage ? 'texts with-page' : 'texts'}>
        <div className="stack">
          <Lines
            label={t('strengths')}
            lines={team.text.strengths}
            part="strengths"
            onFocus={() => setAbout('chapter:11')}
            isDisabled={isDisabled}
            onChange={(strengths) => save((text) => ({ ...text, strengths }))}
          />
          <Lines
            label={t('suggestions')}
            lines={team.text.suggestions}
            part="suggestions"
            onFocus={() => setAbout('chapter:11')}
            isDisabled={isDisabled}
            onChange={(suggestions) => save((text) => ({ ...text, suggestions }))}
          />
          {team.template.sections.map((section) => (
            <Chapter
              key={section.id}
              section={section}
              isDisabled={isDisabled}
              save={save}
              onFocus={() => setAbout(`section:${section.id}`)}
            />
          ))}
          <CarryOver isDisabled={isDisabled} save={save} onFocus={() => setAbout('chapter:4')} />
          <div className="card">
            <SavingText
              label={t('sampling')}
              value={team.text.sampling}
              isDisabled={isDisabled}
              rows={3}
              renderTools={(insert) => <PhraseButton part="sampling" label={t('sampling')} insert={insert} />}
              onFocus={() => setAbout('chapter:1')}
              onSave={(sampling) => save((text) => ({ ...text, sampling }))}
            />
          </div>
          <Lines
            label={t('distribution')}
            lines={team.text.distribution}
            onFocus={() => setAbout('chapter:1')}
            isDisabled={isDisabled}
            onChange={(distribution) => save((text) => ({ ...text, distribution }))}
          />
        </div>
        {hasPage ? <ReportPart taskId={taskId} about={about} /> : null}
      </div>
    </section>
  )
}

type ChapterProps = { section: Section; isDisabled: boolean; save: SaveText; onFocus: () => void }

function Chapter({ section, isDisabled, save, onFocus }: ChapterProps) {
  const t = useText('team')
  const say = useSay()
  const nameOf = useNames()
  const { text, sheets, outcome } = useTeam()
  const blank: SectionSummary = { section: section.id, facts: '', strengths: '', gaps: '', suggestions: '' }
  const own = text.sections.find((s) => s.section === section.id) ?? blank
  const words = sheets.flatMap((sheet) =>
    sheet.sheet.sections
      .filter((s) => s.section === section.id)
      .map((summary) => ({ person: sheet.personId, summary })),
  )
  const put = (part: (typeof PARTS)[number], value: string) =>
    save((now) => {
      const old = now.sections.find((s) => s.section === section.id) ?? blank
      return { ...now, sections: [...now.sections.filter((s) => s.section !== section.id), { ...old, [part]: value }] }
    })
  const filled = PARTS.filter((part) => own[part].trim() !== '').length
  return (
    <div className="card">
      <Fold
        title={`${section.code} ${say(section.title)}`}
        extra={
          <span className="section-numbers">
            {t('filled', { n: filled })}
            {outcome.justify.includes(section.id) ? (
              <span className="chip chip-middling">{t('justifyText')}</span>
            ) : null}
          </span>
        }
      >
        <div className="stack-tight">
          {PARTS.map((part) => (
            <div key={part}>
              <SavingText
                label={t(`summary_${part}`)}
                value={own[part]}
                isDisabled={isDisabled}
                rows={2}
                renderTools={(insert) => <PhraseButton part={part} label={t(`summary_${part}`)} insert={insert} />}
                onFocus={onFocus}
                onSave={(value) => put(part, value)}
              />
              {words
                .filter(({ summary }) => summary[part].trim() !== '' && summary[part] !== own[part])
                .map(({ person, summary }) => (
                  <p key={person} className="original">
                    {t('inTheirWords', { name: nameOf(person) })} {summary[part]}
                  </p>
                ))}
            </div>
          ))}
        </div>
      </Fold>
    </div>
  )
}

function CarryOver({ isDisabled, save, onFocus }: { isDisabled: boolean; save: SaveText; onFocus: () => void }) {
  const t = useText('team')
  const { task, text } = useTeam()
  if (task.carryOver.length === 0) return null
  return (
    <div className="card stack-tight">
      <h2>{t('carryOver')}</h2>
      {task.carryOver.map((question) => {
        const found = text.carryOver.find((c) => c.id === question.id) ?? { id: question.id, finding: '', media: [] }
        return (
          <SavingText
            key={question.id}
            label={question.question}
            value={found.finding}
            isDisabled={isDisabled}
            rows={2}
            renderTools={(insert) => <PhraseButton part="carryOver" label={t('carryOver')} insert={insert} />}
            onFocus={onFocus}
            onSave={(finding) =>
              save((now) => ({
                ...now,
                carryOver: [...now.carryOver.filter((c) => c.id !== question.id), { ...found, finding }],
              }))
            }
          />
        )
      })}
    </div>
  )
}

type LinesProps = {
  label: string
  lines: readonly string[]
  /** Standard phrases to choose from. */
  part?: PhrasePart
  onFocus: () => void
  isDisabled: boolean
  onChange: (lines: string[]) => Promise<{ savedAt: string }>
}

/** A list of short texts; an emptied line leaves the list. */
function Lines({ label, lines, part, onFocus, isDisabled, onChange }: LinesProps) {
  const t = useText('team')
  const [rows, setRows] = useState(() => lines.map((text) => ({ id: crypto.randomUUID(), text })))
  const latest = useRef(rows)
  const store = (next: typeof rows) => {
    latest.current = next
    return onChange(next.map((row) => row.text.trim()).filter((text) => text !== ''))
  }
  const add = () => {
    latest.current = [...latest.current, { id: crypto.randomUUID(), text: '' }]
    setRows(latest.current)
  }
  return (
    <div className="card stack-tight">
      <h2>{label}</h2>
      {rows.map((row, index) => (
        <SavingText
          key={row.id}
          label={`${label} ${index + 1}`}
          isLabelHidden
          value={row.text}
          isDisabled={isDisabled}
          rows={2}
          {...(part === undefined
            ? {}
            : {
                renderTools: (insert) => <PhraseButton part={part} label={`${label} ${index + 1}`} insert={insert} />,
              })}
          onFocus={onFocus}
          onSave={(text) => store(latest.current.map((one) => (one.id === row.id ? { ...one, text } : one)))}
        />
      ))}
      {isDisabled ? null : (
        <Button className="team-start" onClick={add}>
          {t('addLine')}
        </Button>
      )}
    </div>
  )
}
