import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseWith } from '../../shared/domain/problem.ts'
import type { Task } from '../../shared/domain/task.ts'
import { parseTemplate, type Template } from '../../shared/domain/template.ts'
import { taskContent, type TaskContent } from '../../shared/contract/drafts.ts'

const ASSETS = join(import.meta.dirname, '..', '..', 'assets')
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(ASSETS, ...path), 'utf8'))

/** Who is who in the sample: the lead and four experts, in the order of the sample team. */
export const SAMPLE_KEYS = ['lead', 'e1', 'e2', 'e3', 'e4'] as const
export type SampleKey = (typeof SAMPLE_KEYS)[number]
/** Name and unit replace the sample's where an identity made elsewhere signs. */
export type SamplePerson = { personId: string; name?: string; unit?: string }
export type SamplePeople = Record<SampleKey, SamplePerson>

/** People who keep their sample keys as ids. */
export const SAMPLE_PEOPLE: SamplePeople = {
  lead: { personId: 'lead' },
  e1: { personId: 'e1' },
  e2: { personId: 'e2' },
  e3: { personId: 'e3' },
  e4: { personId: 'e4' },
}

export const isSampleKey = (value: string): value is SampleKey => SAMPLE_KEYS.some((key) => key === value)

/** The industrial template as shipped; throws when it no longer parses. */
export function industrialTemplate(): Template {
  const parsed = parseTemplate(read('templates', 'industrial.json'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

/** What a lead would have typed for the sample visit, with the team's keys replaced by person ids. */
export function sampleTaskContent(people: SamplePeople = SAMPLE_PEOPLE): TaskContent {
  const parsed = parseWith<TaskContent>(taskContent)(read('sample', 'task-draft.json'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const content = parsed.value
  const idOf = (key: string): string => (isSampleKey(key) ? people[key].personId : key)
  return {
    ...content,
    schedule: content.schedule.map((entry) => ({ ...entry, who: entry.who.map(idOf) })),
    team: content.team.map((m) => (isSampleKey(m.personId) ? { ...m, ...people[m.personId] } : m)),
  }
}

export type SampleTaskInput = {
  projectId: string
  taskId: string
  templateSha256: string
  issuedAt: string
  people?: SamplePeople
}

/** The sample visit as an issued task; the lead issues it. */
export function sampleTask({
  projectId,
  taskId,
  templateSha256,
  issuedAt,
  people = SAMPLE_PEOPLE,
}: SampleTaskInput): Task {
  const content = sampleTaskContent(people)
  return {
    ...content,
    type: 'urn:youpin-onsite:task',
    version: 1,
    projectId,
    taskId,
    revision: 1,
    supplements: null,
    category: 'industry',
    templateSha256,
    attachments: [],
    prefill: {
      ...content.prefill,
      selfScores: content.prefill.selfScores.map(({ item, score }) => ({ item, score: score * 1_000_000 })),
    },
    rules: { ...content.rules, requiredSuites: ['ed25519'] },
    fieldEnrolments: [],
    issuedBy: people.lead.personId,
    issuedAt,
  }
}
