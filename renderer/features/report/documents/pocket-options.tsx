import { Checkbox } from 'antd'
import type { Args } from '../../../../shared/contract/api.ts'
import { assignedItems } from '../../../../shared/domain/task.ts'
import { useCall } from '../../../queries.ts'
import { useSay, useText } from '../../../ui/text.ts'

type Pocket = Args<'document.models'>['pocket']
type PocketOptionsProps = { taskId: string; options: Pocket; onChange: (options: Pocket) => void }

/** What of the pocket list is printed: sections with items of one's own, a page for each, hints. */
export function PocketOptions({ taskId, options, onChange }: PocketOptionsProps) {
  const t = useText('documents')
  const say = useSay()
  const sheet = useCall('sheet.open', { taskId }).data
  const mine = new Set(sheet?.me ? assignedItems(sheet.me, sheet.template).map((i) => i.id) : [])
  const sections = sheet?.template.sections.filter((s) => s.items.some((i) => mine.has(i.id))) ?? []
  const chosen = new Set(options.sections ?? sections.map((s) => s.id))
  const toggle = (id: string) => {
    const next = sections.map((s) => s.id).filter((s) => (s === id ? !chosen.has(s) : chosen.has(s)))
    if (next.length === 0) return
    onChange({ ...options, sections: next.length === sections.length ? null : next })
  }
  return (
    <fieldset className="pocket-options">
      <legend>{t('pocketSections')}</legend>
      <div className="row">
        <button
          type="button"
          className="plain-choice"
          aria-pressed={options.sections === null}
          onClick={() => onChange({ ...options, sections: null })}
        >
          {t('allSections')}
        </button>
        {sections.map((section) => (
          <button
            key={section.id}
            type="button"
            className="plain-choice"
            aria-pressed={options.sections !== null && chosen.has(section.id)}
            title={say(section.title)}
            onClick={() =>
              options.sections === null ? onChange({ ...options, sections: [section.id] }) : toggle(section.id)
            }
          >
            {section.code} {say(section.title)}
          </button>
        ))}
      </div>
      <div className="row">
        <Checkbox
          checked={options.ownPages}
          onChange={(event) => onChange({ ...options, ownPages: event.target.checked })}
        >
          {t('ownPages')}
        </Checkbox>
        <Checkbox checked={options.hints} onChange={(event) => onChange({ ...options, hints: event.target.checked })}>
          {t('hints')}
        </Checkbox>
      </div>
      <p className="quiet">{t('duplex')}</p>
    </fieldset>
  )
}
