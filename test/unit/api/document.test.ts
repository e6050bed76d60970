import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Args } from '../../../shared/contract/api.ts'
import type { DocumentChoice } from '../../../shared/contract/document-methods.ts'
import { DOCUMENT_KINDS, OWN_KINDS } from '../../../shared/report/documents/kinds.ts'
import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import { fillSheet, gatherTeam, handOutTask, imported, sealed } from '../../support/app-job.ts'
import { job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { pdfjsRead } from '../../support/pdf-readers.ts'

let world: World
let lead: Machine
let expert: Machine
let taskId: string

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 2)
  const [other] = team.experts
  if (other === undefined) throw new Error('no expert')
  lead = team.lead
  expert = other
  taskId = await handOutTask(world, lead, [expert], team.projectId)
}, 60_000)
afterAll(async () => await world.end())

const wanted = (document: DocumentChoice): Args<'document.models'> => ({
  taskId,
  document,
  language: 'zh',
  pocket: { sections: null, ownPages: false, hints: true },
})
const textOf = (models: ReportModel[]): string => models.flatMap((m) => reportStrings(m).map((s) => s.text)).join('\n')

test('before anything is done a lead can print all but what says nothing yet, an expert the own papers', async () => {
  const cards = await lead.call('document.list', { taskId })
  expect(cards.map((c) => c.kind)).toEqual(DOCUMENT_KINDS)
  expect(cards.filter((c) => !c.isReady).map((c) => c.kind)).toEqual(['summary', 'signatures'])
  expect((await expert.call('document.list', { taskId })).map((c) => c.kind)).toEqual(OWN_KINDS)
  for (const kind of OWN_KINDS) expect(await expert.call('document.models', wanted(kind))).toHaveLength(1)
  expect((await expert.refused('document.models', wanted('summary'))).code).toBe('notPermitted')
  expect((await expert.refused('document.models', wanted('pack'))).code).toBe('notPermitted')
  expect((await lead.refused('document.models', wanted('summary'))).code).toBe('ownSheetFirst')
  expect(await lead.call('document.models', wanted('pack'))).toHaveLength(3)
})

test('a printed file is whole, stands alone, and replaces nothing', async () => {
  const target = world.file('pocket.pdf')
  expert.answers.push(target)
  const done = await expert.call('document.export', { ...wanted('pocket'), job: job() })
  expect(done).toMatchObject({ path: target, size: readFileSync(target).length })
  expect(done?.verifiedAt).not.toBeNull()
  const [model] = await expert.call('document.models', wanted('pocket'))
  expect((await pdfjsRead(target)).pages.join('')).toContain(model?.checkCode)

  writeFileSync(world.file('taken.pdf'), 'mine')
  expert.answers.push(world.file('taken.pdf'))
  expect((await expert.refused('document.export', { ...wanted('pocket'), job: job() })).code).toBe('fileExists')
  expect(readFileSync(world.file('taken.pdf'), 'utf8')).toBe('mine')
  expect(await expert.call('document.export', { ...wanted('pocket'), job: job() })).toBeNull()

  expert.answers.push(`${world.file('nowhere')}/x.pdf`)
  expect((await expert.refused('document.export', { ...wanted('pocket'), job: job() })).code).toBe('fileMissing')
  const { paths } = expert.context.session.current ?? {}
  expect(readdirSync(paths?.mediaTmp ?? '')).toEqual([])
})

test('stopped while it is drawn: no file', async () => {
  const target = world.file('stopped.pdf')
  expert.answers.push(target)
  const id = job()
  const running = expert.api['document.export']({ ...wanted('pocket'), job: id })
  while (!expert.context.running.has(id)) await setImmediate()
  await expert.call('job.cancel', { job: id })
  expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  expect(existsSync(target)).toBe(false)
})

test('own words change documents and not the report; kept phrases come back newest first', async () => {
  const words = { mark: '某市市场监督管理局', noticeDuties: '', integrityContact: '', confirmNote: '' }
  await lead.call('document.saveWords', { words })
  expect(await lead.call('document.words', {})).toEqual(words)
  expect(textOf(await lead.call('document.models', wanted('notice')))).toContain(words.mark)

  const [one, two] = [
    { id: randomUUID(), text: '记录完整。' },
    { id: randomUUID(), text: '记录缺页。' },
  ]
  await lead.call('phrase.save', { phrase: one })
  expect(await lead.call('phrase.save', { phrase: two })).toEqual([two, one])
  const changed = { ...one, text: '记录完整，可追溯。' }
  await lead.call('phrase.save', { phrase: changed })
  expect(await lead.call('phrase.remove', { id: two.id })).toEqual([changed])
  expect(await lead.call('phrase.list', {})).toEqual([changed])
  expect(await expert.call('phrase.list', {})).toEqual([])
})

test('with the visit merged the papers fill up, the same again however often they are made', async () => {
  await fillSheet(world, lead, taskId, 0)
  await fillSheet(world, expert, taskId, 1)
  await sealed(world, lead, taskId, 'lead.evp')
  const { file } = await sealed(world, expert, taskId, 'expert.evp')
  await imported(lead, [file])
  const draft = await lead.call('document.models', wanted('summary'))
  expect(textOf(draft)).toContain('评价结果尚未签发')
  expect(await lead.call('document.models', wanted('summary'))).toEqual(draft)

  const report = await lead.call('report.model', { taskId, profile: 'archive', language: 'zh' })
  expect(textOf([report])).not.toContain('某市市场监督管理局')

  lead.answers.push(world.file('pack.pdf'))
  await lead.call('document.export', { ...wanted('pack'), job: job() })
  const { outline, title } = await pdfjsRead(world.file('pack.pdf'))
  expect(title).toContain('签字材料包')
  const heads = outline.map((o) => o.title)
  for (const head of ['首次会议签到表', '不符合项报告', '现场情况确认单', '评价结果汇总表', '签字页'])
    expect(heads).toContain(head)
})
