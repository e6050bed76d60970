import { Button } from 'antd'
import { useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { OwnWords } from '../../../../shared/report/template.ts'
import { call } from '../../../bridge.ts'
import { useCall } from '../../../queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { SavingText } from '../../../ui/saving-text.tsx'
import { useText } from '../../../ui/text.ts'

const FIELDS = [
  ['mark', 1, 200],
  ['noticeDuties', 4, 4000],
  ['integrityContact', 2, 1000],
  ['confirmNote', 3, 2000],
] as const satisfies readonly (readonly [keyof OwnWords, number, number])[]

/** A person's own words in separate documents; every field saves itself. */
export function OwnWordsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText('documents')
  const words = useCall('document.words', {}, { enabled: isOpen })
  return (
    <Dialog
      isOpen={isOpen}
      title={t('words')}
      onClose={onClose}
      size="wide"
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="stack">
        <p className="quiet">{t('wordsHint')}</p>
        <Loaded asked={words}>{(held) => <Fields held={held} />}</Loaded>
      </div>
    </Dialog>
  )
}

function Fields({ held }: { held: OwnWords }) {
  const t = useText('documents')
  const client = useQueryClient()
  const latest = useRef(held)
  const save = async (change: Partial<OwnWords>) => {
    latest.current = { ...latest.current, ...change }
    const saved = await call('document.saveWords', { words: latest.current })
    client.setQueryData(['document.words', {}], latest.current)
    void client.invalidateQueries({ queryKey: ['document.models'] })
    return saved
  }
  return FIELDS.map(([field, rows, maxLength]) => (
    <SavingText
      key={field}
      label={t(`word_${field}`)}
      value={held[field]}
      rows={rows}
      maxLength={maxLength}
      onSave={(text) => save({ [field]: text })}
    />
  ))
}
