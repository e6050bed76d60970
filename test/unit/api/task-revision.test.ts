import { afterAll, beforeAll, expect, test } from 'vitest'
import { logLines } from '../../../electron/storage/log-store.ts'
import type { SheetView } from '../../../shared/contract/views.ts'
import type { LogLine } from '../../../shared/package/log.ts'
import { exported, fillSheet, gatherTeam, handOutTask, imported, sealed } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { drafted, nextEdition, previewed, revised, type NextEdition } from '../../support/task-revision.ts'
let world: World
let lead: Machine
let first: Machine
let second: Machine
let projectId: string
let taskId: string
let edition: NextEdition
let before: SheetView
const files: Record<string, string> = {}

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 3)
  const [a, b] = team.experts
  if (a === undefined || b === undefined) throw new Error('no experts')
  lead = team.lead
  first = a
  second = b
  projectId = team.projectId
  taskId = await handOutTask(world, lead, [first, second], projectId)
  await fillSheet(world, first, taskId, 1)
  await fillSheet(world, second, taskId, 2)
}, 120_000)
afterAll(async () => await world.end())

const personOf = (view: SheetView): string => view.me?.personId ?? ''
const actionsOf = (machine: Machine): LogLine['action'][] => {
  const { current } = machine.context.session
  if (current === null) throw new Error('locked')
  return logLines(current.store, taskId).map((text) => (JSON.parse(text) as LogLine).action)
}
/** What a sheet says, without when each record was written. */
const saidIn = ({ answers, nonconformities, witnessTests, media, sections, carryOver }: SheetView) => ({
  answers: answers.map(({ updatedAt: _at, ...said }) => said),
  nonconformities,
  witnessTests,
  media,
  sections,
  carryOver,
})

test('a revision is the task as it is until something is changed, and is issued as the same task', async () => {
  const begun = await lead.call('task.revise', { taskId })
  expect(begun.revises).toMatchObject({ taskId, fromRevision: 1, rights: 'all', changes: [] })
  expect(begun.problems.map((p) => p.code)).toEqual(['nothingChanged'])
  expect((await lead.call('task.revise', { taskId })).draft.draftId).toBe(begun.draft.draftId)
  expect((await first.refused('task.revise', { taskId })).code).toBe('notPermitted')

  const { card, file } = await revised(world, lead, taskId, (c) => ({
    ...c,
    dates: { from: c.dates.from, to: '2026-12-31' },
    // The same work, listed the other way round.
    team: c.team.map((m) => ({ ...m, assigned: m.assigned?.toReversed() ?? null })),
  }))
  files['two'] = file
  expect(card).toMatchObject({ taskId, revision: 2 })
  expect(await lead.call('task.drafts', {})).toEqual([])
  const late = await lead.refused('task.saveDraft', { draft: begun.draft })
  expect(late.code).toBe('stale')
  expect(actionsOf(lead)).toContain('taskRevised')
})

test('members see what changed for them; accepting keeps their sheet', async () => {
  before = await first.call('sheet.open', { taskId })
  const preview = await previewed(first, files['two'] ?? '')
  expect(preview.about?.revises).toMatchObject({ fromRevision: 1, fate: 'current' })
  expect(preview.about?.revises?.changes.map((c) => c.what)).toEqual(['dates'])
  await first.call('package.accept', { token: preview.token })
  const after = await first.call('sheet.open', { taskId })
  expect(after.task.revision).toBe(2)
  expect(saidIn(after)).toEqual(saidIn(before))
  expect(after.task.team).toEqual(before.task.team)
  expect((await previewed(first, files['two'] ?? '')).verdict).toBe('duplicate')
})

