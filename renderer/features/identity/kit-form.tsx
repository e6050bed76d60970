import { zodResolver } from '@hookform/resolvers/zod'
import { Button } from 'antd'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import type { IdentityView } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useText } from '../../ui/text.ts'
import { useFirstFocus } from '../../ui/use-first-focus.ts'
import { PassphrasePair, isSamePassphrase, passphrasePair } from './passphrase-pair.tsx'

/** Brings an identity back from its kit file and the code on paper, under a new passphrase. */
export function KitForm({ onRecovered }: { onRecovered: (identity: IdentityView) => void }) {
  const t = useText('identity')
  const first = useFirstFocus()
  const recover = useAction('identity.recover')
  const schema = z
    .object({ code: z.string().refine((value) => value.trim() !== '', t('codeRequired')), ...passphrasePair(t) })
    .refine(isSamePassphrase, { path: ['again'], message: t('passphraseDiffers') })
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { code: '', passphrase: '', again: '' } })
  const submit = form.handleSubmit(async ({ code, passphrase }) => {
    const done = await recover.run({ recoveryCode: code, passphrase })
    if (done.ok && done.value) onRecovered(done.value)
    const isCodeWrong = !done.ok && done.failure.problems?.some((problem) => problem.path === 'recoveryCode')
    if (isCodeWrong) form.setError('code', { message: t('codeWrong') }, { shouldFocus: true })
  })
  return (
    <form ref={first} className="start-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('kitTitle')}</h2>
      <p className="soft">{t('kitText')}</p>
      <TextField control={form.control} name="code" label={t('code')} hint={t('codeHint')} isRequired isMono />
      <PassphrasePair control={form.control} label={t('newPassphrase')} />
      <FailureNote failure={recover.failure} />
      <Button type="primary" htmlType="submit" size="large" loading={recover.isBusy}>
        {t('chooseKit')}
      </Button>
    </form>
  )
}
