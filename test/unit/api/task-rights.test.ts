import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TaskContent } from '../../../shared/contract/drafts.ts'
import { enrolled, exported, fillSheet, gatherTeam, handOutTask, imported, invited } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { drafted, previewed, revised } from '../../support/task-revision.ts'
let world: World
beforeEach(() => void (world = makeWorld()))
afterEach(async () => await world.end())

const later = (content: TaskContent, to: string): TaskContent => ({ ...content, dates: { ...content.dates, to } })
const personIdOf = async (machine: Machine, projectId: string): Promise<string> =>
  (await machine.call('project.list', {})).find((p) => p.projectId === projectId)?.me?.personId ?? ''

/** An office that issues a task to a lead and an expert of the same project. */
async function officeTask() {
  const { lead, experts, projectId } = await gatherTeam(world, 2)
  const [expert] = experts
  if (expert === undefined) throw new Error('no expert')
  const office = world.machine('office')
  await office.call('identity.create', { name: '评定办', unit: '样例省', number: 'B-1', passphrase: PASSPHRASE })
  await enrolled(world, lead, office, { projectId, role: 'office' })
  await invited(world, lead, [office, expert], projectId)
  const leadId = await personIdOf(lead, projectId)
  const [template] = await office.call('template.list', {})
  const { draft } = await office.call('task.newDraft', {
    projectId,
    templateSha256: template?.sha256 ?? '',
    fromSample: true,
  })
  const team = draft.content.team.map((m) => ({
    ...m,
    role: m.personId === leadId ? ('lead' as const) : ('expert' as const),
  }))
  await office.call('task.saveDraft', { draft: { ...draft, content: { ...draft.content, team } } })
  const card = await office.call('task.issue', { draftId: draft.draftId, passphrase: PASSPHRASE })
  const file = await exported(world, office, card.taskPackage?.digest ?? '', 'task-1.evp')
  await imported(lead, [file])
  await imported(expert, [file])
  return { office, lead, expert, projectId, taskId: card.taskId }
}

test('the office may change all of a task, its lead people, work, dates, schedule and sites only', async () => {
  const { office, lead, expert, taskId } = await officeTask()
  expect(await lead.call('task.standing', { taskId })).toMatchObject({ mayRevise: 'onSite', fate: 'none' })
  expect((await expert.call('task.standing', { taskId })).mayRevise).toBeNull()
  expect((await office.call('task.standing', { taskId })).mayRevise).toBe('all')

  const view = await drafted(lead, taskId, (c) => ({ ...later(c, '2026-12-30'), reportNumber: 'R-OTHER' }))
  expect(view.revises).toMatchObject({ rights: 'onSite' })
  expect(view.revises?.changes.map((c) => c.what)).toEqual(['dates'])
  const two = await lead.call('task.issue', { draftId: view.draft.draftId, passphrase: PASSPHRASE })
  const before = (await expert.call('task.standing', { taskId })).task
  const file = await exported(world, lead, two.taskPackage?.digest ?? '', 'task-2.evp')
  await imported(expert, [file])
  const { task } = await expert.call('task.standing', { taskId })
  expect(task).toMatchObject({ revision: 2, reportNumber: before.reportNumber, dates: { to: '2026-12-30' } })
  // Having issued a revision does not make its lead the issuer of the task.
  expect((await lead.call('task.standing', { taskId })).mayRevise).toBe('onSite')
})

test('out of order: a lead’s revision waits for the one before it, the office’s does not; the earlier one is older then', async () => {
  const { office, lead, expert, taskId } = await officeTask()
  const two = await revised(world, office, taskId, (c) => ({ ...c, reportNumber: 'R-2' }))
  await imported(lead, [two.file])
  const three = await revised(world, lead, taskId, (c) => later(c, '2026-12-29'))
  const early = await previewed(expert, three.file)
  expect(early).toMatchObject({ verdict: 'notPermitted', problems: [{ code: 'revisionMissing', message: '2' }] })
  await imported(expert, [two.file])
  await imported(expert, [three.file])
  expect((await expert.call('task.standing', { taskId })).task).toMatchObject({ revision: 3, reportNumber: 'R-2' })

  await imported(office, [three.file])
  const four = await revised(world, office, taskId, (c) => later(c, '2026-12-28'))
  const five = await revised(world, office, taskId, (c) => later(c, '2026-12-27'))
  await imported(expert, [five.file])
  expect((await previewed(expert, four.file)).verdict).toBe('older')
  expect((await expert.call('task.standing', { taskId })).task.revision).toBe(5)
})

test('a draft begun from an earlier revision says so and is begun anew', async () => {
  const { office, lead, taskId } = await officeTask()
  const begun = await drafted(lead, taskId, (c) => later(c, '2026-12-30'))
  expect(begun.problems).toEqual([])
  await imported(lead, [(await revised(world, office, taskId, (c) => ({ ...c, reportNumber: 'R-2' }))).file])
  const stale = await lead.call('task.draft', { draftId: begun.draft.draftId })
  expect(stale.problems).toMatchObject([{ code: 'revisedMeanwhile', message: '2' }])
  expect((await lead.refused('task.issue', { draftId: begun.draft.draftId, passphrase: PASSPHRASE })).code).toBe(
    'invalid',
  )
  const again = await lead.call('task.revise', { taskId })
  expect(again.revises?.fromRevision).toBe(2)
  expect(again.draft.content.reportNumber).toBe('R-2')
  expect(await lead.call('task.drafts', {})).toMatchObject([{ draftId: again.draft.draftId, revision: 3 }])
})

test('somebody taken out of the team keeps what was recorded and cannot seal; an observer has nothing to do', async () => {
  const { lead, experts, projectId } = await gatherTeam(world, 2)
  const [gone] = experts
  if (gone === undefined) throw new Error('no expert')
  const taskId = await handOutTask(world, lead, experts, projectId)
  await fillSheet(world, gone, taskId, 1)
  const id = await personIdOf(gone, projectId)
  const { file } = await revised(world, lead, taskId, (c) => ({
    ...c,
    team: c.team.flatMap((m) => (m.personId === id ? [] : [{ ...m, assigned: null }])),
    schedule: c.schedule.map((line) => ({ ...line, who: line.who.filter((who) => who !== id) })),
  }))
  const seen = await previewed(gone, file)
  expect(seen.about?.revises).toMatchObject({ fate: 'removed' })
  expect(seen.about?.revises?.changes).toContainEqual(expect.objectContaining({ what: 'left', personId: id }))
  await gone.call('package.accept', { token: seen.token })
  const view = await gone.call('sheet.open', { taskId })
  expect(view.me).toBeNull()
  expect((await gone.refused('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })).code).toBe('notPermitted')
  expect((await gone.call('task.list', {}))[0]?.next).toBe('observe')

  const { file: back } = await revised(world, lead, taskId, (c) => ({
    ...c,
    team: [
      ...c.team,
      { ...(c.team[0] ?? expect.fail()), personId: id, name: '林晓岚', role: 'expert', assigned: null, owns: [] },
    ],
  }))
  await imported(gone, [back])
  expect((await gone.call('sheet.open', { taskId })).answers.length).toBeGreaterThan(20)

  const { file: watching } = await revised(world, lead, taskId, (c) => ({
    ...c,
    team: c.team.map((m) => (m.personId === id ? { ...m, role: 'observer', assigned: [], owns: [] } : m)),
  }))
  const last = await previewed(gone, watching)
  expect(last.about?.revises).toMatchObject({
    fate: 'removed',
    changes: [{ what: 'role', to: 'observer' }, { what: 'work' }],
  })
})
