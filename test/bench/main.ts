import { setImmediate as turn } from 'node:timers/promises'
import { judgedAnswer } from '../../electron/api/sheet.ts'
import { write } from '../../electron/storage/database.ts'
import { saveAnswer } from '../../electron/storage/sheet-store.ts'
import { findTask } from '../../electron/storage/task-store.ts'
import { addTemplate } from '../../electron/storage/template-store.ts'
import { sha256 } from '../../electron/exchange/crypto.ts'
import type { Args, MethodName, Returns } from '../../shared/contract/api.ts'
import { ok } from '../../shared/contract/errors.ts'
import type { Member, Task } from '../../shared/domain/task.ts'
import { parseTemplate, templateItems, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { exported, gatherTeam } from '../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../support/app-world.ts'
import { ENTERPRISE, bigTemplate, holdTask, plainAnswer } from '../support/checklist-visit.ts'
import { AT, memberOf, taskOf } from '../support/scoring-factories.ts'
import { percentile } from './percentile.ts'

const ITEMS = Number(process.argv[2] ?? 2000)
const TEAM_ITEMS = Number(process.argv[3] ?? 1000)
const EXPERTS = 9
const HELD = 200
/** The window's messages wait as long as the main process is busy, ms. */
const GOAL = 50

const longest = new Map<string, number>()

/** Processor time of this thread, ms: on a busy machine the clock would count the others. */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Runs something and notes the longest stretch in which nothing else had a turn. */
async function watched<T>(name: string, work: () => Promise<T>): Promise<T> {
  let last = spent()
  let worst = 0
  let isOver = false
  const tick = () => {
    worst = Math.max(worst, spent() - last)
    if (isOver) return
    setImmediate(tick)
    last = spent()
  }
  setImmediate(tick)
  try {
    return await work()
  } finally {
    isOver = true
    tick()
    longest.set(name, percentile([Math.max(worst, longest.get(name) ?? 0)], 50))
  }
}

/** An operation with its answer written as text, as the window gets it. */
const measured = <M extends MethodName>(name: M, machine: Machine, args: Args<M>, as = ''): Promise<Returns<M>> =>
  watched(`${name}${as}`, async () => {
    const answer = await machine.call(name, args)
    await turn()
    JSON.stringify(answer)
    return answer
  })

function checked(template: Template): Template {
  const parsed = parseTemplate(template)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 3)))
  return parsed.value
}

function storeOf({ context }: Machine) {
  if (context.session.current === null) throw new Error('locked')
  return context.session.current.store
}

function visitBy(template: Template, team: Member[], projectId: string): Task {
  const task = taskOf(team, { projectId, templateSha256: sha256(jcsBytes(template)) })
  return { ...task, enterprise: { ...task.enterprise, name: ENTERPRISE, uscc: '91219999MA0YPXMP9F' } }
}

/** Accepts and judges everything at once; the experts differ on maturity. */
async function fill(machine: Machine, task: Task, template: Template, expert: number): Promise<void> {
  const { taskId } = task
  await machine.call('sheet.accept', { taskId })
  const stored = findTask(storeOf(machine), taskId)
  if (stored === null) throw new Error('no task')
  const done = write(storeOf(machine), (tx) => {
    const stamp = { actor: task.team[expert]?.personId ?? '', at: AT, mono: 0 }
    for (const item of templateItems(template)) {
      const plain = plainAnswer(item, template)
      const given =
        typeof plain.value === 'number' && item.type === 'maturity' ? plain.value + 5 * (expert % 7) : plain.value
      const answer = judgedAnswer({ ...plain, value: given }, item, { template, stored })
      const saved = saveAnswer(tx, stamp, taskId, item.id, answer)
      if (!saved.ok) return saved
    }
    return ok(null)
  })
  if (!done.ok) throw new Error(done.failure.code)
}

