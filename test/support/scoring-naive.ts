import type { Decision, Flag } from '../../shared/domain/result.ts'
import type { Answer, AnswerValue, Sheet } from '../../shared/domain/sheet.ts'
import type { Item } from '../../shared/domain/template.ts'
import { basisOf } from '../../shared/scoring/decision.ts'
import type { TeamWork } from './scoring-arbitraries.ts'
import { sha256 } from './scoring-factories.ts'

/** An exact fraction. Slow on purpose: every rule is written down once more, without any of the engine's short cuts. */
export class Fraction {
  readonly n: bigint
  readonly d: bigint
  constructor(n: bigint | number, d: bigint | number = 1n) {
    this.n = BigInt(n)
    this.d = BigInt(d)
  }
  plus(o: Fraction): Fraction {
    return new Fraction(this.n * o.d + o.n * this.d, this.d * o.d)
  }
  times(o: Fraction): Fraction {
    return new Fraction(this.n * o.n, this.d * o.d)
  }
  over(o: Fraction): Fraction {
    return new Fraction(this.n * o.d, this.d * o.n)
  }
  /** floor(x + 1/2) for x ≥ 0. */
  halfUp(): number {
    const { n, d } = this.plus(new Fraction(1, 2))
    return Number(n / d)
  }
}

const of = (n: number) => new Fraction(n)
const total = (values: number[]) => values.reduce((sum, v) => sum.plus(of(v)), of(0))
const meanOf = (values: number[]) => total(values).over(of(values.length))

type Given = { personId: string; state: Answer['state']; value: AnswerValue; score: number | null }
export type NaiveItem = {
  item: string
  proposal: { value: AnswerValue; score: number | null; na: boolean }
  flags: Flag[]
  decided: boolean
  outcome: string
  score: number | null
}

/** What the rules say of the whole merge, by brute force. */
export function naiveMerge(work: TeamWork) {
  const { visit, excluded, decisions } = work
  const { template, task } = visit
  const out = new Set(excluded.map((e) => e.personId))
  const scorers = task.team.filter((m) => m.role !== 'observer' && (m.assigned === null || m.assigned.length > 0))
  const newest = new Map<string, Sheet>()
  for (const { sheet } of work.sheets) {
    const known = newest.get(sheet.expert.personId)
    if (!out.has(sheet.expert.personId) && (!known || known.revision < sheet.revision))
      newest.set(sheet.expert.personId, sheet)
  }
  const sheets = [...newest.values()].sort((a, b) => (a.expert.personId < b.expert.personId ? -1 : 1))
  const all = template.sections.flatMap((s) => s.items)
  const items = all.map((item) => {
    const given = sheets.flatMap((sheet): Given[] =>
      sheet.answers
        .filter((a) => a.item === item.id)
        .map(({ state, value, score }) => ({ personId: sheet.expert.personId, state, value, score })),
    )
    return naiveItem(item, given, work, decisions.find((d) => d.item === item.id) ?? null)
  })
  const blocked = items.some((i) => i.outcome === 'open')
  const missing = scorers.some((m) => !out.has(m.personId) && !newest.has(m.personId))
  return { status: blocked || missing ? 'open' : 'closed', items, totals: naiveTotals(work, all, items, sheets) }
}

function naiveItem(item: Item, answers: Given[], work: TeamWork, decision: Decision | null): NaiveItem {
  const { template, task } = work.visit
  const { method } = template.merge
  const given = answers.filter((a) => a.state !== 'abstain')
  const answered = given.filter((a) => a.state === 'answered')
  const said = (word: string) => answered.some((a) => a.value === word)
  const scores = answered.map((a) => a.score ?? 0)
  const low = scores.length > 0 ? Math.min(...scores) : 0
  const high = scores.length > 0 ? Math.max(...scores) : 0
  const isWord = item.type === 'veto' || item.type === 'gate'
  const isGrade = item.type === 'conformity' && !item.repeat
  const owner = task.team.find((m) => m.owns.includes(item.id))?.personId
  const limits = template.merge.divergence
  const flags: Flag[] = []
  if (given.length === 0) flags.push('unscored')
  if (answered.length > 0 && given.length > answered.length) flags.push('naConflict')
  if (method === 'owner' && !isWord && answered.length > 0 && !answered.some((a) => a.personId === owner))
    flags.push('ownerMissing')
  if (isGrade && new Set(answered.map((a) => a.value)).size >= 2) flags.push('gradesDiffer')
  if (item.type === 'maturity' && !item.repeat && answered.length > 0) {
    const percents = answered.map((a) => Number(a.value))
    if (Math.max(...percents) - Math.min(...percents) > limits.maturityPercent) flags.push('divergent')
  } else if (!isWord && !isGrade) {
    const isFar = BigInt(high - low) * 10_000n > BigInt(limits.bp) * BigInt(item.full_cp ?? 0) * 10_000n
    if (isFar && high - low >= limits.minSpread_cp * 10_000) flags.push('divergent')
  }
  if (said('fail')) flags.push('vetoFail')
  if (item.type === 'veto' && said('pending')) flags.push('vetoPending')
  if (said('no')) flags.push('gateNo')
  const isWeighty = item.full_cp !== null && item.full_cp >= template.merge.singleScorerFrom_cp
  if ((item.type === 'veto' || isWeighty) && given.length < 2) flags.push('singleScorer')
  const isLive = decision !== null && decision.basis === basisOf(item.id, answers, sha256)
  if (decision && !isLive) flags.push('staleDecision')
  const proposal = naiveProposal(item, given, answered, owner, work)
  const informs =
    method === 'consensus' || method === 'owner' ? ['singleScorer'] : ['singleScorer', 'gradesDiffer', 'divergent']
  const isBlocked = flags.some((f) => !informs.includes(f))
  if (isLive) return { item: item.id, proposal, flags, decided: true, outcome: decision.outcome, score: decision.score }
  if (isBlocked) return { item: item.id, proposal, flags, decided: false, outcome: 'open', score: null }
  const word = item.type === 'veto' ? 'pass' : item.type === 'gate' ? 'yes' : 'value'
  return { item: item.id, proposal, flags, decided: false, outcome: proposal.na ? 'na' : word, score: proposal.score }
}

