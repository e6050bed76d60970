import type { Decision, Flag, Inputs, Merge, Merged } from '../domain/result.ts'
import type { Sheet, Totals } from '../domain/sheet.ts'
import { assignedItems, type Member, type Task } from '../domain/task.ts'
import { isScored, templateItems, type Item, type Template } from '../domain/template.ts'
import { jcs } from '../package/jcs.ts'
import { sum } from './answer.ts'
import { conclude, contribute, emptyFacts, testRule, type Facts } from './conclusion.ts'
import { basisOf, comparePeople, decidedScore, type HashHex } from './decision.ts'
import { deviationOf, lettersFor } from './deviation.ts'
import { discussionOf, type DiscussionEntry, type DiscussionItem } from './discussion.ts'
import { roundDiv } from './numbers.ts'
import {
  consider,
  flagItem,
  isBlocking,
  propose,
  type Considered,
  type ItemAnswer,
  type MergeSettings,
  type ProposalRule,
} from './propose.ts'
import { addSections, sheetTotals, totalsBySection } from './totals.ts'
import type { TotalNote, WhyItem, WhyTree } from './why.ts'

/** A sealed sheet with its package digest; sheets are verified before they get here, scores are taken as stored. */
export type MergeSheet = { digest: string; sheet: Sheet }

export type MergeArguments = {
  task: Task
  template: Template
  sheets: readonly MergeSheet[]
  inputs: Pick<Inputs, 'excluded' | 'decisions' | 'nonconformities'>
  hash: HashHex
}

/** Sheets that do not count, and why. `excludedLater`: the person is excluded, but for another sheet or for having none. */
export type IgnoredSheet = {
  digest: string
  personId: string
  why: 'excluded' | 'excludedLater' | 'observer' | 'notInTeam' | 'superseded'
}

/** `merge` is what a result stores; the rest is derived for the lead's desk and never stored. */
export type MergeOutcome = {
  merge: Merge
  why: WhyTree
  discussion: DiscussionEntry[]
  /** Sections below their line, which demand the lead's text (a warning). */
  justify: string[]
  /** Members who must score and have neither a sheet nor an exclusion. */
  missingMembers: string[]
  /** Members whose sheets count, by personId. */
  counted: string[]
  /** Members whose named vote a veto, gate or milder conclusion needs: must score and are not excluded. By personId. */
  voters: string[]
  ignoredSheets: IgnoredSheet[]
  /** A, B, C … of everybody who scores, by personId: reports that may not name experts use them. */
  letters: { personId: string; letter: string }[]
}

type Expert = { personId: string; member: Member; sheet: Sheet; totals: Totals }
type MergedItem = DiscussionItem & { rule: ProposalRule; decision: WhyItem['decision'] }

/**
 * Merges a team's sheets: a pure function of its arguments, the same whatever the order of sheets, exclusions, decisions and
 * register. Of several sheets of a person the newest revision counts. Totals run over what is settled, so an open merge's
 * are provisional.
 */
