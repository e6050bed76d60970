import { createHash } from 'node:crypto'
import type { Decision, Inputs, Merge, MergedNonconformity } from '../../shared/domain/result.ts'
import type { Answer, AnswerValue, Sheet } from '../../shared/domain/sheet.ts'
import { assignedItems, indicatorRows, type Member, type Task } from '../../shared/domain/task.ts'
import {
  isScored,
  templateItems,
  type Item,
  type ItemOf,
  type Row,
  type Section,
  type Template,
} from '../../shared/domain/template.ts'
import { judgeAnswer } from '../../shared/scoring/answer.ts'
import { basisOf, type HashHex } from '../../shared/scoring/decision.ts'
import { mergeSheets, type MergeOutcome } from '../../shared/scoring/merge.ts'
import type { MergeSheet } from '../../shared/scoring/prepare.ts'
import { sheetTotals } from '../../shared/scoring/totals.ts'

export const AT = '2026-05-12T08:00:00.000Z'
export const sha256: HashHex = (bytes) => createHash('sha256').update(bytes).digest('hex')
export const hashOf = (label: string): string => createHash('sha256').update(label).digest('hex')
const text = (zh: string) => ({ zh, en: '' })

const NO_DEMAND: Item['demand'] = {
  minPhotos: 0,
  minSamples: 0,
  noteAtOrBelow_bp: null,
  noteAtFull: false,
  evidenceAtOrBelow_bp: null,
  evidenceAtFull: false,
  perExpert: false,
}
const common = (id: string) => ({
  id,
  code: id.toUpperCase(),
  title: text(id),
  basis: '',
  evidence: text(''),
  guidance: text(''),
  methods: [],
  starred: false,
  allowNA: false,
  bonus: false,
  repeat: null,
  demand: NO_DEMAND,
})
type Over<T extends Item['type']> = Partial<Omit<ItemOf<T>, 'type' | 'id'>>
const cp = (points: number): number => Math.round(points * 100)

export const vetoItem = (id: string, over: Over<'veto'> = {}): ItemOf<'veto'> => ({
  ...common(id),
  type: 'veto',
  full_cp: null,
  spec: {},
  ...over,
})
export const gateItem = (id: string, over: Over<'gate'> = {}): ItemOf<'gate'> => ({
  ...common(id),
  type: 'gate',
  full_cp: null,
  spec: { outcome: 'supplementary' },
  ...over,
})
/** `points` in points, as people say them; the factories turn them into centi-points. */
export const conformityItem = (id: string, points: number, over: Over<'conformity'> = {}): ItemOf<'conformity'> => ({
  ...common(id),
  type: 'conformity',
  full_cp: cp(points),
  spec: { gradeSet: 'three', points_cp: null },
  ...over,
})
export const maturityItem = (id: string, points: number, over: Over<'maturity'> = {}): ItemOf<'maturity'> => ({
  ...common(id),
  type: 'maturity',
  full_cp: cp(points),
  spec: { model: 'ADLI' },
  ...over,
})
export const pointsItem = (id: string, points: number, step = 0.5, over: Over<'points'> = {}): ItemOf<'points'> => ({
  ...common(id),
  type: 'points',
  full_cp: cp(points),
  spec: { step_cp: cp(step), anchors: [] },
  ...over,
})
export const indicatorItem = (
  id: string,
  points: number,
  rows: Row[],
  over: Over<'indicator'> = {},
): ItemOf<'indicator'> => ({
  ...common(id),
  type: 'indicator',
  full_cp: cp(points),
  spec: { rowsFrom: 'template', rows },
  ...over,
})
export const deductionItem = (
  id: string,
  points: number,
  list: { id: string; points: number; maxCount?: number }[],
  over: Over<'deduction'> = {},
): ItemOf<'deduction'> => ({
  ...common(id),
  type: 'deduction',
  full_cp: cp(points),
  spec: {
    list: list.map((l) => ({ id: l.id, label: text(l.id), points_cp: cp(l.points), maxCount: l.maxCount ?? null })),
  },
  ...over,
})
export const rowOf = (id: string, over: Partial<Row> = {}): Row => ({
  id,
  name: text(id),
  unit: '',
  kind: 'core',
  direction: 'higher',
  weight: 1,
  base: null,
  average: null,
  advanced: null,
  low: null,
  high: null,
  promised: null,
  source: '',
  ...over,
})

