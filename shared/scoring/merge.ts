import type { Decision, Flag, Inputs, Merge, Merged } from '../domain/result.ts'
import type { Totals } from '../domain/sheet.ts'
import { assignedItems, type Member } from '../domain/task.ts'
import { isScored, templateItems, type Item, type Template } from '../domain/template.ts'
import { jcs } from '../package/jcs.ts'
import { sum } from './answer.ts'
import { conclude, contribute, emptyFacts, testRule, type Facts } from './conclusion.ts'
import { comparePeople, decidedScore } from './decision.ts'
import { deviationOf } from './deviation.ts'
import { discussionOf, type DiscussionEntry, type DiscussionItem } from './discussion.ts'
import { roundDiv } from './numbers.ts'
import {
  prepareMerge,
  type Expert,
  type IgnoredSheet,
  type Prepared,
  type PrepareArguments,
  type PreparedItem,
} from './prepare.ts'
import { isBlocking } from './propose.ts'
import { addSections, totalsBySection } from './totals.ts'
import type { TotalNote, WhyItem, WhyTree } from './why.ts'

export type MergeArguments = Omit<PrepareArguments, 'excluded'> & {
  inputs: Pick<Inputs, 'excluded' | 'decisions' | 'nonconformities'>
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

type MergedItem = DiscussionItem & { prepared: PreparedItem; decision: WhyItem['decision'] }

/** What the lead settles, over sheets that stay. */
export type Settlements = Pick<Inputs, 'decisions' | 'nonconformities'>

/** A merge of sheets that stay: `item` is one item under a decision (null: without one), null for an unknown item. */
export type Merger = {
  settle: (settled: Settlements) => MergeOutcome
  item: (id: string, decision: Decision | null) => Merged | null
  voters: string[]
}

/**
 * Merges a team's sheets: a pure function of its arguments, the same whatever the order of sheets, exclusions, decisions and
 * register. Of several sheets of a person the newest revision counts. Totals run over what is settled, so an open merge's
 * are provisional.
 */
export function mergeSheets({ inputs, ...sheets }: MergeArguments): MergeOutcome {
  return mergerOf({ ...sheets, excluded: inputs.excluded }).settle(inputs)
}

/**
 * `mergeSheets` in two steps: everything the sheets alone decide, then what is settled over them. Parts that do not depend on the
 * second step are the same objects in every answer.
 */
export function mergerOf(given: PrepareArguments): Merger {
  const prepared = prepareMerge(given)
  const byId = new Map(prepared.items.map((i) => [i.item.id, i]))
  return {
    settle: (settled) => settle(prepared, settled),
    item: (id, decision) => {
      const item = byId.get(id)
      return item === undefined ? null : mergeItem(item, decision, prepared.template).merged
    },
    voters: prepared.voters,
  }
}

function settle(prepared: Prepared, { decisions, nonconformities }: Settlements): MergeOutcome {
  const { template, scorers, experts, people, voters, missingMembers, letters } = prepared
  const items = mergeItems(prepared, decisions)
  const merged = items.map((i) => i.merged)
  const records = merged.map((m) => ({ item: m.item, state: m.outcome, score: m.score }))
  const sections = totalsBySection(template, records, () => true)
  const trimmed = convertTotals(addSections(sections, template), template, scorers, experts)
  const facts = emptyFacts(template, nonconformities)
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
      prepared.deviation,
      merged.map((m) => m.score),
    ),
    conclusion,
  }
  return {
    merge,
    why: {
      method: merge.method,
      totals: merge.totals,
      converted: trimmed.converted,
      notes: trimmed.notes,
      conclusion: { ...conclusion, rules: whyRules(template, facts, conclusion.rule) },
      sections: whySections(merge, items, justify),
    },
    discussion: discussionOf(template, emptyFacts(template, nonconformities), items, merge.totals.totalFull),
    justify,
    missingMembers,
    counted: experts.map((e) => e.personId),
    voters,
    ignoredSheets: prepared.ignoredSheets,
    letters: people.map((personId) => ({ personId, letter: letters.get(personId) ?? '' })),
  }
}

function mergeItems({ template, items }: Prepared, decisions: readonly Decision[]): MergedItem[] {
  const latest = new Map<string, Decision>()
  for (const d of decisions) {
    const other = latest.get(d.item)
    if (!other || isLater(d, other)) latest.set(d.item, d)
  }
  return items.map((prepared) => mergeItem(prepared, latest.get(prepared.item.id) ?? null, template))
}

/** A result holds one decision an item; should there be two, the later counts whatever their order. */
const isLater = (a: Decision, b: Decision): boolean =>
  a.decidedAt === b.decidedAt ? jcs(a) > jcs(b) : a.decidedAt > b.decidedAt

function mergeItem(prepared: PreparedItem, decision: Decision | null, template: Template): MergedItem {
  const { item, section, answers, considered, proposal } = prepared
  const use = decision && decisionUse(prepared, decision, template)
  const flags: Flag[] = use === 'stale' ? [...prepared.flags, 'staleDecision'] : prepared.flags
  const isDecided = use === 'applied'
  const isOpen = !isDecided && flags.some((f) => isBlocking(f, template.merge.method))
  const settled =
    isDecided && decision
      ? settledBy(item, decision, template)
      : isOpen
        ? { outcome: 'open' as const, value: null, score: null }
        : settledAsProposed(item, proposal)
  return {
    item,
    section,
    considered,
    isOpen,
    prepared,
    decision: decision && use ? { use, decision } : null,
    merged: { item: item.id, answers, proposal, notes: [], flags, decided: isDecided, ...settled },
  }
}

function decisionUse({ item, basis }: PreparedItem, decision: Decision, template: Template) {
  if (decision.basis !== basis()) return 'stale'
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

function whyRules(template: Template, facts: Facts, matched: number | null): WhyTree['conclusion']['rules'] {
  return template.rules.slice(0, (matched ?? -1) + 1).map((rule, index) => {
    const tests = testRule(rule.when, facts)
    return { rule: index, conclusion: rule.then, tests, holds: tests.every((t) => t.holds) }
  })
}

function whySections(merge: Merge, items: readonly MergedItem[], justify: readonly string[]): WhyTree['sections'] {
  const bySection = merge.sections.map((s): WhyTree['sections'][number] => ({
    ...s,
    justify: justify.includes(s.section),
    items: [],
  }))
  for (const { item, section, prepared, decision, merged } of items) {
    bySection[section]?.items.push({
      item: item.id,
      full: item.full_cp === null ? null : item.full_cp * 10_000,
      answers: prepared.why,
      rule: prepared.rule,
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
