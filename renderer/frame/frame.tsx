import { useCallback } from 'react'
import { Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { useAction } from '../queries.ts'
import { useShortcut } from '../ui/shortcut.ts'
import { useText } from '../ui/text.ts'
import { Navigation } from './navigation.tsx'

/** The window: navigation at the left, the page at the right. */
export function Frame() {
  const t = useText('shell')
  const lock = useAction('identity.lock')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const isOpening = useNavigation().state !== 'idle'
  const lockNow = useCallback(() => void lock.run({}), [lock])
  useShortcut('ctrl+l', lockNow)
  useShortcut('?', () => void navigate('/help'))
  return (
    <div className="frame">
      <a
        className="skip"
        href="#page"
        onClick={(event) => (event.preventDefault(), document.getElementById('page')?.focus())}
      >
        {t('skip')}
      </a>
      <Navigation onLock={lockNow} />
      <main key={pathname} id="page" tabIndex={-1} aria-busy={isOpening}>
        <Outlet />
      </main>
    </div>
  )
}
