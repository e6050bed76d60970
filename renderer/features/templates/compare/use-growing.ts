import { startTransition, useEffect, useState } from 'react'

const FIRST = 40
const MOST_AT_ONCE = 200

/** How many of `all` to show: a screenful at once, then more whenever there is time, so that keys and clicks never wait for the rest. */
export function useGrowing(all: number): number {
  const [shown, setShown] = useState(FIRST)
  useEffect(() => {
    if (shown >= all) return
    const timer = setTimeout(() => startTransition(() => setShown(shown + Math.min(shown, MOST_AT_ONCE))))
    return () => clearTimeout(timer)
  }, [shown, all])
  return Math.min(shown, all)
}
