import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepProfile } from '../../../electron/api/session.ts'
import { copyAndTell } from '../../../electron/api/backup.ts'
import { makeFolder } from '../../../electron/storage/files.ts'
import { identityPaths } from '../../../electron/storage/paths.ts'
import { fillSheet, gatherTeam, handOutTask, imported } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'

const PERSON = { unit: '样例省质量协会', number: 'YP-01', passphrase: PASSPHRASE }
let world: World
beforeEach(() => void (world = makeWorld()))
afterEach(async () => await world.end())

/** A machine two people share; the second one is unlocked. */
async function sharedMachine(name: string): Promise<{ machine: Machine; first: string; second: string }> {
  const machine = world.machine(name)
  const a = await machine.call('identity.create', { ...PERSON, name: '林晓岚' })
  const b = await machine.call('identity.create', { ...PERSON, name: '赵启航' })
  return { machine, first: a.identity.keyId, second: b.identity.keyId }
}

const unlock = async (machine: Machine, keyId: string) =>
  await machine.call('identity.unlock', { keyId, passphrase: PASSPHRASE })
const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

test('what one person was shown cannot be accepted by the next', async () => {
  const lead = world.machine('lead')
  await lead.call('identity.create', { ...PERSON, name: '沈明远' })
  const { projectId } = await lead.call('project.found', { name: '批次', passphrase: PASSPHRASE })
  lead.answers.push(world.file('invitation.json'))
  await lead.call('project.saveInvitation', { projectId })

  const { machine, first, second } = await sharedMachine('shared')
  const preview = async () => {
    machine.answers.push(world.file('invitation.json'))
    return (await machine.call('project.openInvitation', {}))?.token ?? ''
  }
  const token = await preview()
  await unlock(machine, first)
  expect((await machine.refused('project.join', { token, digitsCompared: true })).code).toBe('notFound')
  await unlock(machine, second)
  expect((await machine.refused('project.join', { token, digitsCompared: true })).code).toBe('notFound')
  await machine.call('project.join', { token: await preview(), digitsCompared: true })
  // The same roster again is fine and changes nothing.
  await machine.call('project.join', { token: await preview(), digitsCompared: true })
  expect(await machine.call('project.list', {})).toHaveLength(1)
})

test('a package that waited for a yes leaves nothing behind when its person locks', async () => {
  const { lead, experts, projectId } = await gatherTeam(world, 2)
  const [expert] = experts
  if (expert === undefined) throw new Error('no expert')
  await handOutTask(world, lead, [], projectId)
  const keyId = (await expert.call('identity.current', {}))?.keyId ?? ''
  const { quarantine } = identityPaths(expert.profile, keyId)
  expert.answers.push(world.file('task.evp'))
  const token = (await expert.call('package.open', { job: job() }))?.[0]?.token ?? ''
  expect(namesIn(quarantine).filter((n) => n.endsWith('.evp'))).toHaveLength(1)
  await expert.call('identity.lock', {})
  expect(namesIn(quarantine).filter((n) => n.endsWith('.evp'))).toEqual([])
  await unlock(expert, keyId)
  expect((await expert.refused('package.accept', { token })).code).toBe('notFound')
  await imported(expert, [world.file('task.evp')])
  expect(namesIn(quarantine).filter((n) => n.endsWith('.evp'))).toEqual([])
  // One file that cannot be read: nothing of the others stays half open.
  expert.answers.push(`${world.file('task.evp')}|${world.file('not-there.evp')}`)
  expect((await expert.refused('package.open', { job: job() })).code).toBe('fileMissing')
  expect(namesIn(quarantine).filter((n) => n.endsWith('.evp'))).toEqual([])
})

test('a dialog that outlives its person writes nothing', async () => {
  const { machine, first, second } = await sharedMachine('shared')
  const folder = world.file('stick')
  makeFolder(folder)
  const { dialogs } = machine.context
  const { folder: ask } = dialogs
  dialogs.folder = async (question) => {
    await machine.call('identity.lock', {})
    return await ask(question)
  }
  machine.answers.push(folder)
  expect((await machine.refused('backup.chooseFolder', {})).code).toBe('locked')
  expect(readdirSync(folder)).toEqual([])
  await unlock(machine, first)
  expect((await machine.call('backup.status', {})).folder).toBeNull()
  dialogs.folder = async (question) => {
    await unlock(machine, second)
    return await ask(question)
  }
  machine.answers.push(folder)
  expect((await machine.refused('backup.chooseFolder', {})).code).toBe('locked')
  expect(readdirSync(folder)).toEqual([])
  dialogs.folder = ask
  machine.answers.push(folder)
  expect((await machine.call('backup.chooseFolder', {}))?.lastAt).not.toBeNull()
  expect(readdirSync(folder)).toHaveLength(1)
})

