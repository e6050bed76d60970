import { Button } from 'antd'
import type { Failure } from '../../shared/contract/errors.ts'
import { Dialog } from './dialog.tsx'
import { FailureNote } from './failure-note.tsx'
import { useText } from './text.ts'

type ConfirmDialogProps = {
  isOpen: boolean
  title: string
  confirmText: string
  isDanger?: boolean
  isBusy?: boolean
  isReady?: boolean
  failure?: Failure | null
  size?: 'small' | 'wide'
  onConfirm: () => void
  onClose: () => void
  children: React.ReactNode
}

/** Asks before something is done; stays open while it runs and when it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    isOpen,
    title,
    confirmText,
    isDanger = false,
    isBusy = false,
    isReady = true,
    failure = null,
    size = 'small',
  } = props
  const t = useText('common')
  return (
    <Dialog
      isOpen={isOpen}
      title={title}
      onClose={props.onClose}
      isBusy={isBusy}
      size={size}
      footer={
        <>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('cancel')}
          </Button>
          <Button type="primary" danger={isDanger} loading={isBusy} disabled={!isReady} onClick={props.onConfirm}>
            {confirmText}
          </Button>
        </>
      }
    >
      {props.children}
      <FailureNote failure={failure} />
    </Dialog>
  )
}
