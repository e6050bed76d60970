import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listen } from '../../bridge.ts'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { StartScreen } from './start-screen.tsx'

type GateProps = {
  children: React.ReactNode
  /** Once the window is in use; returns the way to stop. */
  onAnswer: () => () => void
}

/** Lets nobody in without an unlocked identity; what was read before locking is forgotten. */
export function Gate({ children, onAnswer }: GateProps) {
  const client = useQueryClient()
  const current = useCall('identity.current', {})
  useEffect(
    () =>
      listen((event) => {
        if (event.type !== 'locked') return
        client.setQueryData(['identity.current', {}], null)
        client.removeQueries({
          predicate: ({ queryKey: [name] }) =>
            !String(name).startsWith('identity.') && !String(name).startsWith('app.'),
        })
      }),
    [client],
  )
  const isAnswered = current.data !== undefined
  useEffect(() => (isAnswered ? onAnswer() : undefined), [isAnswered, onAnswer])
  return <Loaded asked={current}>{(me) => (me === null ? <StartScreen /> : children)}</Loaded>
}
