import { readFileSync, writeFileSync } from 'node:fs'
import { toBuffer } from 'qrcode'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemCode, pageCode } from '../../../shared/report/documents/page-code.ts'
import type { DocumentKind } from '../../../shared/report/documents/kinds.ts'
import { fillSheet, gatherTeam, handOutTask } from '../../support/app-job.ts'
import { job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { scanPdf } from '../../support/scans.ts'

const ANOTHER = '01234567-89ab-7def-8123-456789abcdef'

let world: World
let lead: Machine
let taskId: string
let items: string[]
let seed = 40

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 1)
  lead = team.lead
  taskId = await handOutTask(world, lead, [], team.projectId)
  const view = await fillSheet(world, lead, taskId, 1)
  items = view.answers.map((a) => a.item)
}, 60_000)
afterAll(async () => await world.end())

/** A photo in which codes with these texts are stuck to the wall. */
async function photographed(name: string, texts: readonly string[]): Promise<string> {
  const symbols = await Promise.all(texts.map((text) => toBuffer(text, { width: 220 })))
  const wall = await makePhoto(++seed, { width: 1600, height: 1200 })
  const placed = symbols.map((input, n) => ({ input, left: 40 + n * 260, top: 60 }))
  const path = world.file(name)
  writeFileSync(path, await sharp(wall).composite(placed).jpeg({ quality: 75 }).toBuffer())
  return path
}
const page = (kind: DocumentKind, n: number, of: number) =>
  pageCode(taskId, kind, 'AB12-CD34-EF56').replace('{page}', String(n)).replace('{pages}', String(of))

async function takenIn(paths: readonly string[]): Promise<string[]> {
  lead.answers.push(paths.join('|'))
  const taken = await lead.call('evidence.choose', { taskId, items: [], job: job() })
  return [...(taken?.added ?? []), ...(taken?.known ?? [])].map((m) => m.sha256)
}
const mediaNow = async () => (await lead.call('sheet.open', { taskId })).media

test('pictures go where their codes say, each by itself; hostile and unknown codes move nothing', async () => {
  const [first = '', second = ''] = items
  const paths = [
    await photographed('a.jpg', [itemCode(taskId, first)]),
    await photographed('b.jpg', [page('pocket', 2, 8), itemCode(taskId, first), itemCode(taskId, second)]),
    await photographed('c.jpg', [page('signatures', 1, 1)]),
    await photographed('d.jpg', [itemCode(taskId, first), itemCode(ANOTHER, first)]),
    await photographed('e.jpg', [itemCode(taskId, 'zz9.9')]),
    await photographed('f.jpg', ['https://example.cn/YP1/I/x', 'YP1/I/1/2', `YP1/I/${'0'.repeat(32)}/../../etc`]),
    await photographed('g.jpg', []),
  ]
  const sha256s = await takenIn(paths)
  const meetingsBefore = (await lead.call('sheet.open', { taskId })).meetings
  const { filings, meetings } = await lead.call('evidence.fileByCode', { taskId, sha256s, job: job() })
  expect(filings.map((f) => [f.medium.name, f.why, f.items, f.meetings])).toEqual([
    ['a.jpg', null, [first], []],
    ['b.jpg', null, expect.arrayContaining([first, second]), []],
    ['c.jpg', null, [], ['closing']],
    ['d.jpg', 'otherTask', [first], []],
    ['e.jpg', 'unknownItem', ['zz9.9'], []],
    ['f.jpg', 'noCode', [], []],
    ['g.jpg', 'noCode', [], []],
  ])
  const media = new Map((await mediaNow()).map((m) => [m.name, m]))
  expect(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => media.get(name)?.items.length)).toEqual([1, 2, 0])
  expect(['d.jpg', 'e.jpg', 'f.jpg', 'g.jpg'].map((name) => media.get(name)?.items)).toEqual([[], [], [], []])
  expect(media.get('c.jpg')?.caption).toBe('签字页（第 1/1 页）')
  const closing = meetings.find((m) => m.kind === 'closing')
  expect(closing?.media).toContain(media.get('c.jpg')?.sha256)

  for (const { medium, ...filing } of filings.filter((f) => f.why === null)) {
    const { sha256 } = medium
    // What a person wrote meanwhile, in another window, is no caption of ours.
    if (medium.name === 'a.jpg')
      await lead.call('evidence.update', { taskId, sha256, items: medium.items, inReport: false, caption: '铭牌' })
    const { items, meetings: kinds, pages } = filing
    await lead.call('evidence.unfile', { taskId, sha256, items, meetings: kinds, pages })
  }
  const view = await lead.call('sheet.open', { taskId })
  expect(view.meetings).toEqual(meetingsBefore)
  const back = view.media.filter((m) => sha256s.includes(m.sha256))
  expect(back.map((m) => m.items)).toEqual(sha256s.map(() => []))
  expect(back.flatMap((m) => (m.caption === '' ? [] : [[m.name, m.caption]]))).toEqual([['a.jpg', '铭牌']])
})

