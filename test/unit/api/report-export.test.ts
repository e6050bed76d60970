import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'
import sharp from 'sharp'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPORT_FORMATS, type ReportFormat } from '../../../shared/contract/views.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import { enclosedTemplate } from '../../../electron/report/enclosed-template.ts'
import { fullCodeOf } from '../../../shared/report/model.ts'
import { exported, fillSheet, gatherTeam, handOutTask, imported, sealed, settle } from '../../support/app-job.ts'
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

const CLI = join(import.meta.dirname, '../../../electron/cli.ts')

/** What the command line prints of a report it made. */
const onsite = (...args: string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [CLI, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

const textOf = (files: Record<string, Uint8Array>, name: string): string => strFromU8(files[name] ?? new Uint8Array())

async function check(path: string) {
  lead.answers.push(path)
  return await lead.call('report.check', {})
}

test('before the issue every format is a draft and says so', async () => {
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

test('the lead’s own report template shapes what is issued', async () => {
  const { id } = await lead.call('reportTemplate.create', { from: { category: 'industry' } })
  const { draft } = await lead.call('reportTemplate.draft', { id })
  const logoFile = world.file('logo.png')
  await sharp({ create: { width: 2400, height: 800, channels: 4, background: '#0b8a8f80' } })
    .png()
    .toFile(logoFile)
  lead.answers.push(logoFile)
  const logo = await lead.call('reportTemplate.logo', {})
  expect(logo).toMatchObject({ width: 900, height: 300 })
  writeFileSync(world.file('logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  lead.answers.push(world.file('logo.svg'))
  expect((await lead.refused('reportTemplate.logo', {})).code).toBe('unsupportedFile')
  const own = {
    ...draft,
    name: { zh: '省办样式', en: '' },
    logo,
    mark: { zh: '省品牌评定委员会', en: '' },
    chapters: { ...draft.chapters, committee: [1, 12, 5, 10, 9, 15] },
  }
  await lead.call('reportTemplate.saveDraft', { draft: own })
  const preview = await lead.call('reportTemplate.preview', { draft: own, profile: 'committee', language: 'zh' })
  const chapters = preview.blocks.flatMap((b) =>
    b.kind === 'heading' && b.about?.startsWith('chapter') ? [b.about] : [],
  )
  expect(chapters.map((c) => Number(c.slice(8)))).toEqual([1, 12, 5, 10, 9, 15])
  const bad = { ...own, chapters: { ...own.chapters, committee: [1, 5] } }
  await lead.call('reportTemplate.saveDraft', { draft: bad })
  const refused = await lead.refused('reportTemplate.issue', { id })
  expect(refused.problems?.map((p) => p.message)).toEqual(['10', '12', '15'])
  await lead.call('reportTemplate.saveDraft', { draft: own })
  const edition = await lead.call('reportTemplate.issue', { id })
  expect(edition.edition).toBe(1)
  await lead.call('reportTemplate.use', { category: 'industry', sha256: edition.sha256 })
  expect((await lead.refused('reportTemplate.use', { category: 'region', sha256: edition.sha256 })).code).toBe(
    'notFound',
  )

  lead.answers.push(world.file('own.json'))
  await lead.call('reportTemplate.export', { sha256: edition.sha256 })
  expert.answers.push(world.file('own.json'))
  expect(await expert.call('reportTemplate.import', {})).toEqual({ id })
  const held = (await expert.call('reportTemplate.list', {})).find((card) => card.id === id)
  expect(held?.editions.map((e) => e.sha256)).toEqual([edition.sha256])
  writeFileSync(world.file('other.json'), JSON.stringify({ ...own, mark: { zh: '另一个', en: '' } }))
  expert.answers.push(world.file('other.json'))
  expect((await expert.call('reportTemplate.import', {}))?.id).not.toBe(id)
  writeFileSync(world.file('bad.json'), JSON.stringify({ ...own, logo: { ...logo, sha256: 'a'.repeat(64) } }))
  expert.answers.push(world.file('bad.json'))
  expect((await expert.refused('reportTemplate.import', {})).code).toBe('unsupportedFile')
})

test('after the issue the PDF is the issued one, the others are made of it', async () => {
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
  // The report carries its template: without it in the database everything is still made the same.
  const card = (await lead.call('reportTemplate.list', {})).find((c) => !c.isBuiltIn)
  await lead.call('reportTemplate.remove', { id: card?.id ?? '' })
  const model = await lead.call('report.model', { taskId, profile: 'committee', language: 'zh' })
  expect(model.blocks[0]).toMatchObject({ kind: 'cover', organiser: '省品牌评定委员会', logo: { width: 900 } })
  const carried = enclosedTemplate(pdf.path)
  expect(carried?.sha256).toBe(card?.editions[0]?.sha256)
  expect(JSON.stringify(model.blocks.at(-1))).toContain(fullCodeOf(carried?.sha256 ?? ''))
  const docx = await write('docx', 'report.docx')
  const parts = unzipSync(docx.bytes)
  expect(textOf(parts, 'word/header1.xml')).not.toContain('草稿')
  expect(textOf(parts, 'word/footer1.xml')).toContain(model.checkCode)

  const result = (await lead.call('team.open', { taskId })).results[0]
  const packed = await exported(world, lead, result?.digest ?? '', 'result.evp')
  const again = onsite('report', packed, '--profile', 'committee', '-o', world.file('again.pdf'))
  expect(again).toMatchObject({ sha256: pdf.sha256, isIssued: true, reportTemplate: carried?.sha256 })
  const plain = world.file('plain.json')
  writeFileSync(plain, readFileSync(join(lead.context.assets, 'report-templates', 'industry.json')))
  const other = onsite(
    'report',
    packed,
    '--profile',
    'committee',
    '--template-file',
    plain,
    '-o',
    world.file('other.pdf'),
  )
  expect(other).toMatchObject({ isIssued: false })

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

test('nothing is overwritten, nothing is left of a cancelled export', async () => {
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

test('a cut, changed, lengthened or foreign file never counts as the report it looks like', async () => {
  const bytes = readFileSync(world.file('report.pdf'))
  const path = world.file('tampered.pdf')
  const verdictOf = async (changed: Uint8Array): Promise<string> => {
    writeFileSync(path, changed)
    lead.answers.push(path)
    const outcome = await lead.api['report.check']({})
    return outcome.ok ? (outcome.value?.verdict ?? 'none') : outcome.failure.code
  }
  expect(await verdictOf(bytes)).toBe('same')
  const found = new Set<string>()
  for (let n = 0; n < 200; n++) {
    const changed = Uint8Array.from(bytes)
    const at = Math.floor((n / 199) * (bytes.length - 1))
    changed[at] = (changed[at] ?? 0) ^ (1 << (n % 8))
    found.add(await verdictOf(changed))
  }
  for (let n = 1; n < 20; n++) found.add(await verdictOf(bytes.subarray(0, Math.floor((bytes.length * n) / 20))))
  const revision = '\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 0\ntrailer\n<< /Prev 1 >>\nstartxref\n1\n%%EOF\n'
  for (const more of [revision, '\n', '\0', bytes])
    found.add(await verdictOf(Buffer.concat([bytes, Buffer.from(more)])))
  found.delete('unsupportedFile')
  expect([...found].toSorted()).toEqual(['changed', 'unknown'])
  // The largest file anybody may pick by mistake: read once, in pieces.
  writeFileSync(path, '%PDF-1.7\n')
  truncateSync(path, 200 * 2 ** 20)
  const before = process.memoryUsage().rss
  lead.answers.push(path)
  expect(await lead.call('report.check', {})).toMatchObject({ verdict: 'unknown' })
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20)
})