export type TemplateOver = Partial<Omit<Template, 'merge' | 'sections'>> & { merge?: Partial<Template['merge']> }
const PROFILE = {
  scores: true,
  personalScores: false,
  names: 'letters',
  conclusion: true,
  faces: false,
  gps: false,
  sections: [],
} as const

/** A template of sections a, b, … with the given items; limits and lines of the worked example unless said otherwise. */
export function templateOf(
  sections: Item[][],
  { merge, ...over }: TemplateOver = {},
  section: Partial<Section> = {},
): Template {
  const items = sections.flat()
  const profile = { ...PROFILE, sections: [] }
  return {
    type: 'urn:youpin-onsite:template',
    version: 1,
    number: 'T-1',
    edition: 1,
    category: 'industry',
    sample: true,
    title: text('样例'),
    effectiveDate: null,
    previous: null,
    layers: [],
    bonusCap_cp: null,
    totalFull_cp: items.reduce((sum, i) => sum + (isScored(i) && !i.bonus ? i.full_cp : 0), 0),
    gradeSets: [{ id: 'three', grades: [grade('full', 10_000), grade('partly', 5000), grade('none', 0)] }],
    bands: [
      { model: 'ADLI', from: 0, to: 100, text: text('') },
      { model: 'LeTCI', from: 0, to: 100, text: text('') },
    ],
    indicator: { method: 'level', level_bp: { advanced: 10_000, average: 7000, base: 4000, below: 0 } },
    nonconformity: { major: { days: 30, verify: 'onsite' }, minor: { days: 15, verify: 'document' } },
    declarations: [],
    openingAgenda: [],
    closingAgenda: [],
    conclusions: ['recommend', 'after', 'supplement', 'pending', 'reject'].map((id) => ({ id, label: text(id) })),
    rules: [
      { when: { anyVetoFail: true }, then: 'reject' },
      { when: { anyGateNo: true }, then: 'supplement' },
      { when: { anyVetoPending: true }, then: 'pending' },
      { when: { totalRateAtLeast_bp: 8000, openNonconformities: { major: 0, minor: 0 } }, then: 'recommend' },
      { when: { totalRateAtLeast_bp: 6500 }, then: 'after' },
      { when: {}, then: 'reject' },
    ],
    profiles: { committee: profile, archive: profile, enterprise: profile },
    ...over,
    merge: {
      method: 'consensus',
      divergence: { maturityPercent: 20, bp: 2000, minSpread_cp: 300 },
      singleScorerFrom_cp: 3000,
      weights: [],
      ...merge,
    },
    sections: sections.map((list, n) => ({
      id: String.fromCharCode(97 + n),
      code: String(n + 1),
      title: text(`第${n + 1}章`),
      justifyBelow_bp: null,
      ...section,
      items: list,
    })),
  }
}

export const grade = (id: string, bp: number) => ({ id, label: text(id), text: text(''), bp })

export const memberOf = (personId: string, over: Partial<Member> = {}): Member => ({
  personId,
  name: personId,
  unit: '质检院',
  role: 'expert',
  kind: 'quality',
  assigned: null,
  owns: [],
  ...over,
})
/** e1 leads, e2 … are experts; everyone is assigned everything. */
export const teamOf = (size: number): Member[] =>
  Array.from({ length: size }, (_, n) => memberOf(`e${n + 1}`, { role: n === 0 ? 'lead' : 'expert' }))

export function taskOf(team: Member[], over: Partial<Task> = {}): Task {
  return {
    type: 'urn:youpin-onsite:task',
    version: 1,
    projectId: '00000000-0000-7000-8000-000000000001',
    taskId: '00000000-0000-7000-8000-000000000002',
    revision: 1,
    sample: true,
    number: 'R-1',
    batch: '',
    visitType: 'initial',
    supplements: null,
    reportNumber: 'R-1',
    organiser: text('评定办公室'),
    enterprise: { name: '企业', uscc: '91210100MA0000000X', address: '', contact: '', phone: '' },
    scope: { products: '', sites: [], boundary: '' },
    category: 'industry',
    period: { from: '2025-01-01', to: '2025-12-31' },
    dates: { from: '2026-05-12', to: '2026-05-13' },
    schedule: [],
    team,
    templateSha256: hashOf('template'),
    indicators: [],
    carryOver: [],
    prefill: { profile: [], certificates: [], selfScores: [], registry: [] },
    attachments: [],
    rules: {
      gps: 'off',
      importPhotos: true,
      proxyEntry: true,
      requiredSuites: ['ed25519'],
      passphraseMinLength: 8,
      rectifyBy: null,
    },
    fieldEnrolments: [],
    issuedBy: team[0]?.personId ?? 'office',
    issuedAt: AT,
    ...over,
  }
}

