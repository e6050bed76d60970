import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { taskContent, type TaskContent, type TaskDraft } from '../../shared/contract/drafts.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { DraftView, RevisionRights } from '../../shared/contract/views.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import { assignedItems, checkTaskAgainst, parseTask, type Task } from '../../shared/domain/task.ts'
import { taskChanges, type TaskChange } from '../../shared/domain/task-change.ts'
import { templateItems, type Template } from '../../shared/domain/template.ts'
import { cleanText } from '../../shared/domain/text.ts'
import { trimApplies } from '../../shared/scoring/merge.ts'
import { isFirstIssuer } from '../exchange/verify-rights.ts'
import { newestRoster } from '../storage/project-store.ts'
import { findTask, listTaskRevisions, type Revises, type StoredDraft } from '../storage/task-store.ts'
import { findTemplate } from '../storage/template-store.ts'
import type { Context } from './context.ts'
import { myself, type Session } from './session.ts'

type BuiltTask = { task: Task; template: Template; changes: TaskChange[] }

/** What a draft would become now, and what keeps it from being that. */
export function draftView(context: Context, session: Session, { draft, revises, updatedAt }: StoredDraft): DraftView {
  const built = buildTask(context, session, draft, revises)
  const rights = revises === null ? null : revisionRights(session, revises.taskId)
  return {
    draft,
    problems: built.ok ? [] : (built.failure.problems ?? []),
    revises:
      revises === null
        ? null
        : { ...revises, rights: rights ?? 'onSite', changes: changesOf(context, session, draft, revises) },
    updatedAt,
  }
}

/** The task a draft would become now; `invalid` with every problem when it would not be one. Dates and ids come with issuing. */
export function buildTask(
  context: Context,
  session: Session,
  draft: TaskDraft,
  revises: Revises | null,
): Outcome<BuiltTask> {
  const made = makeTask(context, session, draft, revises)
  if (!made.ok) return made
  const { task, template, changes } = made.value
  const problems = [...checkTaskAgainst(task, template), ...checkMerge(task, template), ...checkPeople(session, task)]
  if (revises !== null) problems.push(...checkRevision(session, made.value, revises))
  return problems.length === 0 ? ok({ task, template, changes }) : fail('invalid', { problems })
}

/** Totals without the highest and the lowest can only be compared when everybody judges everything that has points. */
function checkMerge(task: Task, template: Template): Problem[] {
  const scorers = task.team.filter((m) => assignedItems(m, template).length > 0)
  if (template.merge.method !== 'trimmedTotal' || trimApplies(template, scorers)) return []
  return [{ path: 'team', code: 'everybodyNeeded', message: '' }]
}

/** What a draft changes as far as it can be told: also while it still has other problems. */
function changesOf(context: Context, session: Session, draft: TaskDraft, revises: Revises): TaskChange[] {
  const made = makeTask(context, session, draft, revises)
  return made.ok ? made.value.changes : []
}

/** A task of the right shape; whether it fits its checklist and its people is not looked at yet. */
function makeTask(
  context: Context,
  session: Session,
  draft: TaskDraft,
  revises: Revises | null,
): Outcome<BuiltTask & { before: Task | null }> {
  const me = myself(session, draft.projectId)
  const base = revises === null ? null : findTask(session.store, revises.taskId)
  if (revises !== null && base === null) return fail('notFound')
  const rights = revises === null ? 'all' : revisionRights(session, revises.taskId)
  if (me === null || rights === null || (me.role !== 'lead' && me.role !== 'office')) return fail('notPermitted')
  const before = base?.task ?? null
  const isBound = rights === 'onSite' && before !== null
  const templateSha256 = isBound ? before.templateSha256 : draft.templateSha256
  const found = findTemplate(session.store, templateSha256)
  if (found === null) return fail('notFound')
  const typed = written(draft, before, found.template, templateSha256)
  const built = parseTask({
    ...(isBound ? onSite(before, typed) : typed),
    taskId: before?.taskId ?? draft.draftId,
    revision: (before?.revision ?? 0) + 1,
    issuedBy: me.personId,
    issuedAt: context.now().toISOString(),
  })
  if (!built.ok) return fail('invalid', { problems: built.problems })
  const task = built.value
  const template = found.template
  const held = before === null ? null : findTemplate(session.store, before.templateSha256)
  const changes =
    before === null || held === null ? [] : taskChanges({ task: before, template: held.template }, { task, template })
  return ok({ task, template, changes, before })
}

