import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Decision } from '../../shared/domain/result.ts'
import {
  ANSWER_STATES,
  answer,
  answerValue,
  carryOverFinding,
  meeting,
  nonconformity,
  sectionSummary,
  witnessTest,
  type Answer,
  type Sheet,
} from '../../shared/domain/sheet.ts'
import { assignedItems, indicatorRows, type Member, type Task } from '../../shared/domain/task.ts'
import { templateItems, type Item, type Template } from '../../shared/domain/template.ts'
import { judgeAnswer, judgeValue } from '../../shared/scoring/answer.ts'
import { indicatorRate, measuredRows } from '../../shared/scoring/indicator.ts'
import { randomFrom } from './random.ts'
import { SAMPLE_KEYS, type SampleKey } from './sample-task.ts'

const key = z.enum(SAMPLE_KEYS)
const shape = answer.shape
const override = z.strictObject({
  value: answerValue.optional(),
  state: z.enum(ANSWER_STATES).optional(),
  reason: shape.reason.optional(),
  note: shape.note.optional(),
  pending: shape.pending.optional(),
  measured: z.record(z.string(), z.string()).optional(),
})
const sampleItem = z.strictObject({
  value: answerValue,
  facts: shape.facts,
  note: shape.note,
  reason: shape.reason.optional(),
  documents: shape.documents,
  people: shape.people,
  samples: z.array(shape.samples.element.omit({ media: true })),
  measured: z.record(z.string(), z.string()),
  by: z.partialRecord(key, override),
})
/** Values of points and maturity items are percent of full marks; `measured` is operator and number, like `<1`. */
const sampleData = z.strictObject({
  reviews: z.array(z.string()).min(1),
  items: z.record(z.string(), sampleItem),
  sections: z.record(z.string(), sectionSummary.omit({ section: true })),
  carryOver: z.partialRecord(key, z.array(carryOverFinding.omit({ media: true }))),
  witnessTests: z.partialRecord(key, z.array(witnessTest.omit({ media: true }))),
  nonconformities: z.partialRecord(key, z.array(nonconformity.omit({ media: true, state: true }))),
  meetings: z.partialRecord(key, z.array(meeting.pick({ kind: true, minutes: true }))),
  decisions: z.array(
    z.strictObject({
      item: z.string(),
      outcome: z.enum(['value', 'pass']),
      value: answerValue,
      score: z.null(),
      reason: z.string(),
      votes: z.partialRecord(key, z.enum(['pass', 'fail', 'pending'])),
      dissent: z.partialRecord(key, z.string()),
    }),
  ),
})
type SampleItem = z.infer<typeof sampleItem>

const PATH = join(import.meta.dirname, '..', '..', 'assets', 'sample', 'answers.json')
const DATA = sampleData.parse(JSON.parse(readFileSync(PATH, 'utf8')))
const MINUTE = 60_000

/** The parts of a sheet that a person fills in. */
export type SampleSheet = Pick<
  Sheet,
  'answers' | 'sections' | 'carryOver' | 'witnessTests' | 'nonconformities' | 'meetings'
>
export type SampleSheetInput = {
  task: Task
  template: Template
  personId: string
  /** First moment of work; records follow a few minutes apart. */
  at: string
  /** Pictures taken of an item, already stored under their hashes; without any, items asking for photos say why not. */
  mediaOf?: (item: string) => string[]
  /** Another seed gives other reviewers' values within a step, never other flags. */
  seed?: number
}

/**
 * One person's complete, sealable work on the sample task. Owners' records are as written in the sample data; reviewers differ by
 * at most one step, except where the data disagrees on purpose: `v4` pending, `i6.5` na, `i7.4` grades, `i9.2` points.
 */
export function sampleSheet(input: SampleSheetInput): SampleSheet {
  const { task, template, personId, at, seed = 1 } = input
  const member = task.team.find((m) => m.personId === personId)
  const who = keyOf(task, personId)
  if (!member) throw new Error(`${personId} is not in the team`)
  const random = randomFrom(seed * 31 + SAMPLE_KEYS.indexOf(who))
  const items = assignedItems(member, template)
  const when = (n: number): string => new Date(Date.parse(at) + n * 4 * MINUTE).toISOString()
  return {
    answers: items.map((item, n) => sampleAnswer(item, who, member, input, random, when(n))),
    sections: template.sections.flatMap((s) => {
      const summary = DATA.sections[s.id]
      const isMine = s.items.some((item) => member.owns.includes(item.id))
      return summary && isMine ? [{ section: s.id, ...summary }] : []
    }),
    carryOver: (DATA.carryOver[who] ?? []).map((c) => ({ ...c, media: [] })),
    witnessTests: (DATA.witnessTests[who] ?? []).map((w) => ({ ...w, media: [] })),
    nonconformities: (DATA.nonconformities[who] ?? []).map((n) => ({ ...n, media: [], state: 'draft' })),
    meetings: (DATA.meetings[who] ?? []).map((m, n) => ({
      ...m,
      at: when(n * 240),
      place: '一厂区 201 会议室',
      clockNote: '',
      attendance: [
        ...task.team.map((x) => ({ name: x.name, post: x.role === 'lead' ? '组长' : '组员', side: 'team' as const })),
        { name: '陈向东', post: '质量副总经理', side: 'enterprise' },
      ],
      media: [],
    })),
  }
}