export function mergeSheets({ task, template, sheets, inputs, hash }: MergeArguments): MergeOutcome {
  const scorers = task.team.filter((m) => assignedItems(m, template).length > 0)
  const { experts, ignoredSheets } = countSheets(task, template, sheets, inputs.excluded)
  const settings = settingsOf(task, template)
  const items = mergeItems(template, collectAnswers(template, experts), inputs.decisions, settings, hash)
  const merged = items.map((i) => i.merged)

  const excluded = new Set(inputs.excluded.map((e) => e.personId))
  const counted = experts.map((e) => e.personId)
  const present = new Set(counted)
  const people = scorers.map((m) => m.personId).toSorted()
  const voters = people.filter((p) => !excluded.has(p))
  const missingMembers = voters.filter((p) => !present.has(p))

  const records = merged.map((m) => ({ item: m.item, state: m.outcome, score: m.score }))
  const sections = totalsBySection(template, records, () => true)
  const trimmed = convertTotals(addSections(sections, template), template, scorers, experts)
  const facts = emptyFacts(template, inputs.nonconformities)
  for (const i of items) contribute(facts, i.item, i.section, i.merged, template, 1)
  const conclusion = conclude(template, facts)
  const justify = template.sections.flatMap((s, index) => {
    const rate = sections[index]?.rate_bp ?? null
    return s.justifyBelow_bp !== null && rate !== null && rate < s.justifyBelow_bp ? [s.id] : []
  })
  const merge: Merge = {
    status: missingMembers.length > 0 || items.some((i) => i.isOpen) ? 'open' : 'closed',
    method: template.merge.method,
    items: merged,
    sections,
    totals: trimmed.totals,
    deviation: deviationOf(
      template,
      new Map(items.map((i) => [i.item.id, { ...i.merged, scores: i.considered.scores }])),
      experts.map((e) => ({ personId: e.personId, rate_bp: e.totals.rate_bp })),
    ),
    conclusion,
  }
  const letters = lettersFor(people)
  return {
    merge,
    why: {
      method: merge.method,
      totals: merge.totals,
      converted: trimmed.converted,
      notes: trimmed.notes,
      conclusion: { ...conclusion, rules: whyRules(template, facts, conclusion.rule) },
      sections: whySections(merge, items, justify, settings, letters),
    },
    discussion: discussionOf(template, emptyFacts(template, inputs.nonconformities), items, merge.totals.totalFull),
    justify,
    missingMembers,
    counted,
    voters,
    ignoredSheets,
    letters: [...letters].map(([personId, letter]) => ({ personId, letter })),
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

function mergeItems(
  template: Template,
  answers: ReadonlyMap<string, ItemAnswer[]>,
  decisions: readonly Decision[],
  settings: MergeSettings,
  hash: HashHex,
): MergedItem[] {
  const latest = new Map<string, Decision>()
  for (const d of decisions) {
    const other = latest.get(d.item)
    if (!other || isLater(d, other)) latest.set(d.item, d)
  }
  return template.sections.flatMap((section, index) =>
    section.items.map((item) => {
      const given = answers.get(item.id) ?? []
      return mergeItem(item, index, given, consider(item, given), latest.get(item.id) ?? null, settings, hash)
    }),
  )
}

/** A result holds one decision an item; should there be two, the later counts whatever their order. */
const isLater = (a: Decision, b: Decision): boolean =>
  a.decidedAt === b.decidedAt ? jcs(a) > jcs(b) : a.decidedAt > b.decidedAt

function mergeItem(
  item: Item,
  section: number,
  answers: ItemAnswer[],
  considered: Considered,
  decision: Decision | null,
  settings: MergeSettings,
  hash: HashHex,
): MergedItem {
  const { rule, ...proposal } = propose(item, considered, settings)
  const flags: Flag[] = flagItem(item, considered, rule, settings.template)
  const use = decision && decisionUse(item, decision, answers, settings.template, hash)
  if (use === 'stale') flags.push('staleDecision')
  const isDecided = use === 'applied'
  const isOpen = !isDecided && flags.some((f) => isBlocking(f, settings.template.merge.method))
  const settled =
    isDecided && decision
      ? settledBy(item, decision, settings.template)
      : isOpen
        ? { outcome: 'open' as const, value: null, score: null }
        : settledAsProposed(item, proposal)
  return {
    item,
    section,
    considered,
    isOpen,
    rule,
    decision: decision && use ? { use, decision } : null,
    merged: { item: item.id, answers, proposal, notes: [], flags, decided: isDecided, ...settled },
  }
}

function decisionUse(item: Item, decision: Decision, answers: ItemAnswer[], template: Template, hash: HashHex) {
  if (decision.basis !== basisOf(item.id, answers, hash)) return 'stale'
  return decidedScore(item, decision, template).problems.length > 0 ? 'unusable' : 'applied'
}

type Settlement = Pick<Merged, 'outcome' | 'value' | 'score'>

function settledBy(item: Item, decision: Decision, template: Template): Settlement {
  const { score } = decidedScore(item, decision, template)
  const value = isScored(item) || decision.outcome === 'na' ? decision.value : decision.outcome
  return { outcome: decision.outcome, value, score }
}

function settledAsProposed(item: Item, proposal: Merged['proposal']): Settlement {
  if (proposal.na) return { outcome: 'na', value: null, score: null }
  if (isScored(item)) return { outcome: 'value', value: proposal.value, score: proposal.score }
  return { outcome: item.type === 'veto' ? 'pass' : 'yes', value: proposal.value, score: null }
}

/** Under `trimmedTotal` the converted total is the mean of the experts' own, without one highest and one lowest from five on. */
function convertTotals(
  totals: Totals,
  template: Template,
  scorers: readonly Member[],
  experts: readonly Expert[],
): { totals: Totals; converted: WhyTree['converted']; notes: TotalNote[] } {
  if (template.merge.method !== 'trimmedTotal') return { totals, converted: [], notes: [] }
  if (!trimApplies(template, scorers)) return { totals, converted: [], notes: ['trimInvalid'] }
  const own = experts
    .flatMap((e) => (e.totals.converted === null ? [] : [{ personId: e.personId, converted: e.totals.converted }]))
    .toSorted((a, b) => a.converted - b.converted || comparePeople(a.personId, b.personId))
  const isTrimmed = own.length >= 5
  const kept = isTrimmed ? own.slice(1, -1) : own
  const dropped = new Set(isTrimmed ? [own[0]?.personId, own.at(-1)?.personId] : [])
  const isNothing = kept.length === 0 || totals.converted === null
  return {
    totals: {
      ...totals,
      converted: isNothing ? null : roundDiv(sum(kept.map((e) => e.converted)), kept.length),
    },
    converted: experts.map((e) => ({
      personId: e.personId,
      converted: e.totals.converted,
      dropped: dropped.has(e.personId),
    })),
    notes: isTrimmed ? [] : ['trimFallback'],
  }
}

/** `trimmedTotal` is valid only when every member who scores is assigned every scored item. */
export function trimApplies(template: Template, scorers: readonly Member[]): boolean {
  const scored = templateItems(template).filter(isScored)
  return scorers.every((m) => {
    const assigned = new Set(assignedItems(m, template).map((i) => i.id))
    return scored.every((i) => assigned.has(i.id))
  })
}

/** Whether a sheet made under an earlier revision of the task may be merged: template, indicators and its own items unchanged. */
export function acceptsEarlierSheet(earlier: Task, now: Task, personId: string, template: Template): boolean {
  const own = (task: Task) => {
    const member = task.team.find((m) => m.personId === personId)
    return member && assignedItems(member, template).map((i) => i.id)
  }
  const [before, after] = [own(earlier), own(now)]
  return (
    before !== undefined &&
    after !== undefined &&
    earlier.taskId === now.taskId &&
    earlier.templateSha256 === now.templateSha256 &&
    jcs(earlier.indicators) === jcs(now.indicators) &&
    jcs(before) === jcs(after)
  )
}

function whyRules(template: Template, facts: Facts, matched: number | null): WhyTree['conclusion']['rules'] {
  return template.rules.slice(0, (matched ?? -1) + 1).map((rule, index) => {
    const tests = testRule(rule.when, facts)
    return { rule: index, conclusion: rule.then, tests, holds: tests.every((t) => t.holds) }
  })
}

function whySections(
  merge: Merge,
  items: readonly MergedItem[],
  justify: readonly string[],
  settings: MergeSettings,
  letters: ReadonlyMap<string, string>,
): WhyTree['sections'] {
  const isWeighted = merge.method === 'weighted'
  const bySection = merge.sections.map((s): WhyTree['sections'][number] => ({
    ...s,
    justify: justify.includes(s.section),
    items: [],
  }))
  for (const { item, section, considered, rule, decision, merged } of items) {
    const owner = settings.ownerOf(item.id)
    bySection[section]?.items.push({
      item: item.id,
      full: item.full_cp === null ? null : item.full_cp * 10_000,
      answers: merged.answers.map((a) => ({
        ...a,
        letter: letters.get(a.personId) ?? '',
        isOwner: a.personId === owner,
        weight: isWeighted ? settings.weightOf(a.personId) : 1,
        counts: considered.given.includes(a),
      })),
      rule,
      proposal: merged.proposal,
      flags: merged.flags.map((flag) => ({ flag, blocking: isBlocking(flag, merge.method) })),
      decision,
      outcome: merged.outcome,
      value: merged.value,
      score: merged.score,
    })
  }
  return bySection
}