test('a paper of a meeting that is not on record waits for it; a picture put aside is left alone', async () => {
  const view = await lead.call('sheet.open', { taskId })
  const opened = view.meetings.filter((m) => m.kind !== 'closing')
  await lead.call('sheet.saveMeetings', { taskId, meetings: opened })
  const [paper = ''] = await takenIn([await photographed('h.jpg', [page('confirmation', 1, 2)])])
  const waiting = await lead.call('evidence.fileByCode', { taskId, sha256s: [paper], job: job() })
  expect(waiting.filings).toMatchObject([
    { why: 'noMeeting', meetings: ['closing'], medium: { caption: '', items: [] } },
  ])
  await lead.call('sheet.saveMeetings', { taskId, meetings: view.meetings })
  const filed = await lead.call('evidence.fileByCode', { taskId, sha256s: [paper], job: job() })
  expect(filed.filings).toMatchObject([{ why: null }])
  await lead.call('evidence.discard', { taskId, sha256: paper, discarded: true })
  expect((await lead.call('evidence.fileByCode', { taskId, sha256s: [paper], job: job() })).filings).toEqual([])
})

test('what the person says of a picture while it is read stays', async () => {
  const [paper = ''] = await takenIn([await photographed('i.jpg', [page('signatures', 1, 1)])])
  const under = lead.call('evidence.fileByCode', { taskId, sha256s: [paper], job: job() })
  const said = { caption: '盖章页', items: items.slice(0, 1), inReport: true }
  await lead.call('evidence.update', { taskId, sha256: paper, ...said })
  const { filings } = await under
  expect(filings).toMatchObject([{ why: null, meetings: ['closing'], medium: said, before: { caption: '盖章页' } }])
})

test('a scan saved as PDF goes where the codes of its pages say', async () => {
  const pages = await Promise.all(
    [1, 2].map(async (n) => {
      const data = readFileSync(await photographed(`page-${n}.jpg`, [page('nonconformities', n, 2)]))
      return { width: 1600, height: 1200, filter: 'DCTDecode', data }
    }),
  )
  const path = world.file('不符合项 签字.pdf')
  writeFileSync(path, scanPdf(pages))
  const sha256s = await takenIn([path])
  const { filings } = await lead.call('evidence.fileByCode', { taskId, sha256s, job: job() })
  expect(filings).toMatchObject([{ why: null, meetings: ['closing'], items: [], medium: { ext: 'pdf' } }])
  expect(filings[0]?.medium.caption).toBe('不符合项报告（第 1/2 页）、不符合项报告（第 2/2 页）')
})

test('a file that is no picture stays, and says so; a cancel keeps what was filed', async () => {
  const pdf = world.file('扫描.pdf')
  writeFileSync(pdf, '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  const [held = ''] = await takenIn([pdf])
  const read = await lead.call('evidence.fileByCode', { taskId, sha256s: [held], job: job() })
  expect(read.filings).toMatchObject([{ why: 'notReadable' }])
  const sha256s = await takenIn(
    await Promise.all(['1', '2', '3'].map((n) => photographed(`s${n}.jpg`, [itemCode(taskId, items[0] ?? '')]))),
  )
  const stopped = job()
  const under = lead.call('evidence.fileByCode', { taskId, sha256s, job: stopped })
  await lead.call('job.cancel', { job: stopped })
  const { filings } = await under
  expect(filings.length).toBeLessThan(3)
  const filed = (await mediaNow()).filter((m) => sha256s.includes(m.sha256) && m.items.length > 0)
  expect(filed.map((m) => m.sha256).toSorted()).toEqual(filings.map((f) => f.medium.sha256).toSorted())
})
