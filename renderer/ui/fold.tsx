import { useId, useState } from 'react'
import './fold.css'

type FoldProps = {
  title: string
  count?: number
  startsOpen?: boolean
  extra?: React.ReactNode
  children: React.ReactNode
}

/** A titled part that opens and closes; a count of what is inside shows while it is closed. */
export function Fold({ title, count, startsOpen = false, extra, children }: FoldProps) {
  const [isOpen, setOpen] = useState(startsOpen)
  const body = useId()
  return (
    <section className="fold">
      <div className="fold-head">
        <button type="button" aria-expanded={isOpen} aria-controls={body} onClick={() => setOpen(!isOpen)}>
          <span className="fold-sign" aria-hidden>
            {isOpen ? '▾' : '▸'}
          </span>
          {title}
          {count !== undefined && count > 0 ? <span className="fold-count">{count}</span> : null}
        </button>
        {extra}
      </div>
      <div id={body} hidden={!isOpen} className="fold-body">
        {isOpen ? children : null}
      </div>
    </section>
  )
}
