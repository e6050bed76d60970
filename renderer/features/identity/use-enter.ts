import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { IdentityView } from '../../../shared/contract/views.ts'

/** Opens the gate for the identity just unlocked; everything is read anew as this person may see it. */
export function useEnter(): (identity: IdentityView) => void {
  const client = useQueryClient()
  return useCallback(
    (identity) => {
      client.setQueryData(['identity.current', {}], identity)
      void client.invalidateQueries()
    },
    [client],
  )
}
