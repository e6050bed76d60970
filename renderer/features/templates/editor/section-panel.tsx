import { isScored } from '../../../../shared/domain/template.ts'
import { useText } from '../../../ui/text.ts'
import { PairEntry, PercentEntry, SaidAt, TextEntry } from './entries.tsx'
import { at, sectionLens } from './lens.ts'
import { writeNumber } from './numbers.ts'
import { useEditor, useStore } from './use-editor.ts'
import { useRowActions } from './use-row-actions.ts'
import { Button } from 'antd'

/** A section's own properties and what is in it. */
export function SectionPanel({ id }: { id: string }) {
  const t = useText('templateEditor')
  const actions = useRowActions()
  const store = useStore()
  const lens = sectionLens(id)
  const section = useEditor((state) => lens.get(state.content))
  if (!section) return null
  const full = section.items.reduce((sum, item) => sum + (item.bonus ? 0 : (item.full_cp ?? 0)), 0)
  return (
    <>
      <div className="panel-head">
        <h2>{t('sectionTitle', { code: section.code })}</h2>
      </div>
      <div className="panel-form">
        <SaidAt path={lens.path} />
        <div className="ed-grid">
          <TextEntry lens={at(lens, 'code')} label={t('sectionCode')} isRequired />
          <PercentEntry
            lens={at(lens, 'justifyBelow_bp')}
            label={t('justifyBelow')}
            hint={t('justifyBelowHint')}
            isNullable
          />
        </div>
        <PairEntry lens={at(lens, 'title')} label={t('sectionName')} isRequired />
        <p className="soft">
          {t('sectionCounts', {
            items: section.items.length,
            scored: section.items.filter(isScored).length,
            full: writeNumber(full, 100),
          })}
        </p>
        <div className="row">
          <Button onClick={() => actions.addItem('conformity')}>{t('addConformity')}</Button>
          <Button onClick={() => actions.addItem('points')}>{t('addPoints')}</Button>
          <Button onClick={() => store.show({ pasting: '' })}>{t('pasteFromExcel')}</Button>
          {section.items.length > 1 ? (
            <Button onClick={() => store.pick(section.items.map((item) => item.id))}>{t('pickSection')}</Button>
          ) : null}
        </div>
      </div>
    </>
  )
}
