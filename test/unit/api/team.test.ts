import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listPackages, packageEntries } from '../../../electron/storage/package-store.ts'
import { logLines } from '../../../electron/storage/log-store.ts'
import { mediaPath } from '../../../electron/storage/paths.ts'
import type { LogLine } from '../../../shared/package/log.ts'
import { exported, fillSheet, gatherTeam, handOutTask, imported, sealed } from '../../support/app-job.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { teamProblems } from '../../../shared/scoring/demands.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'

let world: World
let lead: Machine
let expert: Machine
let projectId: string
let taskId: string
let twin: Machine
let files: { first: string; twin: string }

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 2)
  const [other] = team.experts
  if (other === undefined) throw new Error('no expert')
  lead = team.lead
  expert = other
  projectId = team.projectId
  taskId = await handOutTask(world, lead, [expert], projectId)
}, 60_000)
afterAll(async () => await world.end())

const sessionOf = (machine: Machine) => {
  const { current } = machine.context.session
  if (current === null) throw new Error('locked')
  return current
}
const linesOf = (machine: Machine) =>
  logLines(sessionOf(machine).store, taskId).map((text) => JSON.parse(text) as LogLine)
const preview = async (machine: Machine, paths: string[]) => {
  machine.answers.push(paths.join('|'))
  return (await machine.call('package.open', { job: job() })) ?? []
}

test('what points nowhere is refused when it is entered, not when it is sealed', async () => {
  const view = await fillSheet(world, expert, taskId, 1)
  const [nc] = view.nonconformities
  const [media] = view.media
  const [section] = view.sections
  if (nc === undefined || media === undefined || section === undefined) throw new Error('sample changed')
  const codes = async (refused: ReturnType<Machine['refused']>) => (await refused).problems?.map((p) => p.code)
  expect(
    await codes(expert.refused('sheet.saveNonconformity', { taskId, nonconformity: { ...nc, item: 'nowhere' } })),
  ).toEqual(['unknownItem'])
  expect(
    await codes(expert.refused('sheet.saveSection', { taskId, summary: { ...section, section: 'nowhere' } })),
  ).toEqual(['unknownSection'])
  expect(
    await codes(expert.refused('sheet.saveCarryOver', { taskId, finding: { id: 'nowhere', finding: '', media: [] } })),
  ).toEqual(['unknownQuestion'])
  const { sha256, caption, inReport } = media
  expect(
    await codes(expert.refused('evidence.update', { taskId, sha256, caption, inReport, items: ['nowhere'] })),
  ).toEqual(['unknownItem'])
  await expert.call('sheet.saveNonconformity', { taskId, nonconformity: nc })
  await expert.call('evidence.update', { taskId, sha256, caption, inReport, items: media.items })
})

test('a picture set aside after it was cited does not keep the sheet from being sealed', async () => {
  const { nonconformities } = await expert.call('sheet.open', { taskId })
  const [nc] = nonconformities
  writeFileSync(world.file('note.txt'), 'not a photo')
  expert.answers.push(world.file('note.txt'))
  const refused = await expert.call('evidence.choose', { taskId, items: [], job: job() })
  expect(refused).toMatchObject({ added: [], refused: [{ name: 'note.txt', code: 'unsupportedFile' }] })
  expert.answers.push(join(import.meta.dirname, '../../../assets/readme/none.jpg'))
  expect((await expert.call('evidence.choose', { taskId, items: [], job: job() }))?.refused[0]?.code).toBe(
    'fileMissing',
  )
  if (nc === undefined) throw new Error('sample changed')
  const { sha256 } = (await expert.call('sheet.open', { taskId })).media[0] ?? { sha256: '' }
  await expert.call('sheet.saveNonconformity', { taskId, nonconformity: { ...nc, media: [sha256] } })
  await expert.call('evidence.discard', { taskId, sha256, discarded: true })
  // The machine as it was before sealing: a stolen or copied profile seals under the same place in the chain.
  const { keyId } = sessionOf(expert).keys
  await expert.call('identity.lock', {})
  cpSync(expert.profile, join(world.folder, 'twin'), { recursive: true })
  twin = world.machine('twin')
  for (const machine of [expert, twin]) await machine.call('identity.unlock', { keyId, passphrase: PASSPHRASE })
  const [answer] = (await twin.call('sheet.open', { taskId })).answers
  if (answer === undefined) throw new Error('no answer')
  await twin.call('sheet.saveAnswer', { taskId, item: answer.item, answer: { ...answer, note: '另一份内容' } })

  const first = await sealed(world, expert, taskId, 'sheet-1.evp')
  files = { first: first.file, twin: (await sealed(world, twin, taskId, 'sheet-1-twin.evp')).file }
})

