import { call } from '../../bridge.ts'
import { SavingText } from '../../ui/saving-text.tsx'
import { useText } from '../../ui/text.ts'
import { useSheetStore } from './sheet-context.tsx'

/** The open questions of the document review, each to be answered on site. */
export function CarryOverPanel() {
  const t = useText('checklist')
  const store = useSheetStore()
  const { task } = store.view
  if (task.carryOver.length === 0) return <p className="quiet">{t('noCarryOver')}</p>
  return (
    <ol className="carry-over">
      {task.carryOver.map((question) => {
        const found = store.finding(question.id)
        return (
          <li key={question.id}>
            <p className="carry-question">{question.question}</p>
            {question.source === '' ? null : <p className="quiet">{t('source', { source: question.source })}</p>}
            <SavingText
              label={t('finding')}
              value={found?.finding ?? ''}
              isDisabled={store.isReadOnly}
              rows={2}
              onSave={async (finding) => {
                const changed = { id: question.id, finding, media: found?.media ?? [] }
                const saved = await call('sheet.saveCarryOver', { taskId: task.taskId, finding: changed })
                store.putFinding(changed)
                return saved
              }}
            />
          </li>
        )
      })}
    </ol>
  )
}
