import { ArrowLeftOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useText } from './text.ts'

type PageHeaderProps = { title: string; subtitle?: React.ReactNode; actions?: React.ReactNode; backTo?: string }

/** The head of a page: its only h1, what it is about, and what can be done here. */
export function PageHeader({ title, subtitle, actions, backTo }: PageHeaderProps) {
  const t = useText('common')
  return (
    <header className="page-header">
      {backTo === undefined ? null : (
        <Link to={backTo} className="page-back" aria-label={t('back')}>
          <ArrowLeftOutlined aria-hidden />
        </Link>
      )}
      <div className="page-title">
        <h1>{title}</h1>
        {subtitle ? <p>{subtitle}</p> : null}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </header>
  )
}
