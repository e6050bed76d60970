import type { MergedNonconformity, Result } from '../domain/result.ts'
import type { Answer, Nonconformity, Sheet } from '../domain/sheet.ts'
import type { Member, Task } from '../domain/task.ts'
import { indicatorRows } from '../domain/task.ts'
import { isScored, templateItems, type Item, type Row, type Template } from '../domain/template.ts'
import { jcsBytes } from '../package/jcs.ts'
import { signedContent } from '../package/payload.ts'
import { gradesOf, judgeAnswer } from '../scoring/answer.ts'
import { indicatorRate, measuredRows } from '../scoring/indicator.ts'
import { mergeSheets } from '../scoring/merge.ts'
import { MICRO_PER_CP } from '../scoring/numbers.ts'
import { sheetTotals } from '../scoring/totals.ts'
import type { ReportInput, ReportSheet } from './context.ts'
import { specimenWords, type SpecimenWords } from './specimen-words.ts'

const AT = '2026-03-18T01:00:00.000Z'
const ISSUED = '2026-03-19T08:30:00.000Z'
const CODE = '91210100MA0UEQDP8K'

export type SpecimenOrder = {
  template: Template
  language: 'zh' | 'en'
  /** SHA-256 in hex. */
  hash: (bytes: Uint8Array) => string
}
export type Specimen = Pick<ReportInput, 'task' | 'template' | 'sheets' | 'result' | 'contentSha256'>

/**
 * A visit that never was, complete and closed, for any checklist: what a report looks like before there is one. Three people who
 * agree on everything; nothing of it is a judgement of anybody.
 */
export function specimenOf(order: SpecimenOrder): Specimen {
  const { template, language, hash } = order
  const words = specimenWords(language)
  const task = specimenTask(template, words, hash(jcsBytes(template)))
  const sheets = specimenSheets(task, template, words, hash)
  const result = specimenResult({ task, template, words, sheets, hash })
  return { task, template, sheets, result, contentSha256: hash(jcsBytes(signedContent(result))) }
}

/** The visit's task: a lead, two experts and an observer, everybody assigned everything. */
function specimenTask(template: Template, w: SpecimenWords, templateSha256: string): Task {
  const team = teamOf(template, w)
  return {
    type: 'urn:youpin-onsite:task',
    version: 1,
    projectId: '00000000-0000-7000-8000-00000000000a',
    taskId: '00000000-0000-7000-8000-00000000000b',
    revision: 1,
    sample: true,
    number: 'RW-2026-001',
    batch: w.batch,
    visitType: 'initial',
    supplements: null,
    reportNumber: 'XP-2026-001',
    organiser: { zh: w.organiser, en: w.organiser },
    enterprise: { name: w.enterprise, uscc: CODE, address: w.address, contact: w.contact, phone: '024-00000000' },
    scope: scopeOf(w),
    category: template.category,
    period: { from: '2025-01-01', to: '2025-12-31' },
    dates: { from: '2026-03-18', to: '2026-03-19' },
    schedule: scheduleOf(w, team),
    team,
    templateSha256,
    indicators: templateItems(template).flatMap((item) =>
      item.type === 'indicator' && item.spec.rowsFrom === 'task'
        ? [{ item: item.id, rows: indicatorSpecimens(w) }]
        : [],
    ),
    carryOver: w.questions.map((question, n) => ({ id: `q${n + 1}`, question, source: w.source })),
    prefill: prefillOf(w),
    attachments: [],
    rules: {
      gps: 'off',
      importPhotos: true,
      proxyEntry: false,
      requiredSuites: ['ed25519'],
      passphraseMinLength: 12,
      rectifyBy: '2026-04-10',
    },
    fieldEnrolments: [],
    issuedBy: 'p1',
    issuedAt: '2026-03-16T02:00:00.000Z',
  }
}

function teamOf(template: Template, w: SpecimenWords): Member[] {
  const items = templateItems(template).map((i) => i.id)
  const scorers = w.people.filter((p) => p.role !== 'observer').length
  return w.people.map(({ name, unit, role }, n): Member => ({
    personId: `p${n + 1}`,
    name,
    unit,
    role,
    kind: n === 1 ? 'industry' : 'quality',
    assigned: role === 'observer' ? [] : null,
    owns: role === 'observer' ? [] : items.filter((_, i) => i % scorers === n),
  }))
}

