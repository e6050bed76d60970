import type { Flag, Inputs, Merged } from '../domain/result.ts'
import type { Sheet, Totals } from '../domain/sheet.ts'
import { assignedItems, type Member, type Task } from '../domain/task.ts'
import { templateItems, type Item, type Template } from '../domain/template.ts'
import { basisOf, comparePeople, type HashHex } from './decision.ts'
import { deviationBase, lettersFor, type DeviationBase } from './deviation.ts'
import {
  consider,
  flagItem,
  propose,
  type Considered,
  type ItemAnswer,
  type MergeSettings,
  type ProposalRule,
} from './propose.ts'
import { sheetTotals } from './totals.ts'
import type { WhyItem } from './why.ts'

/** A sealed sheet with its package digest; sheets are verified before they get here, scores are taken as stored. */
export type MergeSheet = { digest: string; sheet: Sheet }

/** Everything of a merge that decisions and the register have no say in. */
export type PrepareArguments = {
  task: Task
  template: Template
  sheets: readonly MergeSheet[]
  excluded: Inputs['excluded']
  hash: HashHex
}

/** Sheets that do not count, and why. `excludedLater`: the person is excluded, but for another sheet or for having none. */
export type IgnoredSheet = {
  digest: string
  personId: string
  why: 'excluded' | 'excludedLater' | 'observer' | 'notInTeam' | 'superseded'
}

/** A member whose newest sheet counts, with the sums of that sheet. */
export type Expert = { personId: string; member: Member; sheet: Sheet; totals: Totals }

/** One item before anybody settles it. `flags` without `staleDecision`; `basis` is hashed when first asked for. */
export type PreparedItem = {
  item: Item
  section: number
  answers: ItemAnswer[]
  considered: Considered
  rule: ProposalRule
  proposal: Merged['proposal']
  flags: Flag[]
  why: WhyItem['answers']
  basis: () => string
}

export type Prepared = {
  template: Template
  items: PreparedItem[]
  deviation: DeviationBase
  scorers: Member[]
  experts: Expert[]
  /** Everybody who must score; those of them who vote; those without sheet or exclusion. By personId. */
  people: string[]
  voters: string[]
  missingMembers: string[]
  ignoredSheets: IgnoredSheet[]
  letters: ReadonlyMap<string, string>
}

/** Sheets that count, what each item's answers propose, and which flags they raise. */
export function prepareMerge({ task, template, sheets, excluded: exclusions, hash }: PrepareArguments): Prepared {
  const scorers = task.team.filter((m) => assignedItems(m, template).length > 0)
  const { experts, ignoredSheets } = countSheets(task, template, sheets, exclusions)
  const excluded = new Set(exclusions.map((e) => e.personId))
  const present = new Set(experts.map((e) => e.personId))
  const people = scorers.map((m) => m.personId).toSorted()
  const voters = people.filter((p) => !excluded.has(p))
  const letters = lettersFor(people)
  const settings = settingsOf(task, template)
  const answers = collectAnswers(template, experts)
  const items = template.sections.flatMap((section, index) =>
    section.items.map((item) => prepareItem(item, index, answers.get(item.id) ?? [], settings, letters, hash)),
  )
  const missingMembers = voters.filter((p) => !present.has(p))
  const deviation = deviationBase(
    template,
    items.map((i) => ({ ...i, scores: i.considered.scores })),
    experts.map((e) => ({ personId: e.personId, rate_bp: e.totals.rate_bp })),
  )
  return { template, items, deviation, scorers, experts, people, voters, missingMembers, ignoredSheets, letters }
}

function prepareItem(
  item: Item,
  section: number,
  answers: ItemAnswer[],
  settings: MergeSettings,
  letters: ReadonlyMap<string, string>,
  hash: HashHex,
): PreparedItem {
  const considered = consider(item, answers)
  const { rule, ...proposal } = propose(item, considered, settings)
  const isWeighted = settings.template.merge.method === 'weighted'
  const owner = settings.ownerOf(item.id)
  let basis: string | null = null
  return {
    item,
    section,
    answers,
    considered,
    rule,
    proposal,
    flags: flagItem(item, considered, rule, settings.template),
    why: answers.map((a) => ({
      ...a,
      letter: letters.get(a.personId) ?? '',
      isOwner: a.personId === owner,
      weight: isWeighted ? settings.weightOf(a.personId) : 1,
      counts: considered.given.includes(a),
    })),
    basis: () => (basis ??= basisOf(item.id, answers, hash)),
  }
}

/** Newest revision per person (of twins the smaller digest: import refuses them), without observers and the excluded. */
function countSheets(
  task: Task,
  template: Template,
  sheets: readonly MergeSheet[],
  exclusions: Inputs['excluded'],
): { experts: Expert[]; ignoredSheets: IgnoredSheet[] } {
  const members = new Map(task.team.map((m) => [m.personId, m]))
  const excluded = new Map(exclusions.map((e) => [e.personId, e.sheet]))
  const experts = new Map<string, Expert>()
  const ignoredSheets: IgnoredSheet[] = []
  const newestFirst = sheets.toSorted(
    (a, b) => b.sheet.revision - a.sheet.revision || comparePeople(a.digest, b.digest),
  )
  for (const { digest, sheet } of newestFirst) {
    const { personId } = sheet.expert
    const member = members.get(personId)
    const ignore = (why: IgnoredSheet['why']) => ignoredSheets.push({ digest, personId, why })
    if (!member) ignore('notInTeam')
    else if (member.role === 'observer') ignore('observer')
    else if (excluded.has(personId)) ignore(excluded.get(personId) === digest ? 'excluded' : 'excludedLater')
    else if (experts.has(personId)) ignore('superseded')
    else experts.set(personId, { personId, member, sheet, totals: sheetTotals(template, member, sheet.answers) })
  }
  return {
    experts: [...experts.values()].toSorted((a, b) => comparePeople(a.personId, b.personId)),
    ignoredSheets: ignoredSheets.toSorted((a, b) => comparePeople(a.digest, b.digest)),
  }
}

function settingsOf(task: Task, template: Template): MergeSettings {
  const owners = new Map<string, string>()
  for (const m of task.team) for (const item of m.owns) if (!owners.has(item)) owners.set(item, m.personId)
  const byRole = new Map(template.merge.weights.map((w) => [w.role, w.weight]))
  const weights = new Map(task.team.map((m) => [m.personId, byRole.get(m.role) ?? 1]))
  return {
    template,
    ownerOf: (item) => owners.get(item) ?? null,
    weightOf: (personId) => weights.get(personId) ?? 1,
  }
}

/** Records per item by personId (experts come sorted); records of items not assigned to their author count in nothing. */
function collectAnswers(template: Template, experts: readonly Expert[]): Map<string, ItemAnswer[]> {
  const byItem = new Map<string, ItemAnswer[]>(templateItems(template).map((i) => [i.id, []]))
  for (const { personId, member, sheet } of experts) {
    const waiting = new Set(assignedItems(member, template).map((i) => i.id))
    for (const { item, state, value, score } of sheet.answers) {
      if (waiting.delete(item)) byItem.get(item)?.push({ personId, state, value, score })
    }
  }
  return byItem
}
