import { zodResolver } from '@hookform/resolvers/zod'
import { Button } from 'antd'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import type { NewIdentity } from '../../../shared/contract/views.ts'
import { cleanLine } from '../../../shared/domain/text.ts'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useText } from '../../ui/text.ts'
import { useFirstFocus } from '../../ui/use-first-focus.ts'
import { PassphrasePair, isSamePassphrase, passphrasePair } from './passphrase-pair.tsx'

/** Makes a new identity; the caller shows its recovery code. */
export function CreateForm({ onCreated }: { onCreated: (created: NewIdentity) => void }) {
  const t = useText('identity')
  const first = useFirstFocus()
  const common = useText('common')
  const create = useAction('identity.create')
  const schema = z
    .object({
      name: z.string().refine((value) => cleanLine(value) !== '', t('nameRequired')),
      unit: z.string().refine((value) => cleanLine(value) !== '', t('unitRequired')),
      number: z.string(),
      ...passphrasePair(t),
    })
    .refine(isSamePassphrase, { path: ['again'], message: t('passphraseDiffers') })
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: '', unit: '', number: '', passphrase: '', again: '' },
  })
  const submit = form.handleSubmit(async ({ name, unit, number, passphrase }) => {
    const made = await create.run({
      name: cleanLine(name),
      unit: cleanLine(unit),
      number: cleanLine(number),
      passphrase,
    })
    if (made.ok) onCreated(made.value)
  })
  return (
    <form ref={first} className="start-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('createTitle')}</h2>
      <p className="soft">{t('createText')}</p>
      <div className="field-grid">
        <TextField control={form.control} name="name" label={t('name')} isRequired />
        <TextField control={form.control} name="number" label={t('number')} hint={t('numberHint')} />
      </div>
      <TextField control={form.control} name="unit" label={t('unit')} isRequired />
      <PassphrasePair control={form.control} label={common('passphrase')} />
      <FailureNote failure={create.failure} />
      <Button type="primary" htmlType="submit" size="large" loading={create.isBusy}>
        {create.isBusy ? t('creating') : t('create')}
      </Button>
    </form>
  )
}