const scopeOf = (w: SpecimenWords): Task['scope'] => ({
  products: w.products,
  sites: w.sites.map((name, n) => ({ id: `s${n + 1}`, name, address: w.address })),
  boundary: w.boundary,
})

const scheduleOf = (w: SpecimenWords, team: readonly Member[]): Task['schedule'] =>
  w.schedule.map(([day, from, to, what], n) => ({
    day,
    from,
    to,
    what,
    who: team.filter((m) => m.role !== 'observer').map((m) => m.personId),
    site: `s${(n % w.sites.length) + 1}`,
  }))

const prefillOf = (w: SpecimenWords): Task['prefill'] => ({
  profile: w.profile.map(([label, value]) => ({ label, value })),
  certificates: w.certificates.map((name, n) => ({ name, number: `ZS-00${n + 1}`, until: '2028-12-31' })),
  selfScores: [],
  registry: [],
})

const indicatorSpecimens = (w: SpecimenWords): Row[] =>
  w.indicators.map(([name, unit], n) => ({
    id: `r${n + 1}`,
    name: { zh: name, en: name },
    unit,
    kind: n === 0 ? 'core' : 'innovative',
    direction: 'higher',
    weight: 1,
    base: '90',
    average: '94',
    advanced: '98',
    low: null,
    high: null,
    promised: '95',
    source: w.source,
  }))

function specimenSheets(task: Task, template: Template, w: SpecimenWords, hash: SpecimenOrder['hash']): ReportSheet[] {
  return task.team.flatMap((member, order): ReportSheet[] => {
    if (member.role === 'observer') return []
    const answers = templateItems(template).map((item, n) => specimenAnswer(item, n, task, template, w))
    const sheet: Sheet = {
      type: 'urn:youpin-onsite:sheet',
      version: 1,
      projectId: task.projectId,
      taskId: task.taskId,
      taskSha256: hash(jcsBytes(task)),
      templateSha256: task.templateSha256,
      expert: { personId: member.personId, name: member.name },
      revision: 1,
      reason: '',
      declaration: { text: w.declaration, acceptedAt: AT },
      proxy: null,
      answers,
      sections: [],
      carryOver: [],
      witnessTests: [],
      nonconformities: order === 0 ? specimenFindings(template, w) : [],
      meetings: [],
      media: [],
      withdrawn: [],
      totals: sheetTotals(template, member, answers),
    }
    return [{ digest: hash(jcsBytes({ sheet: order + 1 })), sheet }]
  })
}

/** Good but not perfect, and the same from everybody: nothing is left to be decided. */
function specimenAnswer(item: Item, n: number, task: Task, template: Template, w: SpecimenWords): Answer {
  const rows = indicatorRows(task, item)
  const indicators = rows.map((row) => ({
    row: row.id,
    measured: { op: '=' as const, v: row.average ?? row.advanced ?? row.base ?? row.low ?? '1' },
  }))
  const repeat = item.type === 'veto' || item.type === 'gate' ? null : item.repeat
  const value =
    item.type === 'indicator'
      ? indicatorRate(rows, measuredRows(indicators), template.indicator)
      : specimenValue(item, n, template)
  const units = repeat === null ? [] : unitsOf(Math.max(repeat.min, 2), value, w)
  const record: Answer = {
    item: item.id,
    state: 'answered',
    value: repeat === null ? value : null,
    score: null,
    reason: '',
    note: '',
    facts: w.fact,
    pending: null,
    documents: [{ name: w.document, number: 'WJ-01', date: '2026-01-05' }],
    people: [w.post],
    units,
    samples: n % 9 === 4 ? [sampleOf(`YP-${n}`, w)] : [],
    indicators,
    noEvidence: '',
    media: [],
    updatedAt: AT,
  }
  const judged = judgeAnswer(item, record, rows, template)
  return {
    ...record,
    score: judged.score,
    units: units.map((unit, i) => ({ ...unit, score: judged.units[i] ?? null })),
  }
}

