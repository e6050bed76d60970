import { useState } from 'react'
import type { SectionSummary } from '../../../shared/domain/sheet.ts'
import type { Section } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { call } from '../../bridge.ts'
import { SavingText } from '../../ui/saving-text.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { useSheetStore } from './sheet-context.tsx'

const PARTS = ['facts', 'strengths', 'gaps', 'suggestions'] as const

/** The section's own words; the report is written from them. */
export function SectionSummaryPanel({ section }: { section: Section }) {
  const t = useText('checklist')
  const language = useLanguage()
  const store = useSheetStore()
  const [stored] = useState(() => store.summary(section.id))
  const save = async (part: (typeof PARTS)[number], words: string) => {
    const summary: SectionSummary = { ...store.summary(section.id), [part]: words }
    store.putSummary(summary)
    return await call('sheet.saveSection', { taskId: store.view.task.taskId, summary })
  }
  return (
    <section className="summary" aria-label={t('summaryOf', { section: say(section.title, language) })}>
      <h2>{t('summaryOf', { section: say(section.title, language) })}</h2>
      <p className="quiet">{t('summaryHint')}</p>
      {PARTS.map((part) => (
        <SavingText
          key={part}
          label={t(`summary_${part}`)}
          value={stored[part]}
          isDisabled={store.isReadOnly}
          rows={3}
          onSave={(words) => save(part, words)}
        />
      ))}
    </section>
  )
}
