import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrolled, fillSheet, gatherTeam, handOutTask, imported, invited, sealed } from '../../support/app-job.ts'
import { PASSPHRASE, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { previewed } from '../../support/task-revision.ts'
let world: World
beforeEach(() => void (world = makeWorld()))
afterEach(async () => await world.end())

const projectOf = async (machine: Machine) => {
  const [project] = await machine.call('project.list', {})
  if (project === undefined) throw new Error('no project')
  return project
}

test('only the founder withdraws keys, each once, and never the founder’s own', async () => {
  const { lead, experts, projectId } = await gatherTeam(world, 2)
  const [expert] = experts
  if (expert === undefined) throw new Error('no expert')
  const { me } = await projectOf(expert)
  const keyId = me?.keyId ?? ''
  const own = (await projectOf(lead)).me?.keyId ?? ''
  const ask = { projectId, passphrase: PASSPHRASE }
  expect((await expert.refused('project.revoke', { ...ask, keyId: own })).code).toBe('notPermitted')
  expect((await lead.refused('project.revoke', { ...ask, keyId: own })).code).toBe('notPermitted')
  expect((await lead.refused('project.revoke', { ...ask, keyId: '0'.repeat(64) })).code).toBe('notFound')
  expect((await lead.refused('project.revoke', { ...ask, keyId, passphrase: 'no' })).code).toBe('wrongPassphrase')
  const after = await lead.call('project.revoke', { ...ask, keyId })
  expect(after.members.find((m) => m.keyId === keyId)).toMatchObject({ isRevoked: true })
  expect(after.rosterSeq).toBe(3)
  expect((await lead.refused('project.revoke', { ...ask, keyId })).code).toBe('stale')
  const [template] = await lead.call('template.list', {})
  const { draft } = await lead.call('task.newDraft', {
    projectId,
    templateSha256: template?.sha256 ?? '',
    fromSample: false,
  })
  expect(draft.content.team.map((m) => m.personId)).not.toContain(me?.personId)
})

test('what was accepted before a key was withdrawn stays and counts; what comes after is refused', async () => {
  const { lead, experts, projectId } = await gatherTeam(world, 3)
  const [before, after] = experts
  if (before === undefined || after === undefined) throw new Error('no experts')
  const taskId = await handOutTask(world, lead, experts, projectId)
  for (const [n, machine] of [before, after, lead].entries()) await fillSheet(world, machine, taskId, n)
  const early = await sealed(world, before, taskId, 'before.evp')
  const late = await sealed(world, after, taskId, 'after.evp')
  await imported(lead, [early.file])
  for (const machine of [before, after]) {
    const keyId = (await projectOf(machine)).me?.keyId ?? ''
    await lead.call('project.revoke', { projectId, keyId, passphrase: PASSPHRASE })
  }
  expect((await previewed(lead, late.file)).verdict).toBe('revoked')
  expect((await previewed(lead, early.file)).verdict).toBe('duplicate')
  await sealed(world, lead, taskId, 'lead.evp')
  const { outcome } = await lead.call('team.open', { taskId })
  const person = (await projectOf(before)).me?.personId
  expect(outcome?.counted).toContain(person)

  // On the machine of whoever lost the key nothing more can be done with it once the roster is there.
  await invited(world, lead, [before], projectId)
  expect((await projectOf(before)).me).toBeNull()
  expect((await before.refused('sheet.open', { taskId })).code).toBe('notPermitted')
})

test('a person who comes with another key is the same person, and goes on with the same work', async () => {
  const { lead, experts, projectId } = await gatherTeam(world, 2)
  const [old] = experts
  if (old === undefined) throw new Error('no expert')
  const taskId = await handOutTask(world, lead, [old], projectId)
  await fillSheet(world, old, taskId, 1)
  const first = await sealed(world, old, taskId, 'first.evp')
  await imported(lead, [first.file])
  const { keyId, personId } = (await projectOf(old)).me ?? { keyId: '', personId: '' }
  await lead.call('project.revoke', { projectId, keyId, passphrase: PASSPHRASE })

  const fresh = world.machine('fresh')
  await fresh.call('identity.create', { name: '林晓岚', unit: '另一单位', number: '', passphrase: PASSPHRASE })
  fresh.answers.push(world.file('again.json'))
  await fresh.call('identity.saveRequest', {})
  lead.answers.push(world.file('again.json'))
  const request = await lead.call('project.openRequest', { projectId })
  expect(request).toMatchObject({ isKnown: false, samePerson: { personId, isRevoked: true } })
  await enrolled(world, lead, fresh, { projectId, role: 'expert', personId })
  await invited(world, lead, [fresh], projectId)
  const { members, me } = await projectOf(lead)
  expect(members.filter((m) => m.personId === personId).map((m) => m.isRevoked)).toEqual([true, false])
  expect(members.filter((m) => m.personId === personId).map((m) => m.unit)).toEqual([
    '样例省质量协会',
    '样例省质量协会',
  ])
  expect(me?.personId).not.toBe(personId)
  expect((await projectOf(fresh)).me?.personId).toBe(personId)

  await imported(fresh, [world.file('task.evp')])
  await fillSheet(world, fresh, taskId, 1)
  const one = await sealed(world, fresh, taskId, 'again-1.evp')
  // The first revision is taken already; the verdict says what to do: a revision of one's own.
  expect((await previewed(lead, one.file)).verdict).toBe('conflictingTwin')
  await fresh.call('sheet.revise', { taskId, reason: '更换身份文件后重新提交' })
  await imported(lead, [(await sealed(world, fresh, taskId, 'again-2.evp')).file])
  const packages = await lead.call('package.list', { taskId })
  expect(packages.filter((p) => p.kind === 'sheet').map((p) => [p.personId, p.revision, p.isSuperseded])).toEqual([
    [personId, 1, true],
    [personId, 2, false],
  ])
})