test('items that go to a colleague leave the sheet and come back with the next revision that returns them', async () => {
  await imported(second, [files['two'] ?? ''])
  const own = await first.call('sheet.open', { taskId })
  const me = personOf(own)
  const other = personOf(await second.call('sheet.open', { taskId }))
  const item = own.answers.find((a) => own.me?.owns.includes(a.item))?.item ?? ''
  const give = (from: string, to: string) =>
    revised(world, lead, taskId, (c) => ({
      ...c,
      team: c.team.map((m) => {
        const assigned = m.assigned?.filter((i) => i !== item) ?? null
        if (m.personId === from) return { ...m, assigned, owns: m.owns.filter((i) => i !== item) }
        return m.personId === to ? { ...m, assigned: [...(assigned ?? []), item], owns: [...m.owns, item] } : m
      }),
    }))
  const away = await give(me, other)
  const code = own.template.sections.flatMap((s) => s.items).find((i) => i.id === item)?.code
  const seen = await previewed(first, away.file)
  expect(seen.about?.revises?.changes).toContainEqual(
    expect.objectContaining({ what: 'work', personId: me, lost: [code], handedOver: [], gained: [], owns: [] }),
  )
  await first.call('package.accept', { token: seen.token })
  const without = await first.call('sheet.open', { taskId })
  expect(without.answers.map((a) => a.item)).toEqual(own.answers.map((a) => a.item).filter((i) => i !== item))
  expect((await first.call('task.list', {}))[0]?.progress).toEqual({
    answered: own.answers.length - 1,
    assigned: own.answers.length - 1,
  })
  await imported(second, [away.file])
  const back = await give(other, me)
  await imported(first, [back.file])
  await imported(second, [back.file])
  expect(saidIn(await first.call('sheet.open', { taskId }))).toEqual(saidIn(own))
})

