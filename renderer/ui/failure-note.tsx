import { Alert, Button } from 'antd'
import type { Failure } from '../../shared/contract/errors.ts'
import { useFailureText, useText } from './text.ts'

type FailureNoteProps = { failure: Failure | null; onRetry?: () => void; children?: React.ReactNode }

/** A failure beside its cause: what it means and what to do. A cancelled operation is no failure and shows nothing. */
export function FailureNote({ failure, onRetry, children }: FailureNoteProps) {
  const t = useText('common')
  const failureText = useFailureText()
  if (failure === null || failure.code === 'cancelled') return null
  return (
    <Alert
      type="error"
      showIcon
      className="failure-note"
      title={failureText(failure)}
      description={children}
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        ) : null
      }
    />
  )
}
