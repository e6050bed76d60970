import type { Flag, Merged } from '../domain/result.ts'
import { isScored, type Item, type Template } from '../domain/template.ts'
import { fullMicro, gradesOf, gradeScore } from './answer.ts'
import { conclude, contribute, type Facts, type Settled } from './conclusion.ts'
import { stakeOf, type Considered } from './propose.ts'

/** One flagged item to talk about. `stake` in µp; veto and gate items stake the whole total. `open` = still blocks closing. */
export type DiscussionEntry = {
  item: string
  stake: number
  flags: Flag[]
  open: boolean
  couldChangeConclusion: boolean
}

export type DiscussionItem = { item: Item; section: number; considered: Considered; merged: Merged; isOpen: boolean }

/**
 * Flagged items by points at stake, then template order. An item could change the conclusion when the ways it may be settled
 * lead to different conclusions, every other item standing as merged, or as proposed while it is open.
 */
export function discussionOf(
  template: Template,
  facts: Facts,
  items: readonly DiscussionItem[],
  totalFull: number,
): DiscussionEntry[] {
  for (const entry of items) contribute(facts, entry.item, entry.section, standing(entry), template, 1)
  return items
    .filter((entry) => entry.merged.flags.length > 0)
    .map((entry) => ({
      item: entry.item.id,
      stake: stakeOf(entry.item, entry.considered, entry.merged.flags, totalFull),
      flags: entry.merged.flags,
      open: entry.isOpen,
      couldChangeConclusion: couldChange(template, facts, entry),
    }))
    .toSorted((a, b) => b.stake - a.stake)
}

/** How an item stands while others are weighed: as merged, while open as proposed. */
function standing({ item, merged }: DiscussionItem): Settled {
  if (merged.outcome !== 'open') return merged
  const { value, score, na } = merged.proposal
  if (na) return { outcome: 'na', value: null, score: null }
  return { outcome: isScored(item) && score !== null ? 'value' : 'open', value, score }
}

/** Leaves `facts` as it found them. */
function couldChange(template: Template, facts: Facts, entry: DiscussionItem): boolean {
  const { item, section } = entry
  const now = standing(entry)
  contribute(facts, item, section, now, template, -1)
  const concluded = (way: Settled) => {
    contribute(facts, item, section, way, template, 1)
    const conclusion = conclude(template, facts)
    contribute(facts, item, section, way, template, -1)
    return conclusion
  }
  const ways = waysToSettle(template, entry)
  const [first, last] = [ways[0], ways.at(-1)]
  const best = first && concluded(first)
  // More points, or a better grade, pass every test that fewer pass: where both ends meet one rule, so does all between.
  const isOneRule = last === undefined || (ways.every((w) => w.score !== null) && concluded(last).rule === best?.rule)
  const isChanging = !isOneRule && ways.some((way) => concluded(way).computed !== best?.computed)
  contribute(facts, item, section, now, template, 1)
  return isChanging
}

/**
 * The settlements worth trying, best first: every word, every given score and the proposal; 0 … full and na (before all) where the
 * answers set no range.
 */
function waysToSettle(template: Template, { item, considered, merged }: DiscussionItem): Settled[] {
  const na: Settled = { outcome: 'na', value: null, score: null }
  const isOpenRange = merged.flags.some((f) => f === 'unscored' || f === 'ownerMissing' || f === 'staleDecision')
  const hasNa = item.allowNA && (isOpenRange || merged.flags.includes('naConflict') || merged.outcome === 'na')
  const word = (outcome: 'pass' | 'fail' | 'pending' | 'yes' | 'no'): Settled => ({
    outcome,
    value: outcome,
    score: null,
  })
  const ways = hasNa ? [na] : []
  if (item.type === 'veto') return [...ways, word('pass'), word('fail'), word('pending')]
  if (item.type === 'gate') return [...ways, word('yes'), word('no')]
  const scores: number[] = []
  const add = (score: number | null) => score === null || scores.includes(score) || scores.push(score)
  for (const score of considered.scores) add(score)
  add(merged.proposal.score)
  add(merged.score)
  if (isOpenRange || scores.length === 0) [0, fullMicro(item)].forEach(add)
  if (item.type === 'conformity' && item.repeat === null) {
    const low = Math.min(...scores)
    const high = Math.max(...scores)
    gradesOf(item, template).forEach((grade, index) => {
      const score = gradeScore(item, index, template)
      if (score >= low && score <= high) ways.push({ outcome: 'value', value: grade.id, score })
    })
    return ways
  }
  for (const score of scores.toSorted((a, b) => b - a)) ways.push({ outcome: 'value', value: null, score })
  return ways
}
