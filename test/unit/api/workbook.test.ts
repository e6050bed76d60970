import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import { isScored, templateItems } from '../../../shared/domain/template.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import type { ReadWorkbook } from '../../../shared/tabular/workbook.ts'
import { fillSheet, gatherTeam, handOutTask, sealed } from '../../support/app-job.ts'
import { job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { oddWorkbook } from '../../support/odd-workbook.ts'

let world: World
let lead: Machine
let taskId: string

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 1)
  lead = team.lead
  taskId = await handOutTask(world, lead, [], team.projectId)
  await fillSheet(world, lead, taskId, 1)
}, 60_000)
afterAll(async () => await world.end())

async function written(path: string): Promise<ReadWorkbook> {
  const read = await readWorkbook(path, { signal: new AbortController().signal, progress: () => {} })
  if (!read.ok) throw new Error(read.failure.code)
  return read.value
}
async function openFile(path: string) {
  lead.answers.push(path)
  const opened = await lead.call('workbook.open', { job: job() })
  if (opened === null) throw new Error('nothing opened')
  return opened
}
const HAN = /[\p{Script=Han}，。；：（）、]/u
/** Every Chinese string somewhere in a value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return HAN.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
const texts = ({ sheets }: ReadWorkbook, name: string) =>
  sheets.find((s) => s.name === name)?.rows.map((r) => r.map((c) => c.value)) ?? []

describe('a checklist', () => {
  test('goes out as tables and comes back as the same draft', async () => {
    const [card] = await lead.call('template.list', {})
    if (card === undefined) throw new Error('no checklist')
    const path = world.file('细则.xlsx')
    lead.answers.push(path)
    const exported = await lead.call('workbook.exportTemplate', {
      source: { sha256: card.sha256 },
      format: 'xlsx',
      job: job(),
    })
    expect(exported).toMatchObject({ path, size: readFileSync(path).length })
    expect(exported?.verifiedAt).not.toBeNull()
    const opened = await openFile(path)
    expect(opened).toMatchObject({ kind: 'ours', guess: null, isRemembered: false })
    const preview = await lead.call('workbook.preview', { token: opened.token, mapping: null, job: job() })
    expect(preview.problems).toEqual([])
    const draft = await lead.call('workbook.accept', { token: opened.token, mapping: null, job: job() })
    expect(jcs(draft.content)).toBe(jcs(await lead.call('template.get', { sha256: card.sha256 })))
    expect(await lead.refused('workbook.preview', { token: opened.token, mapping: null, job: job() })).toMatchObject({
      code: 'notFound',
    })
    for (const format of ['csv', 'form'] as const) {
      const target = world.file(`a-${format}.${format === 'csv' ? 'csv' : 'xlsx'}`)
      lead.answers.push(target)
      await lead.call('workbook.exportTemplate', { source: { draftId: draft.draftId }, format, job: job() })
      expect((await written(target)).sheets[0]?.rows.length).toBeGreaterThan(templateItems(draft.content).length)
    }
  })

  test('from anybody is mapped, becomes a draft, and the mapping is remembered', async () => {
    const path = world.file('评价表.xlsx')
    writeFileSync(path, await writeWorkbook(oddWorkbook()))
    const opened = await openFile(path)
    expect(opened).toMatchObject({ kind: 'foreign', isRemembered: false })
    const { guess } = opened
    if (guess === null) throw new Error('nothing guessed')
    const changed = { ...guess, columns: { ...guess.columns, evidence: 6 }, title: '改过的标题' }
    const stopped = job()
    const cancelled = lead.refused('workbook.preview', { token: opened.token, mapping: changed, job: stopped })
    await lead.call('job.cancel', { job: stopped })
    expect(await cancelled).toEqual({ code: 'cancelled' })
    const preview = await lead.call('workbook.preview', { token: opened.token, mapping: changed, job: job() })
    expect(preview.counts.scored).toBeGreaterThan(4)
    const draft = await lead.call('workbook.accept', { token: opened.token, mapping: changed, job: job() })
    expect(draft.content.title.zh).toBe('改过的标题')
    const again = await openFile(path)
    expect(again.isRemembered).toBe(true)
    expect(again.guess?.columns).toEqual(changed.columns)
    await lead.call('workbook.dismiss', { token: again.token })
    expect(await lead.refused('workbook.accept', { token: again.token, mapping: null, job: job() })).toMatchObject({
      code: 'notFound',
    })
  })

  test('that is no spreadsheet is refused with the reason', async () => {
    const path = world.file('坏.xlsx')
    writeFileSync(path, 'not a spreadsheet at all')
    lead.answers.push(path)
    expect(await lead.refused('workbook.open', { job: job() })).toEqual({
      code: 'unsupportedFile',
      detail: 'notAWorkbook',
    })
    expect(await lead.call('workbook.open', { job: job() })).toBeNull()
  })
})

describe('scores', () => {
  test('of one’s own sheet are the engine’s to the digit', async () => {
    const path = world.file('评分表.xlsx')
    lead.answers.push(path)
    await lead.call('workbook.exportSheet', { taskId, job: job() })
    const view = await lead.call('sheet.open', { taskId })
    const book = await written(path)
    const rows = new Map(texts(book, '评分').map((r) => [r[0], r]))
    for (const item of templateItems(view.template)) {
      const answer = view.answers.find((a) => a.item === item.id)
      if (!isScored(item) || answer === undefined || answer.score === null) continue
      expect(String(rows.get(item.code)?.[4]), item.code).toBe(formatMicro(answer.score))
    }
  })

  test('of the team wait for one’s own sheet, then show everybody’s and why', async () => {
    expect(await lead.refused('workbook.exportTeam', { taskId, job: job() })).toMatchObject({ code: 'ownSheetFirst' })
    await sealed(world, lead, taskId, 'sheet.evp')
    const path = world.file('合并.xlsx')
    lead.answers.push(path)
    await lead.call('workbook.exportTeam', { taskId, job: job() })
    const { outcome } = await lead.call('team.open', { taskId })
    if (outcome === null) throw new Error('no merge')
    const { merge } = outcome
    const book = await written(path)
    expect(book.sheets.map((s) => s.name)).toEqual([
      '汇总',
      '专家评分',
      '评分偏差',
      '讨论与评议',
      '不符合项',
      '得分由来',
    ])
    const total = texts(book, '汇总').find((r) => r[0] === '折算总分')?.[1]
    expect(String(total)).toBe(formatMicro(merge.totals.converted ?? 0))
    expect(texts(book, '得分由来').filter((r) => r[0] === '条目')).toHaveLength(merge.items.length)
  })

  test('speak the language of the window; names people typed and the checklist’s own layout do not', async () => {
    const settings = await lead.call('app.settings', {})
    await lead.call('app.saveSettings', { ...settings, language: 'en' })
    try {
      const [card] = await lead.call('template.list', {})
      if (card === undefined) throw new Error('no checklist')
      const source = { sha256: card.sha256 }
      const [own, team, form, layout] = ['own', 'team', 'form', 'layout'].map((name) => world.file(`${name}-en.xlsx`))
      if (!own || !team || !form || !layout) throw new Error('no names')
      lead.answers.push(own, team, form, layout)
      await lead.call('workbook.exportSheet', { taskId, job: job() })
      await lead.call('workbook.exportTeam', { taskId, job: job() })
      await lead.call('workbook.exportTemplate', { source, format: 'form', job: job() })
      await lead.call('workbook.exportTemplate', { source, format: 'xlsx', job: job() })
      const { template: _, ...view } = await lead.call('sheet.open', { taskId })
      const template = await lead.call('template.get', source)
      const { inputs } = await lead.call('team.open', { taskId })
      const bases = templateItems(template).map((i) => i.basis)
      const typed = stringsIn([view, inputs, bases]).toSorted((a, b) => b.length - a.length)
      for (const path of [own, team, form]) {
        const book = await written(path)
        const left = book.sheets.flatMap((s) => [s.name, ...s.rows.flat().map((c) => String(c.value ?? ''))])
        const ours = left.map((text) => typed.reduce((rest, one) => rest.replaceAll(one, ''), text))
        expect(ours.filter((text) => HAN.test(text))).toEqual([])
      }
      const first = (await written(layout)).sheets[0]
      expect(first?.name).toBe('说明')
      expect(first?.rows.flat().some((c) => String(c.value).includes('in Chinese whatever the language'))).toBe(true)
    } finally {
      await lead.call('app.saveSettings', settings)
    }
  })
})
