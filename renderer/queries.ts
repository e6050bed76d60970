import {
  QueryClient,
  keepPreviousData,
  notifyManager,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Args, MethodName, Returns } from '../shared/contract/api.ts'
import { ok, type Failure, type Outcome } from '../shared/contract/errors.ts'
import { Refusal, call } from './bridge.ts'

/** `always`: the main process answers without a network; bugs go to the error boundary, refusals to the screen. */
export function makeQueryClient(): QueryClient {
  // The library would wait for a timer; in the turn that reads a large answer its page would make a long one.
  notifyManager.setScheduler((show) => void scheduler.postTask(show, { priority: 'user-blocking' }))
  const throwOnError = (error: Error) => !(error instanceof Refusal)
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        throwOnError,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** The failure in what was thrown, or null when it was a bug. */
export const failureOf = (error: unknown): Failure | null => (error instanceof Refusal ? error.failure : null)

/** Begins to read before the page that shows it is there; a failure is the page's to tell. */
export function readAhead<M extends MethodName>(client: QueryClient, name: M, args: Args<M>): void {
  // What is typed into a field is stored on leaving it, and this reading must see it.
  document.querySelector<HTMLElement>('input:focus, textarea:focus')?.blur()
  void client.prefetchQuery({ queryKey: [name, args], queryFn: () => call(name, args) })
}

export type Asked<T> = UseQueryResult<T> & { failure: Failure | null }

/**
 * Reads through the bridge and keeps the answer by name and arguments. `keepsLast`: the last answer stays
 * (`isPlaceholderData`) until the one to other arguments is there. An answer younger than `fresh` ms is not asked for again.
 */
export function useCall<M extends MethodName>(
  name: M,
  args: Args<M>,
  { enabled = true, keepsLast = false, fresh = 0 }: { enabled?: boolean; keepsLast?: boolean; fresh?: number } = {},
): Asked<Returns<M>> {
  const query = useQuery<Returns<M>, Error, Returns<M>, [M, Args<M>]>({
    queryKey: [name, args],
    queryFn: () => call(name, args),
    enabled,
    staleTime: fresh,
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
  })
  return { ...query, failure: failureOf(query.error) }
}

/** Runs several calls as one piece of work: the expected failure that ended the last one stands in `failure`. Bugs reject. */
export function useAttempt() {
  const [failure, setFailure] = useState<Failure | null>(null)
  const attempt = useCallback(async (work: () => Promise<unknown>): Promise<void> => {
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(failureOf(error))
      if (failureOf(error) === null) throw error
    }
  }, [])
  return { failure, attempt }
}

export type Action<M extends MethodName> = {
  run: (args: Args<M>) => Promise<Outcome<Returns<M>>>
  isBusy: boolean
  failure: Failure | null
  /** Forgets the last failure. */
  reset: () => void
}

/** Does something through the bridge; afterwards what was read by the names in `refresh` is read anew. Bugs reject. */
export function useAction<M extends MethodName>(name: M, { refresh = [] }: { refresh?: MethodName[] } = {}): Action<M> {
  const client = useQueryClient()
  const mutation = useMutation<Returns<M>, Error, Args<M>>({ mutationFn: (args) => call(name, args) })
  const { mutateAsync } = mutation
  const names = refresh.join()
  const run = useCallback(
    async (args: Args<M>): Promise<Outcome<Returns<M>>> => {
      try {
        const value = await mutateAsync(args)
        for (const one of names.split(',')) if (one !== '') void client.invalidateQueries({ queryKey: [one] })
        return ok(value)
      } catch (error) {
        const failure = failureOf(error)
        if (failure === null) throw error
        return { ok: false, failure }
      }
    },
    [mutateAsync, client, names],
  )
  return { run, isBusy: mutation.isPending, failure: failureOf(mutation.error), reset: mutation.reset }
}
