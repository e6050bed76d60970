/** A state by shape, never by colour alone. */
export type MarkShape = 'full' | 'half' | 'cross' | 'stop' | 'wait' | 'empty' | 'dash' | 'alert' | 'flag' | 'level'

const PATHS: Record<MarkShape, React.ReactNode> = {
  full: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.6 8.2l2.3 2.3 4.5-4.8" fill="none" stroke="var(--mark-ink, #fff)" strokeWidth="1.8" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
    </>
  ),
  cross: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="M5 5l6 6M11 5l-6 6" stroke="var(--mark-ink, #fff)" strokeWidth="1.8" />
    </>
  ),
  stop: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
      <path d="M4.2 8h7.6" stroke="var(--mark-ink, #fff)" strokeWidth="2.2" />
    </>
  ),
  wait: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 4.4V8l2.6 1.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  empty: <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.4 2.2" />,
  dash: (
    <>
      <rect x="1.8" y="3.8" width="12.4" height="8.4" rx="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M5 8h6" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  alert: (
    <>
      <path d="M8 1.2L15.4 14.4H.6z" fill="currentColor" />
      <path d="M8 5.6v4.2M8 11.4v1.4" stroke="var(--mark-ink, #fff)" strokeWidth="1.6" />
    </>
  ),
  flag: <path d="M3 15V1.4h9.6L10.4 5l2.2 3.6H4.6V15z" fill="currentColor" />,
  level: <path d="M2 14V9.5h3V14zM6.5 14V6h3v8zM11 14V2h3v12z" fill="currentColor" />,
}

export type MarkTone = 'good' | 'middling' | 'serious' | 'quiet' | 'plain'

/** Decoration beside words that say the same; without `label` hidden from screen readers. */
export function Mark({ shape, tone = 'plain', label }: { shape: MarkShape; tone?: MarkTone; label?: string }) {
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg className={`mark mark-${tone}`} viewBox="0 0 16 16" width="1em" height="1em" focusable="false" {...name}>
      {PATHS[shape]}
    </svg>
  )
}
