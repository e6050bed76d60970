import { useEffect, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'

/** Runs once when the page was opened with `state: {begin: what}`, and forgets it so that going back does not repeat it. */
export function useBegin(what: string, run: () => void): void {
  const location = useLocation()
  const navigate = useNavigate()
  const hasBegun = useRef(false)
  const begin = (location.state as { begin?: string } | null)?.begin
  useEffect(() => {
    if (begin !== what || hasBegun.current) return
    hasBegun.current = true
    void navigate(location.pathname, { replace: true, state: null })
    run()
  }, [begin, what, run, navigate, location.pathname])
}
