import { Button } from 'antd'
import type { SaveState } from './saver.ts'
import { Mark } from './mark.tsx'
import { useFailureText, useFormat, useText } from './text.ts'

/** Whether what was typed is stored: saving, saved at a time, or not saved and why. Silent before the first change. */
export function SavedState({ state, onRetry }: { state: SaveState; onRetry?: () => void }) {
  const t = useText('common')
  const failureText = useFailureText()
  const { clock } = useFormat()
  return (
    <span className="saved-state" role="status" data-state={state.kind}>
      {state.kind === 'pending' || state.kind === 'saving' ? t('saving') : null}
      {state.kind === 'saved' ? (
        <>
          <Mark shape="full" tone="good" /> {t('saved', { time: clock(state.at) })}
        </>
      ) : null}
      {state.kind === 'failed' ? (
        <>
          <Mark shape="alert" tone="serious" /> {t('notSaved', { why: failureText(state.failure) })}
          {onRetry ? (
            <Button size="small" onClick={onRetry}>
              {t('retry')}
            </Button>
          ) : null}
        </>
      ) : null}
    </span>
  )
}