type Typed = Omit<Task, 'taskId' | 'revision' | 'issuedBy' | 'issuedAt'>

/** A task's fields as they were typed, with those no form has as they were before. */
function written(draft: TaskDraft, before: Task | null, template: Template, templateSha256: string): Typed {
  const content = cleaned(draft.content)
  return {
    ...content,
    type: 'urn:youpin-onsite:task',
    version: 1,
    projectId: draft.projectId,
    team: before?.templateSha256 === templateSha256 ? content.team.map(asWrittenIn(before, template)) : content.team,
    supplements: before?.supplements ?? null,
    category: template.category,
    templateSha256,
    attachments: before?.attachments ?? [],
    prefill: { ...content.prefill, selfScores: content.prefill.selfScores.map(inMicro) },
    rules: { ...content.rules, requiredSuites: before?.rules.requiredSuites ?? ['ed25519'] },
    fieldEnrolments: before?.fieldEnrolments ?? [],
  }
}

/** Who keeps the same items keeps them as they were written, all or listed: a sheet sealed before counts as long as nothing there changed. */
const asWrittenIn =
  ({ team }: Task, template: Template) =>
  (member: TaskContent['team'][number]): TaskContent['team'][number] => {
    const was = team.find((m) => m.personId === member.personId)
    if (was === undefined) return member
    const all = templateItems(template).map((i) => i.id)
    const [earlier, later] = [new Set(was.assigned ?? all), new Set(member.assigned ?? all)]
    const isSame = earlier.size === later.size && [...earlier].every((item) => later.has(item))
    return isSame ? { ...member, assigned: was.assigned } : member
  }

/** What the lead on the spot may say otherwise, over the task as it is. */
const onSite = (before: Task, { team, dates, schedule, scope }: Typed): Typed => ({
  ...before,
  team,
  dates,
  schedule,
  scope: { ...before.scope, sites: scope.sites },
})

/** A lead types points; documents hold micro-points. */
const MICRO = 1_000_000
const inMicro = ({ item, score }: { item: string; score: number }) => ({ item, score: Math.round(score * MICRO) })

/** An issued task as its form shows it. */
export function contentOf(task: Task): TaskContent {
  const { prefill, rules } = task
  return taskContent.parse(
    Object.fromEntries(
      Object.keys(taskContent.shape).map((key) => {
        if (key === 'prefill')
          return [
            key,
            { ...prefill, selfScores: prefill.selfScores.map((s) => ({ item: s.item, score: s.score / MICRO })) },
          ]
        if (key !== 'rules') return [key, task[key as keyof Task]]
        const { requiredSuites: _suites, ...shown } = rules
        return [key, shown]
      }),
    ),
  )
}

/** What the unlocked person may say in a later revision of a task: all of it, what a lead may on the spot, or nothing (null). */
export function revisionRights(session: Session, taskId: string): RevisionRights | null {
  const revisions = listTaskRevisions(session.store, taskId)
    .map((t) => t.task)
    .toReversed()
  const [inForce] = revisions
  const me = inForce === undefined ? null : myself(session, inForce.projectId)
  if (inForce === undefined || me === null) return null
  if (me.role === 'office') return 'all'
  if (me.role !== 'lead') return null
  const roster = newestRoster(session.store, inForce.projectId)?.roster.members ?? []
  if (isFirstIssuer(me.personId, revisions, roster)) return 'all'
  return inForce.team.some((m) => m.role === 'lead' && m.personId === me.personId) ? 'onSite' : null
}

/** A revision is of the task as it is now, changes something, and stays with its checklist, if in another edition. */
function checkRevision(
  session: Session,
  { template, changes, before }: BuiltTask & { before: Task | null },
  { fromRevision }: Revises,
): Problem[] {
  if (before === null) return []
  const held = findTemplate(session.store, before.templateSha256)?.template
  const problems: Problem[] = []
  const add = (path: string, code: string, message: string) => problems.push({ path, code, message })
  if (before.revision !== fromRevision) add('revision', 'revisedMeanwhile', String(before.revision))
  if (held !== undefined && held.number !== template.number) add('templateSha256', 'otherChecklist', held.number)
  if (changes.length === 0) add('revision', 'nothingChanged', '')
  return problems
}

/** Everybody in the team is on the roster, or enrolled by the task, under the same name: signatures are checked against it. */
function checkPeople(session: Session, task: Task): Problem[] {
  const members = [...(newestRoster(session.store, task.projectId)?.roster.members ?? []), ...task.fieldEnrolments]
  return task.team
    .filter((t) => !members.some((m) => m.personId === t.personId && m.name === t.name))
    .map((t) => ({ path: `team.${t.personId}`, code: 'notOnRoster', message: t.name }))
}

