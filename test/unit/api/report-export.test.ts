import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPORT_FORMATS, type ReportFormat } from '../../../shared/contract/views.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import { fillSheet, gatherTeam, handOutTask, imported, sealed, settle } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { pdfjsRead } from '../../support/pdf-readers.ts'

let world: World
let lead: Machine
let expert: Machine
let taskId: string

beforeAll(async () => {
  world = makeWorld()
  const { lead: first, experts, projectId } = await gatherTeam(world)
  lead = first
  expert = experts[0] ?? first
  taskId = await handOutTask(world, lead, experts, projectId)
  const files: string[] = []
  for (const [n, machine] of [lead, ...experts].entries()) {
    await fillSheet(world, machine, taskId, n)
    if (machine === lead) expect((await lead.refused('report.export', order('pdf'))).code).toBe('ownSheetFirst')
    files.push((await sealed(world, machine, taskId, `sheet-${n}.evp`)).file)
  }
  await imported(lead, files.slice(1))
}, 120_000)
afterAll(async () => await world.end())

const order = (format: ReportFormat, profile: ProfileName = 'committee') => ({
  taskId,
  profile,
  format,
  language: 'zh' as const,
  job: job(),
})

async function write(format: ReportFormat, name: string, profile: ProfileName = 'committee') {
  lead.answers.push(world.file(name))
  const file = await lead.call('report.export', order(format, profile))
  if (file === null) throw new Error('nothing written')
  const bytes = readFileSync(file.path)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
  expect(bytes.length).toBe(file.size)
  return { ...file, bytes }
}

const textOf = (files: Record<string, Uint8Array>, name: string): string => strFromU8(files[name] ?? new Uint8Array())

async function check(path: string) {
  lead.answers.push(path)
  return await lead.call('report.check', {})
}

test('before the issue every format is a draft and says so', { timeout: 60_000 }, async () => {
  const pdf = await write('pdf', 'draft.pdf')
  const docx = await write('docx', 'draft.docx')
  const zip = await write('zip', 'draft.zip')
  expect([pdf, docx, zip].map((f) => f.isDraft)).toEqual([true, true, true])
  const { pages } = await pdfjsRead(pdf.path)
  expect(pages.filter((page) => !page.includes('草稿'))).toEqual([])
  expect(textOf(unzipSync(docx.bytes), 'word/header1.xml')).toContain('string="草稿"')
  const files = unzipSync(zip.bytes)
  expect(textOf(files, 'index.html')).toContain('尚未签发')
  expect(Object.keys(files).filter((name) => name.startsWith('报告/'))).toEqual([])
})

test('after the issue the PDF is the issued one, the others are made of it', { timeout: 120_000 }, async () => {
  const { task, template } = await lead.call('team.open', { taskId })
  await settle(lead, taskId, task, template)
  const closed = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(closed.state).toBe('closed')
  const pdf = await write('pdf', 'report.pdf')
  expect(pdf.isDraft).toBe(false)
  expect(await check(pdf.path)).toMatchObject({
    verdict: 'same',
    report: { profile: 'committee', version: 1, newest: 1 },
  })
  const model = await lead.call('report.model', { taskId, profile: 'committee', language: 'zh' })
  const docx = await write('docx', 'report.docx')
  const parts = unzipSync(docx.bytes)
  expect(textOf(parts, 'word/header1.xml')).not.toContain('草稿')
  expect(textOf(parts, 'word/footer1.xml')).toContain(model.checkCode)

  const archive = await write('zip', 'archive.zip', 'archive')
  const files = unzipSync(archive.bytes)
  expect(
    createHash('sha256')
      .update(files['报告/委员会版.pdf'] ?? '')
      .digest('hex'),
  ).toBe(pdf.sha256)
  const names = Object.keys(files).filter((n) => n.startsWith('佐证/'))
  expect(names.length).toBeGreaterThan(0)
  const stored = readdirSync(lead.context.session.current?.paths.media ?? '', { recursive: true }).map(String)
  for (const name of names) {
    const hash = createHash('sha256')
      .update(files[name] ?? '')
      .digest('hex')
    expect(stored.some((path) => basename(path) === hash)).toBe(true)
  }
  const enterprise = unzipSync((await write('zip', 'enterprise.zip', 'enterprise')).bytes)
  expect(Object.keys(enterprise).filter((n) => n.startsWith('报告/'))).toEqual(['报告/企业反馈版.pdf'])
})

test('nothing is overwritten, nothing is left of a cancelled export', { timeout: 60_000 }, async () => {
  writeFileSync(world.file('mine'), 'mine')
  for (const format of REPORT_FORMATS) {
    lead.answers.push(world.file('mine'))
    expect((await lead.refused('report.export', order(format))).code).toBe('fileExists')
    const target = world.file(`stopped.${format}`)
    lead.answers.push(target)
    const asked = order(format, 'archive')
    const running = lead.refused('report.export', asked)
    // The order waits for its dialog first; it can be stopped as soon as it has its name.
    while (!lead.context.running.has(asked.job)) await new Promise(setImmediate)
    await lead.call('job.cancel', { job: asked.job })
    expect((await running).code).toBe('cancelled')
    expect(existsSync(target)).toBe(false)
    expect(readdirSync(dirname(target)).filter((name) => name.endsWith('.part'))).toEqual([])
  }
  expect(readFileSync(world.file('mine'), 'utf8')).toBe('mine')
})

test('a changed report is recognised by its code, a strange one is not, and nothing else is taken for a PDF', async () => {
  const changed = world.file('changed.pdf')
  copyFileSync(world.file('report.pdf'), changed)
  writeFileSync(changed, Buffer.concat([readFileSync(changed), Buffer.from('%%EOF\n')]))
  expect(await check(changed)).toMatchObject({ verdict: 'changed', report: { version: 1 }, fileName: 'changed.pdf' })
  writeFileSync(world.file('strange.pdf'), '%PDF-1.4 nothing of ours')
  expect(await check(world.file('strange.pdf'))).toMatchObject({ verdict: 'unknown' })
  lead.answers.push(world.file('mine'))
  expect((await lead.refused('report.check', {})).code).toBe('unsupportedFile')
  // Whoever holds no result cannot say more.
  expert.answers.push(world.file('report.pdf'))
  expect(await expert.call('report.check', {})).toMatchObject({ verdict: 'unknown' })
})
