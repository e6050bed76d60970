import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SheetView } from '../../../shared/contract/views.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { fillSheet, gatherTeam, handOutTask, imported, sealed } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { killedWhile } from '../../support/killed-work.ts'
import { randomFrom } from '../../support/random.ts'
import { nextEdition, revised } from '../../support/task-revision.ts'

const ROUNDS = 1
const LIMIT = { timeout: 240_000 }
const random = randomFrom(Date.now())
const upTo = (ms: number): number => Math.floor(random() * ms)

let world: World
let lead: Machine
let expert: Machine
let taskId: string
let file: string
let edition: string
let copied = 0

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 2)
  lead = team.lead
  expert = team.experts[0] ?? lead
  taskId = await handOutTask(world, lead, [expert], team.projectId)
  await fillSheet(world, lead, taskId, 1)
  await sealed(world, lead, taskId, 'lead.evp')
  const { task, template } = await fillSheet(world, expert, taskId, 2)
  const items = templateItems(template)
  const gone = items.find((i) => i.type === 'conformity' && i.full_cp % 200 === 0)
  const changed = items.find((i) => i.type === 'maturity')
  edition = task.templateSha256
  const next = await nextEdition(lead, edition, [gone?.id ?? '', changed?.id ?? ''])
  // The expert's sheet as a package comes of a copy, so that the expert's own stays open.
  const twin = reopened(copyOf(expert))
  await unlock(twin)
  file = (await sealed(world, twin, taskId, 'expert.evp')).file
  twin.close()
  const renewed = (ids: readonly string[]) => ids.map((id) => (id === next.dropped ? next.added : id))
  const { file: second } = await revised(
    world,
    lead,
    taskId,
    (c) => ({
      ...c,
      team: c.team.map((m) => ({ ...m, owns: renewed(m.owns), assigned: m.assigned && renewed(m.assigned) })),
    }),
    next.sha256,
  )
  await unlock(expert)
  await imported(expert, [second])
}, 240_000)
afterAll(async () => await world.end())

/** A copy of a machine's profile, as if it had been switched off; its name in the world. */
function copyOf(machine: Machine): string {
  machine.close()
  const name = `copy-${++copied}`
  cpSync(machine.profile, join(world.folder, name), { recursive: true })
  return name
}
const reopened = (name: string): Machine => world.machine(name)
const unlock = async (machine: Machine): Promise<void> => {
  const [identity] = await machine.call('identity.list', {})
  await machine.call('identity.unlock', { keyId: identity?.keyId ?? '', passphrase: PASSPHRASE })
  const path = machine.context.session.current?.paths.database ?? ''
  const db = new Database(path, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
}
const saidIn = ({ task, answers, nonconformities, witnessTests, media, sections, carryOver }: SheetView) =>
  JSON.stringify([
    task.templateSha256,
    answers.map(({ updatedAt: _at, ...said }) => said),
    nonconformities,
    witnessTests,
    media,
    sections,
    carryOver,
  ])

test('killed while a sheet is moved: it is where it was or where it goes, with everything', LIMIT, async () => {
  const name = copyOf(expert)
  const machine = reopened(name)
  await unlock(machine)
  const before = saidIn(await machine.call('sheet.open', { taskId }))
  const { to } = await machine.call('sheet.movePlan', { taskId })
  const after = saidIn(await machine.call('sheet.move', { taskId, toRevision: to.revision }))
  expect(after).not.toBe(before)
  expect(saidIn(await machine.call('sheet.moveBack', { taskId }))).toBe(before)
  machine.close()
  for (let round = 0; round < ROUNDS; round++) {
    await killedWhile(machine.profile, 'move', taskId, upTo(120))
    const again = reopened(name)
    await unlock(again)
    const found = saidIn(await again.call('sheet.open', { taskId }))
    expect([before, after]).toContain(found)
    if (found === after) expect(saidIn(await again.call('sheet.moveBack', { taskId }))).toBe(before)
    again.close()
  }
})

test('killed while checklists are issued: each is a draft or an edition, never both or neither', LIMIT, async () => {
  const name = copyOf(expert)
  const machine = reopened(name)
  await unlock(machine)
  const known = (await machine.call('template.list', {})).length
  machine.close()
  let total = 0
  for (let round = 0; round < ROUNDS; round++) {
    const done = await killedWhile(machine.profile, 'issue', edition, upTo(150))
    const again = reopened(name)
    await unlock(again)
    const issued = await again.call('template.list', {})
    const drafts = await again.call('template.drafts', {})
    for (const { sha256 } of issued) await again.call('template.get', { sha256 })
    for (const { draftId } of drafts) {
      const { content } = await again.call('template.draft', { draftId })
      const isRenamed = content.number.startsWith('T ')
      expect(isRenamed && issued.some((t) => t.number === content.number)).toBe(false)
      await again.call('template.removeDraft', { draftId })
    }
    // At most the one that was under way when nobody had heard of it yet.
    expect(drafts.length).toBeLessThan(2)
    expect(issued.length - known - total - done).toBeGreaterThanOrEqual(0)
    expect(issued.length - known - total - done).toBeLessThan(2)
    total = issued.length - known
    again.close()
  }
})

test('killed while a sheet is taken in: it is not there, or whole with its photo', LIMIT, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const name = copyOf(lead)
    const profile = join(world.folder, name)
    const done = await killedWhile(profile, 'import', file, upTo(400))
    const again = reopened(name)
    await unlock(again)
    again.answers.push(file)
    const [preview] = (await again.call('package.open', { job: job() })) ?? []
    if (done > 0) expect(preview?.verdict).toBe('duplicate')
    expect(['ok', 'duplicate']).toContain(preview?.verdict)
    if (preview?.verdict === 'ok') await again.call('package.accept', { token: preview.token })
    const { task } = await again.call('team.open', { taskId })
    expect(task.taskId).toBe(taskId)
    const [digest = ''] = preview?.about ? [preview.about.digest] : []
    const out = world.file(`again-${copied}.evp`)
    again.answers.push(out)
    expect((await again.call('package.export', { digest, job: job() }))?.verifiedAt).toBeTruthy()
    again.close()
  }
})

test('killed while a copy is restored: nobody is there, or everything; it can be restored then', LIMIT, async () => {
  const twin = reopened(copyOf(expert))
  await unlock(twin)
  const folder = world.file('stick')
  mkdirSync(folder)
  twin.answers.push(folder)
  await twin.call('backup.chooseFolder', {})
  const said = saidIn(await twin.call('sheet.open', { taskId }))
  twin.close()
  const copy = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((n) => n.endsWith('.ypc')) ?? ''
  for (let round = 0; round < ROUNDS; round++) {
    const name = `restored-${round}`
    const profile = join(world.folder, name)
    mkdirSync(profile)
    await killedWhile(profile, 'restore', join(folder, copy), upTo(500))
    const again = reopened(name)
    if ((await again.call('identity.list', {})).length === 0) {
      again.answers.push(join(folder, copy))
      const opened = await again.call('backup.openCopy', { passphrase: PASSPHRASE, job: job() })
      await again.call('backup.restore', { token: opened?.token ?? '', passphrase: PASSPHRASE, job: job() })
    }
    await unlock(again)
    expect(saidIn(await again.call('sheet.open', { taskId }))).toBe(said)
    again.close()
  }
})
