import { Button, Input } from 'antd'
import { useId, useState, type FormEvent } from 'react'
import type { Failure } from '../../shared/contract/errors.ts'
import { Dialog } from './dialog.tsx'
import { FailureNote } from './failure-note.tsx'
import { useText } from './text.ts'

type PassphrasePromptProps = {
  isOpen: boolean
  title: string
  confirmText: string
  /** Does the work; answers null when done (the prompt closes), else why not (shown, the prompt stays). */
  onConfirm: (passphrase: string) => Promise<Failure | null>
  onClose: () => void
  children?: React.ReactNode
}

/** Asks for the passphrase before something is signed. */
export function PassphrasePrompt({ isOpen, ...rest }: PassphrasePromptProps) {
  return isOpen ? <OpenPrompt {...rest} /> : null
}

function OpenPrompt({ title, confirmText, onConfirm, onClose, children }: Omit<PassphrasePromptProps, 'isOpen'>) {
  const t = useText('common')
  const id = useId()
  const [passphrase, setPassphrase] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '' || isBusy) return
    setBusy(true)
    const answer = await onConfirm(passphrase).finally(() => setBusy(false))
    setFailure(answer)
    if (answer === null) onClose()
  }
  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      isBusy={isBusy}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            {t('cancel')}
          </Button>
          <Button type="primary" htmlType="submit" form={`${id}-form`} loading={isBusy} disabled={passphrase === ''}>
            {confirmText}
          </Button>
        </>
      }
    >
      {children}
      <form id={`${id}-form`} onSubmit={(event) => void submit(event)}>
        <label htmlFor={id}>{t('passphrase')}</label>
        <Input.Password
          id={id}
          autoComplete="current-password"
          value={passphrase}
          disabled={isBusy}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      </form>
      <FailureNote failure={failure} />
    </Dialog>
  )
}
