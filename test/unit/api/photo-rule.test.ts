import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatherTeam } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { makePhoto } from '../../support/sample-photos.ts'

let world: World
let lead: Machine
let projectId: string

beforeAll(async () => {
  world = makeWorld()
  ;({ lead, projectId } = await gatherTeam(world, 1))
}, 60_000)
afterAll(async () => await world.end())

async function openTask(importPhotos: boolean): Promise<string> {
  const [template] = await lead.call('template.list', {})
  if (template === undefined) throw new Error('no checklist')
  const request = { projectId, templateSha256: template.sha256, fromSample: true }
  const { draft } = await lead.call('task.newDraft', request)
  const { content } = draft
  const rules = { ...content.rules, importPhotos }
  await lead.call('task.saveDraft', { draft: { ...draft, content: { ...content, rules } } })
  const { taskId } = await lead.call('task.issue', { draftId: draft.draftId, passphrase: PASSPHRASE })
  await lead.call('sheet.accept', { taskId })
  return taskId
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

test('a task without imported photos takes pictures from the camera only, and other files as ever', async () => {
  const taskId = await openTask(false)
  const photo = world.file('phone.jpg')
  const bytes = await makePhoto(1, { width: 640, height: 480 })
  writeFileSync(photo, bytes)
  writeFileSync(world.file('report.pdf'), '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  writeFileSync(world.file('scan.pdf'), bytes)
  lead.answers.push([photo, world.file('report.pdf'), world.file('scan.pdf')].join('|'))
  const taken = await lead.call('evidence.choose', { taskId, items: [], job: job() })
  expect(taken?.added.map((m) => m.ext)).toEqual(['pdf'])
  expect(taken?.refused).toEqual([
    { name: 'phone.jpg', code: 'importNotAllowed' },
    { name: 'scan.pdf', code: 'importNotAllowed' },
  ])
  const file = { name: 'IMG.jpg', bytes: new Uint8Array(readFileSync(photo)), fileAt: null }
  for (const road of ['drop', 'paste'] as const) {
    const { added, refused } = await lead.call('evidence.add', { taskId, items: [], road, files: [file], job: job() })
    expect([added, refused.map((r) => r.code)]).toEqual([[], ['importNotAllowed']])
  }
  const media = join(lead.profile, 'identities')
  expect(filesIn(media).filter((name) => /^[0-9a-f]{64}$/.test(name))).toHaveLength(1)
  const shot = await lead.call('evidence.add', { taskId, items: [], road: 'camera', files: [file], job: job() })
  expect(shot.added).toMatchObject([{ road: 'camera', ext: 'jpg' }])
  expect((await lead.call('sheet.open', { taskId })).media).toHaveLength(2)
})

test('a task that allows it takes the same picture from a file', async () => {
  const taskId = await openTask(true)
  const photo = world.file('other.jpg')
  writeFileSync(photo, await makePhoto(2, { width: 640, height: 480 }))
  lead.answers.push(photo)
  const taken = await lead.call('evidence.choose', { taskId, items: [], job: job() })
  expect(taken).toMatchObject({ added: [{ road: 'files', ext: 'jpg' }], refused: [] })
})