/** Settled values for the items the sample team disagrees on; `basis` comes from the merge they answer to. */
export function sampleDecisions(input: {
  task: Task
  template: Template
  basisOf: (item: string) => string
  at: string
}): Decision[] {
  const { task, template, basisOf, at } = input
  const person = (who: SampleKey): string => task.team[SAMPLE_KEYS.indexOf(who)]?.personId ?? who
  const named = <T>(record: Partial<Record<SampleKey, T>>): [string, T][] =>
    SAMPLE_KEYS.flatMap((who) => (record[who] === undefined ? [] : [[person(who), record[who]]]))
  return DATA.decisions.map((d) => {
    const item = templateItems(template).find((i) => i.id === d.item)
    if (!item) throw new Error(`no item ${d.item}`)
    const value = scaled(item, d.value)
    return {
      item: d.item,
      outcome: d.outcome,
      value,
      score: judgeValue(item, value, template).score,
      reason: d.reason,
      dissent: named(d.dissent).map(([personId, text]) => ({ personId, text })),
      votes: named(d.votes).map(([personId, vote]) => ({ personId, vote })),
      basis: basisOf(d.item),
      decidedAt: at,
    }
  })
}

function sampleAnswer(
  item: Item,
  who: SampleKey,
  member: Member,
  { task, template, mediaOf }: SampleSheetInput,
  random: () => number,
  updatedAt: string,
): Answer {
  const sample = DATA.items[item.id]
  if (!sample) throw new Error(`no sample for ${item.id}`)
  const { measured = {}, value, ...own } = sample.by[who] ?? {}
  const isOwner = member.owns.includes(item.id)
  const rows = indicatorRows(task, item)
  const indicators = rows.flatMap((row) => {
    const text = measured[row.id] ?? sample.measured[row.id]
    return text === undefined ? [] : [{ row: row.id, measured: measuredFrom(text) }]
  })
  const state = own.state ?? 'answered'
  const pictures = state === 'answered' ? (mediaOf?.(item.id) ?? []) : []
  const given = value ?? (isOwner ? sample.value : near(item, sample.value, random))
  const record: Answer = {
    item: item.id,
    state,
    value:
      state !== 'answered'
        ? null
        : item.type === 'indicator'
          ? rateOf(indicators, task, item, template)
          : scaled(item, given),
    score: null,
    reason: own.reason ?? sample.reason ?? '',
    note: own.note ?? (isOwner ? sample.note : ''),
    facts: isOwner ? sample.facts : reviewOf(sample, random),
    pending: own.pending ?? null,
    documents: sample.documents,
    people: sample.people,
    units: [],
    samples: state === 'answered' ? sample.samples.map((s) => ({ ...s, media: [] })) : [],
    indicators: state === 'answered' ? indicators : [],
    noEvidence:
      item.demand.minPhotos > 0 && pictures.length === 0 ? '企业要求该区域不拍照，已现场查看并由陪同人员确认。' : '',
    media: pictures,
    updatedAt,
  }
  return { ...record, score: judgeAnswer(item, record, rows, template).score }
}

function keyOf(task: Task, personId: string): SampleKey {
  const found = SAMPLE_KEYS[task.team.findIndex((m) => m.personId === personId)]
  if (!found) throw new Error(`${personId} is not in the sample team`)
  return found
}

/** A reviewer's value: the owner's, or one step beside it; never full marks, never at the bound that asks for more proof. */
function near(item: Item, value: Answer['value'], random: () => number): Answer['value'] {
  if ((item.type !== 'points' && item.type !== 'maturity') || typeof value !== 'number') return value
  return Math.min(95, Math.max(45, value + 5 * (Math.floor(random() * 3) - 1)))
}

/** Percent of full marks as the value of a points item in µp; other values as they are. */
function scaled(item: Item, value: Answer['value']): Answer['value'] {
  return item.type === 'points' && typeof value === 'number' ? value * item.full_cp * 100 : value
}

function rateOf(indicators: Answer['indicators'], task: Task, item: Item, template: Template): number | null {
  return indicatorRate(indicatorRows(task, item), measuredRows(indicators), template.indicator)
}

function measuredFrom(text: string): Answer['indicators'][number]['measured'] {
  const op = z.enum(['=', '<', '>']).parse(text.charAt(0))
  return { op, v: text.slice(1) }
}

function reviewOf(sample: SampleItem, random: () => number): string {
  const review = DATA.reviews[Math.floor(random() * DATA.reviews.length)] ?? ''
  const first = sample.documents[0]?.name
  return first ? `复核《${first}》。${review}` : review
}