/** One person with a checklist of the largest size, and many others held. */
async function alone(machine: Machine, folder: (name: string) => string): Promise<void> {
  await machine.call('identity.create', { name: '测量', unit: '样例', number: '1', passphrase: PASSPHRASE })
  const { projectId, me } = await machine.call('project.found', { name: '样例', passphrase: PASSPHRASE })
  const template = checked({ ...bigTemplate(ITEMS, ITEMS / 10), number: 'BIG' })
  const templateSha256 = sha256(jcsBytes(template))
  const lead = memberOf(me?.personId ?? '', { role: 'lead', name: '测量' })
  const task = visitBy(template, [lead], projectId)
  const { taskId } = task
  holdTask(machine, template, task)
  await fill(machine, task, template, 0)
  const made = await measured('template.newDraft', machine, { from: { kind: 'edition', sha256: templateSha256 } })
  const { draftId } = made
  await measured('template.draft', machine, { draftId })
  await measured('template.saveDraft', machine, { draftId, json: JSON.stringify(made.content) })
  await measured('template.drafts', machine, {})
  await measured('template.issue', machine, { draftId })
  machine.answers.push(folder('template.xlsx'), folder('sheet.xlsx'))
  await measured('workbook.exportTemplate', machine, { source: { sha256: templateSha256 }, format: 'xlsx', job: job() })
  await measured('workbook.exportSheet', machine, { taskId, job: job() })
  const { draft } = await measured('task.newDraft', machine, { projectId, templateSha256, fromSample: false })
  await measured('task.saveDraft', machine, { draft })
  await measured('task.list', machine, {})
  await measured('sheet.open', machine, { taskId })
  await measured('sheet.seal', machine, { taskId, passphrase: PASSPHRASE, job: job() })
  await measured('document.list', machine, { taskId })
  const wanted = { taskId, language: 'zh', pocket: { sections: null, ownPages: false, hints: true } } as const
  await measured('document.models', machine, { ...wanted, document: 'pocket' })
  const others = bigTemplate(100, 10)
  write(storeOf(machine), (tx) => {
    for (let n = 0; n < HELD; n += 1) {
      const doc = jcsBytes({ ...others, number: `T-${n}` })
      addTemplate(tx, sha256(doc), doc, AT)
    }
    return ok(null)
  })
  await measured('template.list', machine, {})
  await measured('template.list', machine, {}, ' again')
}

/** A whole team whose sheets come together. */
async function together(world: World): Promise<void> {
  const { lead, experts, projectId } = await gatherTeam(world, EXPERTS)
  const machines = [lead, ...experts]
  const template = checked(bigTemplate(TEAM_ITEMS, TEAM_ITEMS / 25))
  const members = (await lead.call('project.list', {})).find((p) => p.projectId === projectId)?.members ?? []
  const team = members.map((m, n) => memberOf(m.personId, { name: m.name, role: n === 0 ? 'lead' : 'expert' }))
  const task = visitBy(template, team, projectId)
  const { taskId } = task
  const files: string[] = []
  for (const [n, machine] of machines.entries()) {
    holdTask(machine, template, task)
    await fill(machine, task, template, n)
    const { digest } = await machine.call('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
    if (n > 0) files.push(await exported(world, machine, digest, `sheet-${n}.evp`))
  }
  lead.answers.push(files.join('|'))
  const previews = await measured('package.open', lead, { job: job() })
  for (const { token } of previews ?? []) await measured('package.accept', lead, { token })
  await measured('team.open', lead, { taskId })
  const item = templateItems(template)[1]?.id ?? ''
  const decision = { outcome: 'open' as const, value: null, score: null, reason: '', dissent: [], votes: [] }
  await measured('team.decide', lead, { taskId, item, ...decision })
  lead.answers.push(world.file('team.xlsx'), world.file('report.pdf'))
  await measured('workbook.exportTeam', lead, { taskId, job: job() })
  const shown = { taskId, profile: 'committee', language: 'zh' } as const
  await measured('report.model', lead, shown)
  await measured('report.export', lead, { ...shown, format: 'pdf', job: job() })
}

const world = makeWorld()
try {
  await alone(world.machine('alone'), world.file)
  await together(world)
  const sorted = [...longest].toSorted(([, a], [, b]) => b - a)
  const [slowest = ['', 0]] = sorted
  const figures = { bench: 'main', unit: 'ms', items: ITEMS, experts: EXPERTS, teamItems: TEAM_ITEMS, goal: GOAL }
  const ratio = { longest: slowest[1] / GOAL }
  process.stdout.write(`${JSON.stringify({ ...figures, longest: Object.fromEntries(sorted), ratio })}\n`)
} finally {
  await world.end()
}