/** Strings as they may be stored; an empty date of a certificate is none. */
function cleaned(content: TaskContent): TaskContent {
  const tidy = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value).trim()
    if (Array.isArray(value)) return value.map(tidy)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidy(part)]))
  }
  return taskContent.parse(tidy(content))
}

/** The people a new task's team is begun with: who may score and whose key still counts, each once, oneself first. */
export function peopleOf(session: Session, projectId: string): RosterMember[] {
  const me = myself(session, projectId)
  const members = newestRoster(session.store, projectId)?.roster.members ?? []
  const fit = members.filter((m) => m.revokedAt === null && (m.role === 'lead' || m.role === 'expert'))
  return fit
    .filter((m, n) => fit.findIndex((other) => other.personId === m.personId) === n)
    .toSorted((a, b) => Number(b.keyId === me?.keyId) - Number(a.keyId === me?.keyId))
}

/**
 * The sample visit with this project's own people in its places. With fewer people than places, places are shared out in turn and
 * everybody judges the veto items, which need two.
 */
export function sampleContent(context: Context, people: readonly RosterMember[], template: Template): TaskContent {
  const sample = taskContent.parse(JSON.parse(readFileSync(join(context.assets, 'sample', 'task-draft.json'), 'utf8')))
  const places = sample.team
  const vetoes = templateItems(template).flatMap((i) => (i.type === 'veto' ? [i.id] : []))
  const personOf = new Map(places.map((place, n) => [place.personId, people[n % Math.max(1, people.length)]]))
  const team = people.slice(0, places.length).flatMap((person) => {
    const held = places.filter((place) => personOf.get(place.personId) === person)
    const [first] = held
    if (first === undefined) return []
    const shared = people.length < places.length ? vetoes : []
    const assigned = [...new Set([...held.flatMap((place) => place.assigned ?? []), ...shared])]
    const owns = [...new Set(held.flatMap((place) => place.owns))]
    return [{ ...first, personId: person.personId, name: person.name, unit: person.unit, assigned, owns }]
  })
  const schedule = sample.schedule.map((entry) => ({
    ...entry,
    who: [...new Set(entry.who.map((key) => personOf.get(key)?.personId ?? ''))].filter((id) => id !== ''),
  }))
  return fitted({ ...sample, team, schedule }, template)
}

/** The sample under another checklist than its own: everybody judges everything, sections are owned in turn, foreign items are left out. */
function fitted(content: TaskContent, template: Template): TaskContent {
  const ids = new Set(templateItems(template).map((i) => i.id))
  const isKnown = ({ item }: { item: string }): boolean => ids.has(item)
  if (content.team.every((m) => [...(m.assigned ?? []), ...m.owns].every((item) => ids.has(item)))) return content
  const ownedBy = (n: number) =>
    template.sections.flatMap((s, at) => (at % content.team.length === n ? s.items.map((i) => i.id) : []))
  return {
    ...content,
    team: content.team.map((m, n) => ({ ...m, assigned: null, owns: ownedBy(n) })),
    indicators: content.indicators.filter(isKnown),
    prefill: {
      ...content.prefill,
      selfScores: content.prefill.selfScores.filter(isKnown),
      registry: content.prefill.registry.filter(isKnown),
    },
  }
}

export function emptyContent(people: readonly RosterMember[], template: Template, now: Date): TaskContent {
  const today = now.toISOString().slice(0, 10)
  const team = people.map((person, n) => ({
    personId: person.personId,
    name: person.name,
    unit: person.unit,
    role: n === 0 ? ('lead' as const) : ('expert' as const),
    kind: 'quality' as const,
    assigned: null,
    owns: [],
  }))
  return {
    sample: template.sample,
    number: '',
    batch: '',
    visitType: 'initial',
    reportNumber: '',
    organiser: { zh: '', en: '' },
    enterprise: { name: '', uscc: '', address: '', contact: '', phone: '' },
    scope: { products: '', sites: [], boundary: '' },
    period: { from: today, to: today },
    dates: { from: today, to: today },
    schedule: [],
    team,
    indicators: [],
    carryOver: [],
    prefill: { profile: [], certificates: [], selfScores: [], registry: [] },
    rules: { gps: 'off', importPhotos: true, proxyEntry: false, passphraseMinLength: 8, rectifyBy: null },
  }
}
