import { jcs } from '../package/jcs.ts'
import { assignedItems, type Member, type Task } from './task.ts'
import { templateItems, type Template } from './template.ts'

/** A task with the checklist it names. */
export type Visit = { task: Task; template: Template }

/** Parts of a task told only as changed, in the order of the task's form. */
export const CHANGED_PARTS = [
  'enterprise',
  'numbers',
  'products',
  'sites',
  'period',
  'schedule',
  'indicators',
  'carryOver',
  'prefill',
  'rules',
  'attachments',
  'fieldEnrolments',
] as const
export type ChangedPart = (typeof CHANGED_PARTS)[number]

/**
 * One thing a later revision of a task says otherwise. Items are shown codes: `gained` and `owns` as the later checklist calls
 * them, `lost` and `handedOver` (still judged, no longer answered for) as the earlier one does.
 */
export type TaskChange =
  | { what: 'template'; from: Edition; to: Edition }
  | { what: 'joined' | 'left'; personId: string; name: string; role: Member['role'] }
  | { what: 'role'; personId: string; name: string; from: Member['role']; to: Member['role'] }
  | {
      what: 'work'
      personId: string
      name: string
      gained: string[]
      lost: string[]
      owns: string[]
      handedOver: string[]
    }
  | { what: 'dates'; from: Task['dates']; to: Task['dates'] }
  | { what: 'part'; part: ChangedPart }

type Edition = Pick<Template, 'number' | 'edition' | 'title'>

/** What differs between two revisions of a task, people first; [] when only number, issuer and time of issue do. */
export function taskChanges(before: Visit, after: Visit): TaskChange[] {
  const changes: TaskChange[] = []
  if (before.task.templateSha256 !== after.task.templateSha256)
    changes.push({ what: 'template', from: editionOf(before), to: editionOf(after) })
  changes.push(...teamChanges(before, after))
  const { dates } = before.task
  if (jcs(dates) !== jcs(after.task.dates)) changes.push({ what: 'dates', from: dates, to: after.task.dates })
  for (const part of CHANGED_PARTS)
    if (jcs(partOf(before.task, part)) !== jcs(partOf(after.task, part))) changes.push({ what: 'part', part })
  return changes
}

const editionOf = ({ template: { number, edition, title } }: Visit): Edition => ({ number, edition, title })

function teamChanges(before: Visit, after: Visit): TaskChange[] {
  const held = new Map(before.task.team.map((m) => [m.personId, m]))
  const kept = new Set(after.task.team.map((m) => m.personId))
  const gone = before.task.team
    .filter((m) => !kept.has(m.personId))
    .map(({ personId, name, role }): TaskChange => ({ what: 'left', personId, name, role }))
  const rest = after.task.team.flatMap((member): TaskChange[] => {
    const was = held.get(member.personId)
    const { personId, name, role } = member
    if (was === undefined) return [{ what: 'joined', personId, name, role }]
    const roles: TaskChange[] = was.role === role ? [] : [{ what: 'role', personId, name, from: was.role, to: role }]
    return [...roles, ...workChange(was, member, before.template, after.template)]
  })
  return [...gone, ...rest]
}

function workChange(was: Member, member: Member, from: Template, to: Template): TaskChange[] {
  const { personId, name } = member
  const earlier = new Set(assignedItems(was, from).map((i) => i.id))
  const later = new Set(assignedItems(member, to).map((i) => i.id))
  const gained = codesOf(to, (id) => later.has(id) && !earlier.has(id))
  const lost = codesOf(from, (id) => earlier.has(id) && !later.has(id))
  const owns = codesOf(to, (id) => member.owns.includes(id) && !was.owns.includes(id))
  const handedOver = codesOf(from, (id) => was.owns.includes(id) && !member.owns.includes(id) && later.has(id))
  const isSame = gained.length + lost.length + owns.length + handedOver.length === 0
  return isSame ? [] : [{ what: 'work', personId, name, gained, lost, owns, handedOver }]
}

const codesOf = (template: Template, isMeant: (id: string) => boolean): string[] =>
  templateItems(template).flatMap((i) => (isMeant(i.id) ? [i.code] : []))

function partOf(task: Task, part: ChangedPart): unknown {
  switch (part) {
    case 'enterprise':
      return task.enterprise
    case 'numbers': {
      const { number, reportNumber, batch, visitType, supplements, sample, organiser } = task
      return { number, reportNumber, batch, visitType, supplements, sample, organiser }
    }
    case 'products':
      return [task.scope.products, task.scope.boundary]
    case 'sites':
      return task.scope.sites
    default:
      return task[part]
  }
}

/**
 * Why a sheet made under `own` does not count under the revision in force: another checklist, other indicators, or another
 * assignment of its expert; `notInTeam`: who may not score any more. Null: it counts.
 */
export function whyNotCounted(
  own: Task,
  inForce: Task,
  personId: string,
): 'template' | 'indicators' | 'assigned' | 'notInTeam' | null {
  const member = inForce.team.find((m) => m.personId === personId)
  if (member === undefined || member.role === 'observer') return 'notInTeam'
  if (own.templateSha256 !== inForce.templateSha256) return 'template'
  if (jcs(own.indicators) !== jcs(inForce.indicators)) return 'indicators'
  const was = own.team.find((m) => m.personId === personId)?.assigned ?? null
  return jcs(was) === jcs(member.assigned) ? null : 'assigned'
}
