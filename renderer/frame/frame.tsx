import { useCallback, useEffect } from 'react'
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
  useEffect(() => {
    document.getElementById('page')?.scrollTo(0, 0)
  }, [pathname])
  return (
    <div className="frame">
      <a className="skip" href="#page" onClick={(event) => (event.preventDefault(), document.getElementById('page')?.focus())}>
        {t('skip')}
      </a>
      <Navigation onLock={lockNow} />
      <main id="page" tabIndex={0} aria-busy={isOpening}>
        <Outlet />
      </main>
    </div>
  )
}