test('evidence chosen by one person does not land with the next', async () => {
  const { lead, projectId } = await gatherTeam(world, 1)
  const taskId = await handOutTask(world, lead, [], projectId)
  const me = (await lead.call('identity.current', {}))?.keyId ?? ''
  await fillSheet(world, lead, taskId, 1)
  const { dialogs } = lead.context
  const { open } = dialogs
  dialogs.open = async (question) => {
    await lead.call('identity.create', { ...PERSON, name: '赵启航' })
    return await open(question)
  }
  lead.answers.push(world.file('photo-1.jpg'))
  expect((await lead.refused('evidence.choose', { taskId, items: [], job: job() })).code).toBe('locked')
  dialogs.open = open
  await unlock(lead, me)
  lead.answers.push(world.file('photo-1.jpg'))
  expect((await lead.call('evidence.choose', { taskId, items: [], job: job() }))?.known).toHaveLength(1)
})

test('locking while a passphrase is checked answers locked and changes nothing', async () => {
  const machine = world.machine('one')
  const { identity } = await machine.call('identity.create', { ...PERSON, name: '林晓岚' })
  const session = machine.context.session.current
  const founding = machine.refused('project.found', { name: '批次', passphrase: PASSPHRASE })
  await machine.call('identity.lock', {})
  expect((await founding).code).toBe('locked')
  expect(session?.keys.pkcs8.every((byte) => byte === 0)).toBe(true)
  expect((await machine.refused('project.list', {})).code).toBe('locked')
  await unlock(machine, identity.keyId)
  expect(await machine.call('project.list', {})).toEqual([])
  await machine.call('project.found', { name: '批次', passphrase: PASSPHRASE })
  expect(await machine.call('project.list', {})).toHaveLength(1)
})

test('a double click makes one identity and one project', async () => {
  const machine = world.machine('one')
  const args = { ...PERSON, name: '林晓岚' }
  const codes = await Promise.all([machine.api['identity.create'](args), machine.api['identity.create'](args)])
  expect(codes.map((o) => (o.ok ? 'ok' : o.failure.code)).toSorted()).toEqual(['busy', 'ok'])
  expect(await machine.call('identity.list', {})).toHaveLength(1)
  const founded = { name: '批次', passphrase: PASSPHRASE }
  const twice = await Promise.all([machine.api['project.found'](founded), machine.api['project.found'](founded)])
  expect(twice.map((o) => (o.ok ? 'ok' : o.failure.code)).toSorted()).toEqual(['busy', 'ok'])
  expect(await machine.call('project.list', {})).toHaveLength(1)
})