const unitsOf = (count: number, value: Answer['value'], w: SpecimenWords): Answer['units'] =>
  Array.from({ length: count }, (_, i) => ({
    id: `u${i + 1}`,
    name: `${w.unit} ${i + 1}`,
    value,
    score: null,
    note: '',
  }))

const sampleOf = (id: string, w: SpecimenWords): Answer['samples'][number] => ({
  population: w.population,
  how: w.drawn,
  id,
  result: w.sampleResult,
  media: [],
})

function specimenValue(item: Item, n: number, template: Template): Answer['value'] {
  switch (item.type) {
    case 'veto':
      return 'pass'
    case 'gate':
      return 'yes'
    case 'conformity':
      return gradesOf(item, template)[n % 11 === 5 ? 1 : 0]?.id ?? null
    case 'maturity':
      return 60 + 5 * (n % 5)
    case 'points': {
      const steps = Math.round(((item.full_cp / item.spec.step_cp) * (75 + 5 * (n % 4))) / 100)
      return steps * item.spec.step_cp * MICRO_PER_CP
    }
    default:
      return []
  }
}

/** A minor nonconformity under the first item it fits, and an observation. */
function specimenFindings(template: Template, w: SpecimenWords): Nonconformity[] {
  const items = templateItems(template).filter((i) => i.type === 'conformity')
  return w.findings.map(({ requirement, evidence, where }, n) => ({
    id: `n${n + 1}`,
    item: items[n * 3]?.id ?? null,
    kind: n === 0 ? 'minor' : 'observation',
    requirement,
    evidence,
    where,
    when: '2026-03-18 10:30',
    sample: '',
    media: [],
    confirmedBy: w.contact,
    state: 'draft',
  }))
}

type ResultOrder = Pick<Specimen, 'task' | 'template' | 'sheets'> & {
  words: SpecimenWords
  hash: SpecimenOrder['hash']
}

function specimenResult({ task, template, sheets, words: w, hash }: ResultOrder): Result {
  const nonconformities = registerOf(sheets, w)
  const { merge } = mergeSheets({
    task,
    template,
    sheets,
    inputs: { excluded: [], decisions: [], nonconformities },
    hash,
  })
  const scorers = task.team.filter((m) => m.role !== 'observer')
  return {
    type: 'urn:youpin-onsite:result',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: hash(jcsBytes(task)),
    templateSha256: task.templateSha256,
    revision: 1,
    reportNumber: task.reportNumber,
    issuedAt: ISSUED,
    inputs: {
      sheets: sheets
        .map(({ digest, sheet }) => ({
          digest,
          sheetSha256: hash(jcsBytes(sheet)),
          personId: sheet.expert.personId,
          revision: 1,
        }))
        .toSorted((a, b) => (a.digest < b.digest ? -1 : 1)),
      excluded: [],
      decisions: [],
      nonconformities,
      conclusion: {
        chosen: merge.conclusion.computed,
        reason: '',
        votes: scorers.map((m) => ({ personId: m.personId, vote: 'for' as const })),
        opinion: w.opinion,
      },
    },
    merge,
    text: textsOf(task, template, w),
    closing: null,
  }
}

const registerOf = (sheets: readonly ReportSheet[], w: SpecimenWords): MergedNonconformity[] =>
  sheets.flatMap(({ digest, sheet }) =>
    sheet.nonconformities.map((n): MergedNonconformity => ({
      ...n,
      state: 'confirmed',
      sources: [{ digest, id: n.id }],
      deadline: n.kind === 'observation' ? null : '2026-04-10',
      verify: 'document',
      history: [{ state: 'confirmed', at: ISSUED, by: w.people[0]?.name ?? '', note: w.confirmed, media: [] }],
    })),
  )

const textsOf = (task: Task, template: Template, w: SpecimenWords): Result['text'] => ({
  sections: template.sections
    .filter((s) => s.items.some(isScored))
    .map((s) => ({
      section: s.id,
      facts: w.fact,
      strengths: w.strength,
      gaps: w.gap,
      suggestions: w.suggestion,
    })),
  strengths: [...w.strengths],
  suggestions: [w.suggestion],
  carryOver: task.carryOver.map((q) => ({ id: q.id, finding: w.verified, media: [] })),
  witnessTests: [],
  meetings: [],
  sampling: w.sampling,
  distribution: [],
})
