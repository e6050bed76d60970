import type { Parsed, Problem } from '../../shared/domain/problem.ts'
import { checkSheetAgainst, type Sheet } from '../../shared/domain/sheet.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import { parseCanonical } from '../../shared/package/json.ts'
import { recomputeSheet } from '../../shared/scoring/demands.ts'
import { sha256 } from './crypto.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { Read } from './verify-seal.ts'

/** One JSON document of the package: canonical, of a known version, of its schema. Problem paths are `entry#path`. */
export async function readJson<T>(
  read: Read,
  name: string,
  parse: (value: unknown) => Parsed<T>,
): Promise<{ value: T; sha256: string } | Refusal> {
  const bytes = await read(name)
  if (bytes === null) return refuse('invalidContent', name, 'missing')
  const json = parseCanonical(bytes)
  if (!json.ok) return refuse('invalidContent', name, json.code)
  const { version } = Object(json.value) as { version?: unknown }
  if (typeof version === 'number' && version !== 1)
    return refuse('tooNew', `${name}#version`, 'tooNew', String(version))
  const parsed = parse(json.value)
  if (parsed.ok) return { value: parsed.value, sha256: sha256(bytes) }
  return { verdict: 'invalidContent', problems: within(name, parsed.problems) }
}

/** The same problems as seen from the package. */
export const within = (name: string, problems: readonly Problem[]): Problem[] =>
  problems.map((p) => ({ ...p, path: `${name}#${p.path}` }))

/** A sheet's references into task and template, and its scores and totals recomputed. Someone not in the team is judged later. */
export function checkSheetContent(
  name: string,
  sheet: Sheet,
  { task, template }: { task: Task; template: Template },
): Problem[] {
  const problems = within(name, checkSheetAgainst(sheet, template))
  const questions = new Set(task.carryOver.map((c) => c.id))
  for (const c of sheet.carryOver) {
    if (!questions.has(c.id))
      problems.push({ path: `${name}#carryOver.${c.id}`, code: 'unknownQuestion', message: c.id })
  }
  const member = task.team.find((m) => m.personId === sheet.expert.personId)
  if (member === undefined || problems.length > 0) return problems
  return recomputeSheet(template, task, member, sheet).map((p) => ({ ...p, path: `${name}#${p.path}`, message: '' }))
}