test('names are as long as what carries them, and never part of a path', async () => {
  const machine = world.machine('one')
  const long = await machine.refused('identity.create', { ...PERSON, name: '长'.repeat(65) })
  expect(long.problems?.map((p) => p.path)).toEqual(['name'])
  const names: string[] = []
  const { dialogs } = machine.context
  dialogs.save = async ({ name }) => {
    names.push(name)
    return null
  }
  await machine.call('identity.create', { ...PERSON, name: `../a\\b:${'𠮷'.repeat(25)}` })
  const project = await machine.call('project.found', { name: `批次/${'长'.repeat(300)}`, passphrase: PASSPHRASE })
  await machine.call('identity.saveRequest', {})
  await machine.call('identity.saveRecoveryKit', {})
  await machine.call('project.saveInvitation', { projectId: project.projectId })
  expect(names).toHaveLength(3)
  for (const name of names) {
    expect(name).toMatch(/^[^\\/:*?"<>|]+\.json$/)
    expect(Buffer.byteLength(name)).toBeLessThan(215)
    expect(name).not.toMatch(/\p{Cs}/u)
  }
})

test('a recovery kit gives the key back and nothing else', async () => {
  const machine = world.machine('one')
  const { identity, recoveryCode } = await machine.call('identity.create', { ...PERSON, name: '林晓岚' })
  const kit = world.file('kit.json')
  machine.answers.push(kit)
  await machine.call('identity.saveRecoveryKit', {})
  writeFileSync(kit, readFileSync(kit, 'utf8').replace('林晓岚', '别人'))
  await machine.call('identity.lock', {})

  machine.answers.push(kit)
  const recovered = await machine.call('identity.recover', { recoveryCode, passphrase: 'a new passphrase' })
  expect(recovered).toMatchObject({ keyId: identity.keyId, name: '林晓岚' })
  expect((await machine.refused('identity.unlock', { keyId: identity.keyId, passphrase: PASSPHRASE })).code).toBe(
    'wrongPassphrase',
  )

  const { identity: path } = identityPaths(machine.profile, identity.keyId)
  const damaged = readFileSync(path, 'utf8').slice(0, 200)
  await machine.call('identity.lock', {})
  writeFileSync(path, damaged)
  expect((await machine.refused('identity.unlock', { keyId: identity.keyId, passphrase: PASSPHRASE })).code).toBe(
    'damagedKey',
  )
  machine.answers.push(kit)
  expect((await machine.call('identity.recover', { recoveryCode, passphrase: PASSPHRASE }))?.keyId).toBe(identity.keyId)
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(damaged)

  const other = world.machine('other')
  other.answers.push(kit)
  expect(
    (
      await other.refused('identity.recover', {
        recoveryCode: recoveryCode.replaceAll(/[2-9]/g, '7'),
        passphrase: PASSPHRASE,
      })
    ).code,
  ).toMatch(/^(invalid|wrongPassphrase)$/)
  other.answers.splice(0, 1, kit)
  expect((await other.call('identity.recover', { recoveryCode, passphrase: PASSPHRASE }))?.keyId).toBe(identity.keyId)
})

test('draft copies: one at a time, restored once, with the right passphrase', async () => {
  const { lead, projectId } = await gatherTeam(world, 1)
  const taskId = await handOutTask(world, lead, [], projectId)
  const view = await fillSheet(world, lead, taskId, 1)
  const folder = world.file('stick')
  makeFolder(folder)
  lead.answers.push(folder)
  await lead.call('backup.chooseFolder', {})
  const twice = await Promise.all([lead.api['backup.now']({ job: job() }), lead.api['backup.now']({ job: job() })])
  expect(twice.map((o) => (o.ok ? 'ok' : o.failure.code)).toSorted()).toEqual(['busy', 'ok'])

  const own = join(folder, readdirSync(folder)[0] ?? '')
  const copy = join(
    own,
    readdirSync(own)
      .filter((n) => n.endsWith('.ypc'))
      .toSorted()
      .at(-1) ?? '',
  )
  const other = world.machine('other')
  const open = async (machine: Machine) => {
    machine.answers.push(copy)
    return (await machine.call('backup.openCopy', { passphrase: PASSPHRASE, job: job() }))?.token ?? ''
  }
  other.answers.push(copy)
  expect((await other.refused('backup.openCopy', { passphrase: 'not the passphrase', job: job() })).code).toBe(
    'wrongPassphrase',
  )
  const token = await open(other)
  expect((await other.refused('backup.restore', { token, passphrase: 'not the passphrase', job: job() })).code).toBe(
    'wrongPassphrase',
  )
  const { keyId } = await other.call('backup.restore', { token, passphrase: PASSPHRASE, job: job() })
  expect((await other.refused('backup.restore', { token, passphrase: PASSPHRASE, job: job() })).code).toBe('notFound')
  await unlock(other, keyId)
  const restored = await other.call('sheet.open', { taskId })
  expect(restored.answers).toEqual(view.answers)
  expect(restored.media).toEqual(view.media)
  const again = await other.refused('backup.restore', { token: await open(other), passphrase: PASSPHRASE, job: job() })
  expect(again.code).toBe('alreadyExists')
})

test('a draft copy that fails in the background is told', async () => {
  const machine = world.machine('one')
  await machine.call('identity.create', { ...PERSON, name: '林晓岚' })
  const session = machine.context.session.current
  if (session === null) throw new Error('locked')
  const folder = world.file('stick')
  machine.context.preferences.saveBackupPlan(session.keys.keyId, { folder, everyMinutes: 5 })
  await copyAndTell(machine.context, session)
  makeFolder(folder)
  await copyAndTell(machine.context, session)
  const told = machine.events.flatMap((e) => (e.type === 'backup' ? [e.status.lastFailure] : []))
  expect(told).toEqual(['fileMissing', null])
})

test('leftovers of a killed start are swept; what is whole stays', async () => {
  const machine = world.machine('one')
  const { identity } = await machine.call('identity.create', { ...PERSON, name: '林晓岚' })
  const staging = join(machine.profile, 'identities', `.new-${'0'.repeat(64)}`)
  const scratch = join(machine.profile, 'quarantine')
  for (const folder of [staging, scratch]) makeFolder(folder)
  writeFileSync(join(staging, 'onsite.db'), 'decrypted')
  writeFileSync(join(scratch, 'check.db'), 'decrypted')
  sweepProfile(machine.profile)
  expect([existsSync(staging), existsSync(scratch)]).toEqual([false, false])
  expect((await machine.call('identity.list', {})).map((i) => i.keyId)).toEqual([identity.keyId])
})
