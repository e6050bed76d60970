import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportText } from '../../../shared/domain/result.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import type { Block } from '../../../shared/report/model.ts'
import { methods } from '../../../shared/contract/api.ts'
import { PHRASES, PHRASE_PARTS, blanksIn } from '../../../shared/report/phrases.ts'
import { fillSheet, gatherTeam, handOutTask, imported, sealed } from '../../support/app-job.ts'
import { makeWorld, type Machine, type World } from '../../support/app-world.ts'

let world: World
let lead: Machine
let expert: Machine
let taskId: string

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 2)
  lead = team.lead
  expert = team.experts[0] ?? team.lead
  taskId = await handOutTask(world, lead, [expert], team.projectId)
  await fillSheet(world, lead, taskId, 0)
  await fillSheet(world, expert, taskId, 1)
  const { file } = await sealed(world, expert, taskId, 'sheet-1.evp')
  await sealed(world, lead, taskId, 'sheet-0.evp')
  await imported(lead, [file])
}, 120_000)
afterAll(async () => await world.end())

const textNow = async (): Promise<ReportText> => (await lead.call('team.open', { taskId })).text
const save = async (text: ReportText) => await lead.call('team.saveText', { taskId, text })

/** What the report says in a section, label by label. */
async function sectionOf(section: string, profile: ProfileName = 'archive'): Promise<Record<string, string>> {
  const { blocks } = await lead.call('report.model', { taskId, profile, language: 'zh' })
  const at = blocks.findIndex((b) => b.kind === 'heading' && b.about === `section:${section}`)
  const next = blocks[at + 1]
  if (at === -1 || next?.kind !== 'keyValue') return {}
  return Object.fromEntries(next.rows.map((r) => [r.label, r.value]))
}
const wordsOf = (blocks: readonly Block[]): string => JSON.stringify(blocks)

test('the text begins as the experts’ words, each under the section of its item’s owner', async () => {
  const { sections } = await textNow()
  const own = [
    ...(await lead.call('sheet.open', { taskId })).sections,
    ...(await expert.call('sheet.open', { taskId })).sections,
  ]
  const said = own.filter((s) => s.facts !== '')
  expect(said.length).toBeGreaterThan(3)
  for (const { section, facts } of said) {
    expect(sections.find((s) => s.section === section)?.facts).toContain(facts)
  }
})

test('what the lead writes of a section stands there in every copy, and nowhere twice', async () => {
  const before = await textNow()
  const [first, ...rest] = before.sections
  if (first === undefined) throw new Error('no section')
  const words = {
    facts: '组长写的事实，GB/T 19001—2016。',
    strengths: '组长写的优势䶮。',
    gaps: '组长写的差距。',
    suggestions: '',
  }
  await save({ ...before, sections: [{ section: first.section, ...words }, ...rest] })
  expect((await textNow()).sections[0]).toEqual({ section: first.section, ...words })
  for (const profile of ['committee', 'archive', 'enterprise'] as const) {
    const shown = await sectionOf(first.section, profile)
    expect([shown['事实'], shown['优势'], shown['差距']]).toEqual([words.facts, words.strengths, words.gaps])
    expect(shown['建议']).toBeUndefined()
    const { blocks } = await lead.call('report.model', { taskId, profile, language: 'zh' })
    expect(wordsOf(blocks).split(words.facts)).toHaveLength(2)
    if (first.facts !== '') expect(wordsOf(blocks)).not.toContain(first.facts)
    for (const { section, facts } of rest.filter((s) => s.facts !== '')) {
      expect((await sectionOf(section, profile))['事实']).toBe(facts)
    }
  }
  await save(before)
  expect(await textNow()).toEqual(before)
})

test('only the lead writes it; what is no text is refused and nothing is lost', async () => {
  const before = await textNow()
  expect((await expert.refused('team.saveText', { taskId, text: before })).code).toBe('notPermitted')
  const [first] = before.sections
  // What comes from the window is looked at before anything is called.
  const isText = (text: unknown) => methods['team.saveText'].args.safeParse({ taskId, text }).success
  expect(isText(before)).toBe(true)
  expect(isText({ ...before, sections: [{ ...first, facts: 7 }] })).toBe(false)
  expect(isText({ ...before, sections: [{ ...first, comment: '' }] })).toBe(false)
  expect(isText({ ...before, sampling: 'x'.repeat(20_001) })).toBe(false)
  expect(isText({ ...before, strengths: ['a\u0000b'] })).toBe(false)
  expect(await textNow()).toEqual(before)
})

test('a standard phrase is printed as it was put in; its blanks are counted until they are filled', async () => {
  const before = await textNow()
  expect(blanksIn(before)).toEqual({ count: 0, sections: [] })
  const [phrase] = PHRASES.facts
  const [first] = before.sections
  if (phrase === undefined || first === undefined) throw new Error('no phrase')
  const sampling = PHRASES.sampling[0]?.zh ?? ''
  const sections = before.sections.map((s, n) => (n === 0 ? { ...s, facts: phrase.zh } : s))
  await save({ ...before, sections, sampling })
  expect((await sectionOf(first.section))['事实']).toBe(phrase.zh)
  const inFacts = phrase.zh.split('××').length - 1
  const inSampling = sampling.split('××').length - 1
  expect(blanksIn(await textNow())).toEqual({ count: inFacts + inSampling, sections: [first.section] })
  const filled = sections.map((s) => ({ ...s, facts: s.facts.replaceAll('××', '3') }))
  expect(blanksIn({ ...before, sections: filled, sampling: '' })).toEqual({ count: 0, sections: [] })
  for (const { zh, en } of PHRASE_PARTS.flatMap((part) => PHRASES[part])) {
    expect(en.includes('××')).toBe(zh.includes('××'))
  }
  await save(before)
})

test('strengths of the whole visit are a list of their own, empty ones left out', async () => {
  const before = await textNow()
  await save({ ...before, strengths: ['第一条', ' ', '第二条'] })
  const { blocks } = await lead.call('report.model', { taskId, profile: 'committee', language: 'zh' })
  expect(blocks.flatMap((b) => (b.kind === 'list' ? [b.items] : []))).toContainEqual(['第一条', '第二条'])
  await save({ ...before, strengths: [], suggestions: [] })
  const { blocks: bare } = await lead.call('report.model', { taskId, profile: 'committee', language: 'zh' })
  const at = bare.findIndex((b) => b.kind === 'heading' && b.about === 'chapter:11')
  expect(bare[at + 1]).toEqual({ kind: 'paragraph', text: '无', tone: 'note' })
})
