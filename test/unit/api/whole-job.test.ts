import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exported, fillSheet, gatherTeam, handOutTask, imported, sealed, settle } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'

let world: World
let lead: Machine
let experts: Machine[]
let taskId: string

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world)
  lead = team.lead
  experts = team.experts
  taskId = await handOutTask(world, lead, experts, team.projectId)
}, 120_000)
afterAll(async () => await world.end())

test('a team scores, seals, merges and issues a report', async () => {
  const everybody = [lead, ...experts]
  const files: string[] = []
  for (const [n, machine] of everybody.entries()) {
    await fillSheet(world, machine, taskId, n)
    if (machine === lead) expect((await lead.call('team.open', { taskId })).state).toBe('ownSheetFirst')
    const { file } = await sealed(world, machine, taskId, `sheet-${n}.evp`)
    if (machine !== lead) files.push(file)
  }
  await imported(lead, files.toReversed())
  const team = await lead.call('team.open', { taskId })
  expect(team.outcome?.missingMembers).toEqual([])
  expect(team.outcome?.merge.status).toBe('open')

  const early = await lead.refused('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(early.code).toBe('mergeOpen')

  await settle(lead, taskId, team.task, team.template)
  const wrong = await lead.refused('team.close', { taskId, passphrase: 'not the passphrase', job: job() })
  expect(wrong.code).toBe('wrongPassphrase')
  const closed = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(closed.state).toBe('closed')
  expect(closed.outcome?.merge.conclusion.computed).toBe('rectify')

  const result = await exported(world, lead, closed.results.at(-1)?.digest ?? '', 'result.evp')
  expect(existsSync(result)).toBe(true)
  lead.answers.push(world.file('report.pdf'))
  const report = await lead.call('report.export', {
    taskId,
    profile: 'committee',
    format: 'pdf',
    language: 'zh',
    job: job(),
  })
  expect(
    readFileSync(report?.path ?? '')
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})