/** An answered record of a value, or of what `over` says; its score is filled in by `sheetOf`. */
export const answerOf = (item: string, value: AnswerValue, over: Partial<Answer> = {}): Answer => ({
  item,
  state: 'answered',
  value,
  score: null,
  reason: '',
  note: '',
  facts: '',
  pending: null,
  documents: [],
  people: [],
  units: [],
  samples: [],
  indicators: [],
  noEvidence: '',
  media: [],
  updatedAt: AT,
  ...over,
})
export const naOf = (item: string, reason = '不生产该类产品'): Answer => answerOf(item, null, { state: 'na', reason })
export const abstainOf = (item: string, reason = '曾任该企业顾问'): Answer =>
  answerOf(item, null, { state: 'abstain', reason })

export type Visit = { template: Template; task: Task }

/** A sealed sheet whose scores and totals recompute; answers in any order. `digest` depends on person and revision only. */
export function sheetOf(
  { template, task }: Visit,
  personId: string,
  answers: Answer[],
  over: Partial<Sheet> = {},
): MergeSheet {
  const member = task.team.find((m) => m.personId === personId) ?? memberOf(personId)
  const byItem = new Map(answers.map((a) => [a.item, a]))
  const judged = templateItems(template).flatMap((item) => {
    const answer = byItem.get(item.id)
    if (!answer) return []
    const { score, units } = judgeAnswer(item, answer, indicatorRows(task, item), template)
    return [{ ...answer, score, units: answer.units.map((u, n) => ({ ...u, score: units[n] ?? null })) }]
  })
  const sheet: Sheet = {
    type: 'urn:youpin-onsite:sheet',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: hashOf('task'),
    templateSha256: task.templateSha256,
    expert: { personId, name: personId },
    revision: 1,
    reason: '',
    declaration: { text: '', acceptedAt: AT },
    proxy: null,
    answers: judged,
    sections: [],
    carryOver: [],
    witnessTests: [],
    nonconformities: [],
    meetings: [],
    media: [],
    withdrawn: [],
    totals: sheetTotals(template, member, judged),
    ...over,
  }
  return { digest: hashOf(`${personId} ${sheet.revision}`), sheet }
}

export const NO_INPUTS: Pick<Inputs, 'excluded' | 'decisions' | 'nonconformities'> = {
  excluded: [],
  decisions: [],
  nonconformities: [],
}

export function mergeOf(visit: Visit, sheets: MergeSheet[], inputs: Partial<typeof NO_INPUTS> = {}): MergeOutcome {
  return mergeSheets({ ...visit, sheets, inputs: { ...NO_INPUTS, ...inputs }, hash: sha256 })
}

/** A decision that rests on the item's answers as merged now. */
export function decisionOf(merge: Merge, item: string, over: Partial<Decision>): Decision {
  return {
    item,
    outcome: 'value',
    value: null,
    score: null,
    reason: '集体评议',
    dissent: [],
    votes: [],
    decidedAt: AT,
    basis: basisOf(item, merge.items.find((m) => m.item === item)?.answers ?? [], sha256),
    ...over,
  }
}

export const nonconformityOf = (id: string, over: Partial<MergedNonconformity> = {}): MergedNonconformity => ({
  id,
  item: null,
  kind: 'minor',
  requirement: '',
  evidence: '',
  where: '',
  when: '',
  sample: '',
  media: [],
  confirmedBy: '',
  state: 'opened',
  sources: [],
  deadline: null,
  verify: 'document',
  history: [],
  ...over,
})

export const mergedItem = (outcome: MergeOutcome, item: string): Merge['items'][number] => {
  const found = outcome.merge.items.find((m) => m.item === item)
  if (!found) throw new Error(`no item ${item}`)
  return found
}

export const assignedTo = ({ template, task }: Visit, personId: string): Item[] => {
  const member = task.team.find((m) => m.personId === personId)
  return member ? assignedItems(member, template) : []
}
