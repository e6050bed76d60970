import type { Problem } from '../../shared/domain/problem.ts'
import type { Verdict } from '../../shared/package/verdict.ts'

/** Why a package is refused: the verdict of the first failed check and what exactly failed there. */
export type Refusal = { verdict: Exclude<Verdict, 'ok'>; problems: Problem[] }

/** A refusal with one problem; `path` is an entry, or `entry#path.in.document`. */
export function refuse(verdict: Refusal['verdict'], path: string, code: string, message = ''): Refusal {
  return { verdict, problems: [{ path, code, message }] }
}

/** Tells a refusal from what a stage hands on. */
export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'verdict' in value && 'problems' in value
}
