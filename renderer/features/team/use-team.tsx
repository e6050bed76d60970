import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo } from 'react'
import type { Args } from '../../../shared/contract/api.ts'
import { ok, type Outcome } from '../../../shared/contract/errors.ts'
import type { TeamView } from '../../../shared/contract/views.ts'
import type { MergeOutcome } from '../../../shared/scoring/merge.ts'
import { useAction } from '../../queries.ts'

export type Team = TeamView & { outcome: MergeOutcome }

const TeamContext = createContext<Team | null>(null)
export const TeamProvider = TeamContext.Provider

/** The lead's desk, merged. */
export function useTeam(): Team {
  const team = useContext(TeamContext)
  if (team === null) throw new Error('outside of a team')
  return team
}

type TeamMethod =
  | 'team.decide'
  | 'team.exclude'
  | 'team.saveNonconformity'
  | 'team.conclude'
  | 'team.confirm'
  | 'team.close'
  | 'team.reopen'

/** Changes the desk; the merge that comes back is shown at once. */
export function useTeamAction<M extends TeamMethod>(name: M) {
  const client = useQueryClient()
  const action = useAction(name, { refresh: ['task.list', 'report.model'] })
  const { run: call } = action
  const run = useCallback(
    async (args: Args<M>): Promise<Outcome<TeamView>> => {
      const done = (await call(args)) as Outcome<TeamView>
      if (done.ok) client.setQueryData(['team.open', { taskId: args.taskId }], done.value)
      return done.ok ? ok(done.value) : done
    },
    [call, client],
  )
  return { ...action, run }
}

/** Whose sheets count, in the order of the team. */
export function usePeople(): string[] {
  const { task, outcome } = useTeam()
  return inTeamOrder(task, outcome.counted)
}

/** Who votes, in the order of the team. */
export function useVoters(): string[] {
  const { task, outcome } = useTeam()
  return inTeamOrder(task, outcome.voters)
}

const inTeamOrder = (task: Team['task'], people: readonly string[]): string[] =>
  task.team.map((member) => member.personId).filter((person) => people.includes(person))

/** Names of the team by person. */
export function useNames(): (personId: string) => string {
  const { task } = useTeam()
  return useMemo(() => {
    const names = new Map(task.team.map((member) => [member.personId, member.name]))
    return (personId: string) => names.get(personId) ?? personId
  }, [task])
}
