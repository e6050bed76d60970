import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { useText } from '../ui/text.ts'

/** A bug reached the page: the data are safe, the page can be opened again. */
export function BrokenPage() {
  const t = useText('shell')
  const error = useRouteError()
  return (
    <EmptyState
      title={t('brokenTitle')}
      actions={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    >
      <p>{t('brokenText')}</p>
      <pre className="broken-detail">{error instanceof Error ? error.message : String(error)}</pre>
    </EmptyState>
  )
}
