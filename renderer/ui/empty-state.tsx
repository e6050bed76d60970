type EmptyStateProps = {
  title: string
  picture?: React.ReactNode
  children?: React.ReactNode
  actions?: React.ReactNode
}

/** Nothing here yet: why, and what to do next. */
export function EmptyState({ title, picture, children, actions }: EmptyStateProps) {
  return (
    <section className="empty-state">
      {picture ? <div className="empty-picture">{picture}</div> : null}
      <h2>{title}</h2>
      {children}
      {actions ? <div className="actions">{actions}</div> : null}
    </section>
  )
}
