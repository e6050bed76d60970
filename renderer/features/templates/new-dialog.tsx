import { useState } from 'react'
import { useNavigate } from 'react-router'
import { CATEGORIES } from '../../../shared/domain/template.ts'
import { useAction } from '../../queries.ts'
import { Choices } from '../../ui/choices.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useText } from '../../ui/text.ts'
import '../../ui/plain-choice.css'

/** Begins a checklist of one's own: the category decides the grades, bands and rules it starts with. */
export function NewDialog({ onClose }: { onClose: () => void }) {
  const t = useText('templates')
  const navigate = useNavigate()
  const [category, setCategory] = useState<(typeof CATEGORIES)[number]>('industry')
  const make = useAction('template.newDraft', { refresh: ['template.drafts'] })
  const create = async () => {
    const made = await make.run({ from: { kind: 'blank', category } })
    if (made.ok) void navigate(`/templates/draft/${made.value.draftId}`)
  }
  return (
    <ConfirmDialog
      isOpen
      title={t('newTitle')}
      confirmText={t('create')}
      isBusy={make.isBusy}
      failure={make.failure}
      onConfirm={() => void create()}
      onClose={onClose}
    >
      <p>{t('newCategory')}</p>
      <Choices
        label={t('newCategory')}
        options={CATEGORIES}
        chosen={category}
        textOf={(one) => t(`category_${one}`)}
        isDisabled={make.isBusy}
        onChoose={setCategory}
      />
      <p className="soft">{t('newText')}</p>
    </ConfirmDialog>
  )
}
