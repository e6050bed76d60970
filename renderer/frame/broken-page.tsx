import { Button } from 'antd'
import { Component } from 'react'
import { useNavigate, useRouteError } from 'react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { useText } from '../ui/text.ts'

/** A bug reached the page: the data are safe, the page can be opened again. */
export function BrokenPage() {
  const navigate = useNavigate()
  return <Broken error={useRouteError()} onAgain={() => void navigate('/')} />
}

function Broken({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const t = useText('shell')
  return (
    <EmptyState
      title={t('brokenTitle')}
      actions={
        <Button type="primary" onClick={onAgain}>
          {t('reload')}
        </Button>
      }
    >
      <p>{t('brokenText')}</p>
      <pre className="broken-detail">{error instanceof Error ? error.message : String(error)}</pre>
    </EmptyState>
  )
}

type BoundaryProps = { children: React.ReactNode }

/** Catches bugs outside the pages: in the gate and in the providers. */
export class LastResort extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <Broken error={this.state.error} onAgain={() => this.setState({ error: null })} />
    )
  }
}