test('another edition: the open sheet stays, is moved when its expert wants, and moved back without loss', async () => {
  before = await first.call('sheet.open', { taskId })
  const mine = before.template.sections.flatMap((s) => s.items).filter((i) => before.me?.owns.includes(i.id))
  const [gone, changed] = [mine.find((i) => i.type === 'conformity'), mine.find((i) => i.type === 'maturity')]
  const photo = before.media[0]
  if (gone === undefined || changed === undefined || photo === undefined) throw new Error('sample changed')
  const { sha256, caption, inReport } = photo
  await first.call('evidence.update', { taskId, sha256, caption, inReport, items: [gone.id] })
  await first.call('sheet.saveNonconformity', {
    taskId,
    nonconformity: { ...(before.nonconformities[0] ?? blankNonconformity), id: 'nc-gone', item: gone.id },
  })
  await first.call('sheet.saveWitnessTests', {
    taskId,
    witnessTests: [
      { item: gone.id, what: '复测', method: '', result: '合格', media: [] },
      { item: changed.id, what: '演练', method: '', result: '', media: [] },
    ],
  })
  before = await first.call('sheet.open', { taskId })
  files['second'] = (await sealed(world, second, taskId, 'second-1.evp')).file

  edition = await nextEdition(lead, before.task.templateSha256, [gone.id, changed.id])
  const swap = (ids: string[]) => ids.map((i) => (i === gone.id ? edition.added : i))
  const draft = await drafted(lead, taskId, (c) => c, edition.sha256)
  expect(draft.problems.map((p) => p.code)).toContain('unknownItem')
  const { file } = await revised(
    world,
    lead,
    taskId,
    (c) => ({
      ...c,
      team: c.team.map((m) => ({ ...m, assigned: m.assigned && swap(m.assigned), owns: swap(m.owns) })),
      prefill: { ...c.prefill, selfScores: c.prefill.selfScores.filter((s) => s.item !== gone.id) },
    }),
    edition.sha256,
  )
  files['edition'] = file
  const seen = await previewed(first, file)
  expect(seen.about?.revises).toMatchObject({ fate: 'move' })
  expect(seen.about?.revises?.changes[0]).toMatchObject({
    what: 'template',
    from: { edition: 1 },
    to: { edition: 2 },
  })
  await first.call('package.accept', { token: seen.token })

  const still = await first.call('sheet.open', { taskId })
  expect(still).toEqual(before)
  expect(await first.call('task.standing', { taskId })).toMatchObject({ fate: 'move', canMoveBack: false })
  expect((await first.call('task.list', {}))[0]?.next).toBe('move')
  const refused = await first.refused('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(refused).toMatchObject({ code: 'incomplete', problems: [{ code: 'olderEdition' }] })

  const plan = await first.call('sheet.movePlan', { taskId })
  const outcomeOf = (item: string) => plan.items.find((i) => i.item === item)?.outcome
  expect([gone.id, changed.id, edition.added].map(outcomeOf)).toEqual(['dropped', 'look', 'new'])
  expect(plan.items.filter((i) => i.outcome === 'look')).toHaveLength(1)
  expect(plan.items.find((i) => i.item === changed.id)).toMatchObject({
    fields: ['full_cp'],
    answer: { state: 'answered' },
  })
  expect(plan.items.filter((i) => i.outcome === 'kept')).toHaveLength(before.answers.length - 2)
  expect(plan).toMatchObject({ toTray: 1, from: { edition: 1 }, to: { edition: 2 } })
  const toRevision = plan.to.revision
  expect((await first.refused('sheet.move', { taskId, toRevision: 9 })).code).toBe('stale')

  const moved = await first.call('sheet.move', { taskId, toRevision })
  expect(moved.task).toMatchObject({ revision: toRevision, templateSha256: edition.sha256 })
  expect(moved.answers.some((a) => a.item === gone.id)).toBe(false)
  const [was, is] = [before, moved].map((v) => v.answers.find((a) => a.item === changed.id))
  expect(is?.value).toBe(was?.value)
  expect(is?.score).toBeGreaterThan(was?.score ?? 0)
  expect(moved.media.find((m) => m.sha256 === sha256)?.items).toEqual([])
  expect(moved.nonconformities.find((n) => n.id === 'nc-gone')?.item).toBeNull()
  expect(moved.witnessTests.map((t) => t.item)).toEqual([changed.id])
  expect(await first.call('task.standing', { taskId })).toMatchObject({ fate: 'current', canMoveBack: true })

  const back = await first.call('sheet.moveBack', { taskId })
  expect(saidIn(back)).toEqual(saidIn(before))
  expect((await first.refused('sheet.moveBack', { taskId })).code).toBe('stale')
  expect(actionsOf(first).filter((a) => a.startsWith('sheetMoved'))).toEqual(['sheetMoved', 'sheetMovedBack'])
})

const blankNonconformity = {
  id: 'nc',
  item: null,
  kind: 'minor' as const,
  requirement: '应有记录',
  evidence: '未见记录',
  where: '车间',
  when: '',
  sample: '',
  media: [],
  confirmedBy: '',
  state: 'draft' as const,
}

test('what is changed after a move stays changed when it is moved back, and what was new waits for the next move', async () => {
  const { to } = await first.call('sheet.movePlan', { taskId })
  const moved = await first.call('sheet.move', { taskId, toRevision: to.revision })
  const said = moved.answers.find((a) => a.item === edition.changed)
  if (said === undefined) throw new Error('sample changed')
  const changed = { ...said, note: '按新版细则复核' }
  await first.call('sheet.saveAnswer', { taskId, item: edition.changed, answer: changed })
  await answerAdded(first)
  const back = await first.call('sheet.moveBack', { taskId })
  const returned = back.answers.find((a) => a.item === edition.changed)
  const original = before.answers.find((a) => a.item === edition.changed)
  expect(returned).toMatchObject({ note: '按新版细则复核', value: original?.value, score: original?.score })
  expect(back.answers.some((a) => a.item === edition.added)).toBe(false)
  const again = await first.call('sheet.move', { taskId, toRevision: to.revision })
  expect(again.answers.find((a) => a.item === edition.added)?.facts).toBe('新条目')
  expect(again.answers.find((a) => a.item === edition.changed)?.note).toBe('按新版细则复核')
})

test('the lead sees whose sheet does not count and why; sealed again under the revision it counts', async () => {
  const moved = await first.call('sheet.open', { taskId })
  for (const media of moved.media.filter((m) => m.items.length === 0 && m.discardedAt === null))
    await first.call('evidence.discard', { taskId, sha256: media.sha256, discarded: true })
  await first.call('sheet.removeNonconformity', { taskId, id: 'nc-gone' })
  const one = await sealed(world, first, taskId, 'first.evp')
  expect((await first.refused('sheet.moveBack', { taskId })).code).toBe('sealed')
  await fillLead()
  await sealed(world, lead, taskId, 'lead.evp')
  await imported(lead, [files['second'] ?? '', one.file])
  const view = await lead.call('team.open', { taskId })
  const late = personOf(await second.call('sheet.open', { taskId }))
  expect(view.uncounted).toMatchObject([{ personId: late, why: 'template', revision: 1 }])
  expect(view.outcome?.missingMembers).toEqual([late])
  expect(view.sheets.map((s) => s.personId)).not.toContain(late)

  const seen = await previewed(second, files['edition'] ?? '')
  expect(seen.about?.revises?.fate).toBe('sealAgain')
  await second.call('package.accept', { token: seen.token })
  expect((await second.call('task.list', {}))[0]?.next).toBe('sealAgain')
  expect((await second.refused('sheet.movePlan', { taskId })).code).toBe('sealed')
  const open = await second.call('sheet.revise', { taskId, reason: '任务改用第2版细则' })
  expect(open.task.templateSha256).not.toBe(edition.sha256)
  const { to } = await second.call('sheet.movePlan', { taskId })
  await second.call('sheet.move', { taskId, toRevision: to.revision })
  await answerAdded(second)
  await imported(lead, [(await sealed(world, second, taskId, 'second-2.evp')).file])
  const all = await lead.call('team.open', { taskId })
  expect(all.uncounted).toEqual([])
  expect(all.outcome?.missingMembers).toEqual([])
})

/** Answers the item the new edition brought as another conformity item was answered. */
async function answerAdded(machine: Machine): Promise<void> {
  const { answers, template, me } = await machine.call('sheet.open', { taskId })
  if (me?.assigned?.includes(edition.added) === false) return
  const items = template.sections.flatMap((s) => s.items)
  const like = answers.find((a) => items.find((i) => i.id === a.item)?.type === 'conformity')
  if (like === undefined) throw new Error('sample changed')
  const answer = { ...like, item: edition.added, samples: [], media: [], reason: '', facts: '新条目', note: '新条目' }
  await machine.call('sheet.saveAnswer', { taskId, item: edition.added, answer: { ...answer, value: 'conform' } })
}

/** The lead's own sheet under the edition in force. */
async function fillLead(): Promise<void> {
  const { template, task, me } = await lead.call('sheet.accept', { taskId })
  expect(task.templateSha256).toBe(edition.sha256)
  const { sampleSheet } = await import('../../support/sample-answers.ts')
  const old = { ...template, sections: before.template.sections }
  const sheet = sampleSheet({ task, template: old, personId: me?.personId ?? '', at: new Date().toISOString() })
  const known = new Set(template.sections.flatMap((s) => s.items.map((i) => i.id)))
  for (const answer of sheet.answers.filter((a) => known.has(a.item)))
    await lead.call('sheet.saveAnswer', { taskId, item: answer.item, answer })
  await answerAdded(lead)
  for (const nonconformity of sheet.nonconformities.filter((n) => n.item === null || known.has(n.item)))
    await lead.call('sheet.saveNonconformity', { taskId, nonconformity })
}

test('the merge closes and every machine’s package stands up to a reader', async () => {
  const view = await lead.call('team.open', { taskId })
  const voters = view.outcome?.voters ?? []
  for (const m of view.outcome?.merge.items.filter((i) => i.outcome === 'open') ?? []) {
    const item = view.template.sections.flatMap((s) => s.items).find((i) => i.id === m.item)
    const isVeto = item?.type === 'veto'
    const given = m.answers.find((a) => a.value !== null)?.value ?? null
    await lead.call('team.decide', {
      taskId,
      item: m.item,
      outcome: isVeto ? 'pass' : item?.type === 'gate' ? 'yes' : 'value',
      value: isVeto ? 'pass' : item?.type === 'gate' ? 'yes' : given,
      score: null,
      reason: '现场复核后一致认定。',
      dissent: [],
      votes: isVeto ? voters.map((personId) => ({ personId, vote: 'pass' as const })) : [],
    })
  }
  await lead.call('team.confirm', {
    taskId,
    confirmation: {
      statement: 'agree',
      text: '',
      representative: '王建国',
      post: '总监',
      at: new Date().toISOString(),
      witnesses: [],
    },
  })
  const closed = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  files['result'] = await exported(world, lead, closed.results.at(-1)?.digest ?? '', 'result.evp')

  // A revision after the result was issued leaves it as it is until a correction is opened.
  await revised(world, lead, taskId, (c) => ({ ...c, dates: { ...c.dates, to: '2027-01-31' } }))
  const still = await lead.call('team.open', { taskId })
  expect(still.outcome).toEqual(closed.outcome)
  expect(still.checkCode).toBe(closed.checkCode)
})
