import { mkdirSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TemplateDraftView } from '../../../shared/contract/template-methods.ts'
import { checkTemplate, type Template } from '../../../shared/domain/template.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { gatherTeam } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'

let world: World
let office: Machine

beforeAll(async () => {
  world = makeWorld()
  office = world.machine('office')
  await office.call('identity.create', { name: '办公室', unit: '样例', number: '1', passphrase: PASSPHRASE })
}, 60_000)
afterAll(async () => await world.end())

const industrial = async () => {
  const card = (await office.call('template.list', {})).find((t) => t.number === 'YP-SAMPLE-GY-2026')
  if (card === undefined) throw new Error('no sample checklist')
  return card
}
const save = async (draft: TemplateDraftView, change: Partial<Template>) => {
  const content = { ...draft.content, ...change }
  await office.call('template.saveDraft', { draftId: draft.draftId, json: JSON.stringify(content) })
  return await office.call('template.draft', { draftId: draft.draftId })
}
const errors = (draft: TemplateDraftView) => draft.findings.filter((f) => f.severity === 'error').map((f) => f.code)

describe('a draft', () => {
  test('begins empty in every category, wanting a number, a title and points', async () => {
    for (const category of ['agriculture', 'industry', 'service', 'region'] as const) {
      const draft = await office.call('template.newDraft', { from: { kind: 'blank', category } })
      expect(draft.content).toMatchObject({ category, number: '', edition: 1, previous: null, sample: false })
      expect(draft.content.sections).toHaveLength(1)
      expect(draft.content.gradeSets.length).toBeGreaterThan(0)
      expect(new Set(draft.content.bands.map((b) => b.model))).toEqual(new Set(['ADLI', 'LeTCI']))
      expect(draft.findings.filter((f) => f.severity === 'error').map((f) => f.path)).toEqual([
        'number',
        'title',
        'sections.s1.title',
      ])
      await office.call('template.removeDraft', { draftId: draft.draftId })
    }
  })

  test('keeps whatever was typed, also over a restart, and what breaks rules', async () => {
    const draft = await office.call('template.newDraft', { from: { kind: 'blank', category: 'service' } })
    const odd = {
      ...draft.content,
      number: ' 半成品 ',
      edition: -3,
      effectiveDate: '明年',
      totalFull_cp: 12.5,
      sections: [],
    }
    await office.call('template.saveDraft', { draftId: draft.draftId, json: JSON.stringify(odd) })
    for (const json of ['', '{', 'null', '"\\ud800"', JSON.stringify({ ...odd, sections: 1 })]) {
      expect((await office.refused('template.saveDraft', { draftId: draft.draftId, json })).code).toBe('invalid')
    }
    await office.call('identity.lock', {})
    const [me] = await office.call('identity.list', {})
    await office.call('identity.unlock', { keyId: me?.keyId ?? '', passphrase: PASSPHRASE })
    expect((await office.call('template.draft', { draftId: draft.draftId })).content).toEqual(odd)
    expect((await office.refused('template.issue', { draftId: draft.draftId })).code).toBe('invalid')
    expect((await office.call('template.drafts', {})).find((d) => d.draftId === draft.draftId)?.errors).toBeGreaterThan(
      0,
    )
    await office.call('template.removeDraft', { draftId: draft.draftId })
    expect((await office.refused('template.draft', { draftId: draft.draftId })).code).toBe('notFound')
  })

  test('of an issued checklist is its next edition or one with a number of its own', async () => {
    const card = await industrial()
    const edition = await office.call('template.newDraft', { from: { kind: 'edition', sha256: card.sha256 } })
    expect(edition.content).toMatchObject({
      number: card.number,
      edition: 2,
      previous: card.sha256,
      effectiveDate: null,
    })
    expect(errors(edition)).toEqual([])
    const copy = await office.call('template.newDraft', { from: { kind: 'copy', sha256: card.sha256 } })
    expect(copy.content).toMatchObject({ number: '', edition: 1, previous: null })
    expect(errors(copy)).toEqual(['required'])
    for (const { draftId } of [edition, copy]) await office.call('template.removeDraft', { draftId })
  })
})

describe('issuing', () => {
  test('freezes the tidied content under the hash of its bytes and takes the draft away', async () => {
    const card = await industrial()
    const draft = await office.call('template.newDraft', { from: { kind: 'copy', sha256: card.sha256 } })
    const saved = await save(draft, { number: '  ZB-2026\u0000 ', title: { zh: ' 自编细则 ', en: 'Own checklist' } })
    const issued = await office.call('template.issue', { draftId: draft.draftId })
    expect(issued).toMatchObject({ number: 'ZB-2026', edition: 1, title: { zh: '自编细则', en: 'Own checklist' } })
    const template = await office.call('template.get', { sha256: issued.sha256 })
    expect(checkTemplate(template)).toEqual([])
    expect(sha256(jcsBytes(template))).toBe(issued.sha256)
    expect((await office.refused('template.draft', { draftId: draft.draftId })).code).toBe('notFound')
    const late = await office.refused('template.saveDraft', {
      draftId: draft.draftId,
      json: JSON.stringify(saved.content),
    })
    expect(late.code).toBe('stale')
  })

  test('goes on when another checklist arrives meanwhile, and still takes no number twice', async () => {
    const card = await industrial()
    const drafts = await Promise.all(
      ['ZB-A', 'ZB-B', 'ZB-B'].map(async (number) => {
        const draft = await office.call('template.newDraft', { from: { kind: 'copy', sha256: card.sha256 } })
        await save(draft, { number })
        return draft.draftId
      }),
    )
    const outcomes = await Promise.allSettled(drafts.map((draftId) => office.call('template.issue', { draftId })))
    expect(outcomes.filter((one) => one.status === 'fulfilled').map((one) => one.value.number)).toEqual([
      'ZB-A',
      'ZB-B',
    ])
    expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toMatchObject([
      expect.stringContaining('alreadyExists'),
    ])
    for (const { draftId } of await office.call('template.drafts', {}))
      await office.call('template.removeDraft', { draftId })
  })

  test('refuses a number and edition that are taken, and what has errors; the draft stays', async () => {
    const card = await industrial()
    const twin = await office.call('template.newDraft', { from: { kind: 'copy', sha256: card.sha256 } })
    await save(twin, { number: card.number })
    expect((await office.refused('template.issue', { draftId: twin.draftId })).code).toBe('alreadyExists')
    await save(twin, { number: 'ZB-NEU', totalFull_cp: 1 })
    const refused = await office.refused('template.issue', { draftId: twin.draftId })
    expect(refused.problems).toMatchObject([{ path: 'totalFull_cp', code: 'totalFull' }])
    expect((await office.call('template.draft', { draftId: twin.draftId })).content.number).toBe('ZB-NEU')
    await office.call('template.removeDraft', { draftId: twin.draftId })
  })
})