function naiveProposal(item: Item, given: Given[], answered: Given[], owner: string | undefined, work: TeamWork) {
  const { template, task } = work.visit
  const { method } = template.merge
  const scores = answered.map((a) => a.score ?? 0).sort((a, b) => a - b)
  const none = { value: null, score: null, na: false }
  if (given.length === 0) return none
  if (answered.length === 0) return { ...none, na: true }
  if (item.type === 'veto') return { ...none, value: answered.every((a) => a.value === 'pass') ? 'pass' : null }
  if (item.type === 'gate') return { ...none, value: answered.every((a) => a.value === 'yes') ? 'yes' : null }
  if (method === 'owner') {
    const own = answered.find((a) => a.personId === owner)
    return own ? { value: own.value, score: own.score, na: false } : none
  }
  if (item.type === 'conformity' && !item.repeat) {
    const grades = template.gradeSets.find((g) => g.id === item.spec.gradeSet)?.grades ?? []
    const votes = grades.map((g) => answered.filter((a) => a.value === g.id).length)
    const place = votes.lastIndexOf(Math.max(...votes))
    const points = item.spec.points_cp?.[place]
    return {
      value: grades[place]?.id ?? '',
      score: points === undefined ? item.full_cp * (grades[place]?.bp ?? 0) : points * 10_000,
      na: false,
    }
  }
  if (method === 'consensus') {
    if (item.type === 'maturity' && !item.repeat) {
      const percent =
        5 *
        meanOf(answered.map((a) => Number(a.value)))
          .over(of(5))
          .halfUp()
      return { value: percent, score: item.full_cp * percent * 100, na: false }
    }
    const isStep = item.type === 'points' && !item.repeat
    const unit = isStep ? item.spec.step_cp * 10_000 : 10_000
    const score = unit * meanOf(scores).over(of(unit)).halfUp()
    return { value: isStep ? score : null, score, na: false }
  }
  if (method === 'median') {
    const middle = scores.length / 2
    const two = scores.length % 2 === 1 ? [scores[middle - 0.5] ?? 0] : [scores[middle - 1] ?? 0, scores[middle] ?? 0]
    return { value: null, score: meanOf(two).halfUp(), na: false }
  }
  if (method === 'weighted') {
    const weights = answered.map((a) => {
      const role = task.team.find((m) => m.personId === a.personId)?.role
      return template.merge.weights.find((w) => w.role === role)?.weight ?? 1
    })
    const weighed = answered.map((a, n) => of(a.score ?? 0).times(of(weights[n] ?? 1))).reduce((x, y) => x.plus(y))
    return { value: null, score: weighed.over(total(weights)).halfUp(), na: false }
  }
  return { value: null, score: meanOf(scores).halfUp(), na: false }
}

function naiveTotals(work: TeamWork, all: Item[], items: NaiveItem[], sheets: Sheet[]) {
  const { template, task } = work.visit
  const score = new Map(items.map((i) => [i.item, i.score]))
  const scored = all.filter((i) => i.full_cp !== null)
  const has = (i: Item) => typeof score.get(i.id) === 'number'
  const points = (list: Item[]) => list.reduce((sum, i) => sum + (score.get(i.id) ?? 0), 0)
  const full = (list: Item[]) => list.reduce((sum, i) => sum + (i.full_cp ?? 0) * 10_000, 0)
  const main = scored.filter((i) => !i.bonus)
  const base = points(main.filter(has))
  const cap = template.bonusCap_cp === null ? Infinity : template.bonusCap_cp * 10_000
  const bonus = Math.min(points(scored.filter((i) => i.bonus && has(i))), cap)
  const applicable = full(main.filter(has))
  const totalFull = full(main)
  const isNone = applicable === 0
  const rate_bp = isNone ? null : of(base).times(of(10_000)).over(of(applicable)).halfUp()
  let converted = isNone ? null : of(base).times(of(totalFull)).over(of(applicable)).halfUp() + bonus
  const isWhole = task.team
    .filter((m) => m.role !== 'observer' && (m.assigned === null || m.assigned.length > 0))
    .every((m) => scored.every((i) => m.assigned === null || m.assigned.includes(i.id)))
  if (template.merge.method === 'trimmedTotal' && isWhole) {
    const own = sheets.flatMap((s) => (s.totals.converted === null ? [] : [s.totals.converted])).sort((a, b) => a - b)
    const kept = own.length >= 5 ? own.slice(1, own.length - 1) : own
    converted = isNone || kept.length === 0 ? null : meanOf(kept).halfUp()
  }
  return { base, bonus, got: base + bonus, applicable, totalFull, rate_bp, converted }
}