test('sealed means frozen', async () => {
  const view = await expert.call('sheet.open', { taskId })
  const [answer] = view.answers
  const [nc] = view.nonconformities
  const [media] = view.media
  if (answer === undefined || nc === undefined || media === undefined) throw new Error('sample changed')
  const { sha256 } = media
  const codes = [
    await expert.refused('sheet.saveAnswer', { taskId, item: answer.item, answer: null }),
    await expert.refused('sheet.saveNonconformity', { taskId, nonconformity: nc }),
    await expert.refused('sheet.removeNonconformity', { taskId, id: nc.id }),
    await expert.refused('sheet.saveMeetings', { taskId, meetings: [] }),
    await expert.refused('sheet.saveWitnessTests', { taskId, witnessTests: [] }),
    await expert.refused('evidence.discard', { taskId, sha256, discarded: false }),
    await expert.refused('evidence.update', { taskId, sha256, caption: '', items: [], inReport: false }),
    await expert.refused('sheet.accept', { taskId }),
    await expert.refused('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() }),
  ].map((f) => f.code)
  expect(new Set(codes)).toEqual(new Set(['sealed']))
  expect(await expert.call('sheet.open', { taskId })).toEqual(view)
})

test('an export never replaces a file, and says whether it arrived', async () => {
  const [digest] = listPackages(sessionOf(expert).store, taskId).flatMap((p) => (p.kind === 'sheet' ? [p.digest] : []))
  writeFileSync(world.file('mine.evp'), 'mine')
  expert.answers.push(world.file('mine.evp'))
  expect((await expert.refused('package.export', { digest: digest ?? '', job: job() })).code).toBe('fileExists')
  expect(readFileSync(world.file('mine.evp'), 'utf8')).toBe('mine')
  expert.answers.push(world.file('pulled-stick/mine.evp'))
  expect((await expert.refused('package.export', { digest: digest ?? '', job: job() })).code).toBe('fileMissing')
  const again = await exported(world, expert, digest ?? '', 'again.evp')
  expect(readFileSync(again).equals(readFileSync(files.first))).toBe(true)
  const actions = linesOf(expert).map((l) => l.action)
  expect(actions.slice(-4)).toEqual(['exported', 'verified', 'exported', 'verified'])
})

test("a colleague's words and scores stay hidden until the lead's own sheet is sealed", async () => {
  const damaged = readFileSync(files.first)
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1
  writeFileSync(world.file('damaged.evp'), damaged)
  writeFileSync(world.file('foreign.evp'), 'PK not a package')
  const bad = await preview(lead, [world.file('damaged.evp'), world.file('foreign.evp')])
  expect(bad.map((p) => p.verdict)).toEqual(['damaged', 'damaged'])
  expect((await lead.refused('package.accept', { token: bad[0]?.token ?? '' })).code).toBe('notFound')

  // Each is fine by itself; once one was accepted the other is not.
  const both = await preview(lead, [files.first, files.twin])
  expect(both.map((p) => p.verdict)).toEqual(['ok', 'ok'])
  await lead.call('package.accept', { token: both[0]?.token ?? '' })
  expect(await lead.refused('package.accept', { token: both[1]?.token ?? '' })).toMatchObject({
    code: 'refused',
    detail: 'conflictingTwin',
  })
  expect((await lead.refused('package.accept', { token: both[0]?.token ?? '' })).code).toBe('notFound')

  const hidden = await lead.call('team.open', { taskId })
  expect(hidden.state).toBe('ownSheetFirst')
  expect(hidden.arrived).toHaveLength(1)
  const said = (await expert.call('sheet.open', { taskId })).sections[0]?.facts ?? '?'
  expect(JSON.stringify(hidden)).not.toContain(said.split('\n')[0])
  const { text } = hidden
  for (const profile of ['committee', 'archive'] as const) {
    expect((await lead.refused('report.model', { taskId, profile, language: 'zh' })).code).toBe('ownSheetFirst')
  }
  expect((await lead.refused('team.saveText', { taskId, text })).code).toBe('ownSheetFirst')
  expect((await lead.refused('team.close', { taskId, passphrase: PASSPHRASE, job: job() })).code).toBe('ownSheetFirst')
  expect((await expert.refused('team.open', { taskId })).code).toBe('notPermitted')

  await fillSheet(world, lead, taskId, 0)
  await sealed(world, lead, taskId, 'lead.evp')
  const shown = await lead.call('team.open', { taskId })
  expect(shown.sheets).toHaveLength(2)
  expect(JSON.stringify(shown.text)).toContain(said.split('\n')[0])
})

/** Settles whatever is open, the way the sheets propose. */
async function settleAll(): Promise<void> {
  const view = await lead.call('team.open', { taskId })
  const voters = view.outcome?.voters ?? []
  for (const m of view.outcome?.merge.items.filter((i) => i.outcome === 'open') ?? []) {
    const item = view.template.sections.flatMap((s) => s.items).find((i) => i.id === m.item)
    const given = m.answers.find((a) => a.value !== null)?.value ?? null
    const isVeto = item?.type === 'veto'
    await lead.call('team.decide', {
      taskId,
      item: m.item,
      outcome: isVeto ? 'pass' : 'value',
      value: isVeto ? 'pass' : given,
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
}

test('only what exists can be excluded or cited by the team', async () => {
  expect((await lead.refused('team.exclude', { taskId, personId: 'nobody', reason: '无' })).code).toBe('notFound')
  const [entry] = (await lead.call('team.open', { taskId })).inputs.nonconformities
  if (entry === undefined) throw new Error('sample changed')
  const media = ['0'.repeat(64)]
  expect((await lead.refused('team.saveNonconformity', { taskId, nonconformity: { ...entry, media } })).code).toBe(
    'invalid',
  )
  await lead.call('team.saveNonconformity', { taskId, nonconformity: entry })
})

test('a result is not issued while the team owes proof, and is once one sheet brings it', async () => {
  const before = await lead.call('team.open', { taskId })
  const { template, task } = before
  const parts = before.sheets.map((s) => s.sheet)
  const bare = (a: Answer): Answer => ({ ...a, documents: [], media: [], noEvidence: '' })
  const stripped = parts.map((sheet) => ({ ...sheet, answers: sheet.answers.map(bare) }))
  const owed = teamProblems(task, template, stripped).filter((p) => p.problem === 'evidence')
  const item = owed.map((p) => p.item).find((id) => !parts.some((s) => s.media.some((m) => m.items.includes(id))))
  if (item === undefined) throw new Error('sample changed')
  expect(before.proof).toEqual([])
  await settleAll()

  const strip = async (machine: Machine) => {
    await machine.call('sheet.revise', { taskId, reason: '撤下一份佐证' })
    const answer = (await machine.call('sheet.open', { taskId })).answers.find((a) => a.item === item)
    if (answer === undefined) throw new Error('sample changed')
    await machine.call('sheet.saveAnswer', { taskId, item: item, answer: bare(answer) })
    return answer
  }
  await strip(lead)
  await sealed(world, lead, taskId, 'lead-bare.evp')
  const answer = await strip(expert)
  await imported(lead, [(await sealed(world, expert, taskId, 'bare.evp')).file])
  expect((await lead.call('team.open', { taskId })).proof.map((p) => p.item)).toEqual([item])
  const refused = await lead.refused('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect([refused.code, refused.problems?.map((p) => p.path)]).toEqual(['mergeOpen', [item]])

  await expert.call('sheet.revise', { taskId, reason: '补回佐证' })
  await expert.call('sheet.saveAnswer', { taskId, item: item, answer })
  await imported(lead, [(await sealed(world, expert, taskId, 'proved.evp')).file])
  expect((await lead.call('team.open', { taskId })).proof).toEqual([])
})

test('a closed result stays as it was issued when a revised sheet arrives, and the correction names its change', async () => {
  await settleAll()
  const closed = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(closed.state).toBe('closed')
  await exported(world, lead, closed.results.at(-1)?.digest ?? '', 'result-1.evp')
  const model = await lead.call('report.model', { taskId, profile: 'archive', language: 'zh' })

  await expert.call('sheet.revise', { taskId, reason: '更正一处判定' })
  const revised = await expert.call('sheet.open', { taskId })
  const decided = new Set(closed.inputs.decisions.map((d) => d.item))
  const scored = revised.template.sections
    .flatMap((s) => s.items)
    .filter((i) => i.type === 'points' || i.type === 'maturity')
  const answer = revised.answers.find(
    (a) => a.state === 'answered' && scored.some((i) => i.id === a.item) && !decided.has(a.item),
  )
  if (answer === undefined) throw new Error('sample changed')
  const changed = await expert.call('sheet.saveAnswer', {
    taskId,
    item: answer.item,
    answer: { ...answer, value: 0, note: '复核后改判' },
  })
  expect(changed.answer?.score).toBe(0)
  await expert.call('sheet.saveNonconformity', {
    taskId,
    nonconformity: { ...(revised.nonconformities[0] ?? expect.fail()), id: 'nc-late', item: answer.item },
  })
  await imported(lead, [(await sealed(world, expert, taskId, 'sheet-2.evp')).file])

  const still = await lead.call('team.open', { taskId })
  expect(still.outcome).toEqual(closed.outcome)
  expect(still.checkCode).toBe(closed.checkCode)
  expect(await lead.call('report.model', { taskId, profile: 'archive', language: 'zh' })).toEqual(model)

  const open = await lead.call('team.reopen', { taskId, changeNote: '专家更正一处判定' })
  expect(open.checkCode).toBeNull()
  expect(open.confirmation).toBeNull()
  const before = new Map(closed.outcome?.merge.items.map((m) => [m.item, JSON.stringify(m)]))
  const touched = open.outcome?.merge.items.filter((m) => before.get(m.item) !== JSON.stringify(m)).map((m) => m.item)
  expect(touched).toEqual([answer.item])
  await settleAll()
  const corrected = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  expect(corrected.results.map((r) => r.revision)).toEqual([1, 2])
  const [one, two] = listPackages(sessionOf(lead).store, taskId).filter((p) => p.kind === 'result')
  expect(two?.supersedes).toBe(one?.digest)
  await exported(world, lead, two?.digest ?? '', 'result-2.evp')

  lead.answers.push(world.file('report-2.pdf'))
  const order = { taskId, profile: 'committee', format: 'pdf', language: 'zh', job: job() } as const
  const report = await lead.call('report.export', order)
  expect(report?.size).toBe(readFileSync(world.file('report-2.pdf')).length)
  // An earlier revision that turns up again does not replace the newer one.
  expect((await preview(lead, [files.first])).map((p) => p.verdict)).toEqual(['duplicate'])
})

test('a withdrawn picture is gone for good; a revision says so and can be sent', async () => {
  await expert.call('sheet.revise', { taskId, reason: '企业要求撤回一张照片' })
  const view = await expert.call('sheet.open', { taskId })
  const sha256 = view.media[0]?.sha256 ?? ''
  const { paths, store } = sessionOf(expert)
  await expert.call('evidence.discard', { taskId, sha256, discarded: false })
  const { digest } = await sealed(world, expert, taskId, 'sheet-3.evp')
  expect(packageEntries(store, digest, paths.media).some((e) => e.sha256 === sha256)).toBe(true)
  expect((await expert.refused('evidence.withdraw', { taskId, sha256, reason: ' ' })).code).toBe('invalid')
  await expert.call('evidence.withdraw', { taskId, sha256, reason: '涉及配方' })
  expect(existsSync(mediaPath(paths.media, sha256))).toBe(false)
  expert.answers.push(world.file('without.evp'))
  expect((await expert.refused('package.export', { digest, job: job() })).code).toBe('fileMissing')
  expect(existsSync(world.file('without.evp'))).toBe(false)
  await expert.call('sheet.revise', { taskId, reason: '撤回照片' })
  const { file } = await sealed(world, expert, taskId, 'sheet-4.evp')
  await imported(lead, [file])
})

test('a finding the expert takes back leaves the register, edited or not', async () => {
  const view = await lead.call('team.reopen', { taskId, changeNote: '复核不符合项' })
  const late = view.inputs.nonconformities.find((n) => n.sources.some((s) => s.id === 'nc-late'))
  if (late === undefined) throw new Error('no late finding')
  const edited = await lead.call('team.saveNonconformity', {
    taskId,
    nonconformity: { ...late, requirement: '组长改写' },
  })
  expect(edited.inputs.nonconformities.find((n) => n.id === late.id)?.requirement).toBe('组长改写')
  await expert.call('sheet.revise', { taskId, reason: '撤销一项' })
  await expert.call('sheet.removeNonconformity', { taskId, id: 'nc-late' })
  await imported(lead, [(await sealed(world, expert, taskId, 'sheet-5.evp')).file])
  const after = await lead.call('team.open', { taskId })
  const others = edited.inputs.nonconformities.map((n) => n.id).filter((id) => id !== late.id)
  expect(after.inputs.nonconformities.map((n) => n.id)).toEqual(others)
})

test('the log says all that happened, in one unbroken order', () => {
  const lines = linesOf(lead)
  expect(lines.map((l) => l.n)).toEqual(lines.map((_, n) => n + 1))
  expect(lines.every((l, n) => n === 0 || l.mono >= (lines[n - 1]?.mono ?? 0))).toBe(true)
  const actions = new Set(lines.map((l) => l.action))
  for (const action of [
    'taskIssued',
    'imported',
    'declarationAccepted',
    'answerSet',
    'mediaAdded',
    'sealed',
    'exported',
    'verified',
  ] as const) {
    expect(actions).toContain(action)
  }
  for (const action of [
    'decided',
    'confirmed',
    'reportMade',
    'closed',
    'signed',
    'reopened',
    'nonconformitySet',
  ] as const) {
    expect(actions).toContain(action)
  }
})