describe('layers', () => {
  test('show what a product adds and freeze it as one checklist, once', async () => {
    const card = await industrial()
    const [food] = await office.call('template.addOns', {})
    expect(food).toMatchObject({ base: { number: card.number }, counts: { sections: 1, items: 9 } })
    const both = { base: card.sha256, addOn: food?.sha256 ?? '' }
    const layered = await office.call('template.layer', both)
    if (!layered.ok) throw new Error('layers conflict')
    const adopted = await office.call('template.adoptLayered', both)
    expect(adopted.sha256).toBe(sha256(jcsBytes(layered.template)))
    expect((await office.refused('template.adoptLayered', both)).code).toBe('alreadyExists')
  })

  test('answer every conflict when they do not fit', async () => {
    const [service] = (await office.call('template.list', {})).filter((t) => t.category === 'service')
    const [food] = await office.call('template.addOns', {})
    const both = { base: service?.sha256 ?? '', addOn: food?.sha256 ?? '' }
    expect((await office.call('template.layer', both)).ok).toBe(false)
    const refused = await office.refused('template.adoptLayered', both)
    expect(refused.problems?.map((p) => p.code)).toContain('baseDiffers')
  })
})

test('a task whose checklist drops the highest and lowest total is issued only when everybody judges everything', async () => {
  const { lead, projectId } = await gatherTeam(world, 2)
  const base = (await lead.call('template.list', {})).find((t) => t.number === 'YP-SAMPLE-GY-2026')
  const sha256Of = base?.sha256 ?? ''
  const { draftId, content } = await lead.call('template.newDraft', { from: { kind: 'edition', sha256: sha256Of } })
  const merge = { ...content.merge, method: 'trimmedTotal' as const }
  await lead.call('template.saveDraft', { draftId, json: JSON.stringify({ ...content, merge }) })
  const { sha256: edition } = await lead.call('template.issue', { draftId })
  const { draft, problems } = await lead.call('task.newDraft', {
    projectId,
    templateSha256: edition,
    fromSample: true,
  })
  expect(draft.templateSha256).toBe(edition)
  expect(problems).toEqual([{ path: 'team', code: 'everybodyNeeded', message: '' }])
  const team = draft.content.team.map((m) => ({ ...m, assigned: null }))
  const whole = await lead.call('task.saveDraft', { draft: { ...draft, content: { ...draft.content, team } } })
  expect(whole.problems).toEqual([])
})

test('the sample enterprise can be loaded under a checklist of one’s own', async () => {
  const { lead, projectId } = await gatherTeam(world, 2)
  const base = (await lead.call('template.list', {})).find((t) => t.number === 'YP-SAMPLE-GY-2026')
  const { draftId, content } = await lead.call('template.newDraft', {
    from: { kind: 'edition', sha256: base?.sha256 ?? '' },
  })
  const sections = content.sections.map((s) => ({
    ...s,
    items: s.items.map((i) => ({ ...i, id: `own-${i.id}` })),
  }))
  const own = { ...content, number: 'OWN-2026', edition: 1, sample: false, sections }
  await lead.call('template.saveDraft', { draftId, json: JSON.stringify(own) })
  const { sha256 } = await lead.call('template.issue', { draftId })
  const { draft, problems } = await lead.call('task.newDraft', {
    projectId,
    templateSha256: sha256,
    fromSample: true,
  })
  expect(draft.templateSha256).toBe(sha256)
  expect(draft.content.team.map((m) => m.assigned)).toEqual(draft.content.team.map(() => null))
  expect(problems.filter((p) => p.code !== 'missingRows')).toEqual([])
})

test('draft copies bring checklists in the making to another machine', async () => {
  const draft = await office.call('template.newDraft', { from: { kind: 'blank', category: 'region' } })
  const folder = world.file('disk')
  mkdirSync(folder)
  office.answers.push(folder)
  await office.call('backup.chooseFolder', {})
  await office.call('backup.now', { job: job() })
  const own = readdirSync(folder)[0] ?? ''
  const copy = readdirSync(`${folder}/${own}`).find((name) => name.endsWith('.ypc')) ?? ''
  const other = world.machine('other')
  other.answers.push(`${folder}/${own}/${copy}`)
  const opened = await other.call('backup.openCopy', { passphrase: PASSPHRASE, job: job() })
  await other.call('backup.restore', { token: opened?.token ?? '', passphrase: PASSPHRASE, job: job() })
  const [me] = await other.call('identity.list', {})
  await other.call('identity.unlock', { keyId: me?.keyId ?? '', passphrase: PASSPHRASE })
  expect((await other.call('template.draft', { draftId: draft.draftId })).content).toEqual(draft.content)
})
