import { rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Args } from '../../shared/contract/api.ts'
import type { SheetView } from '../../shared/contract/views.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import { PASSPHRASE, job, type Machine, type World } from './app-world.ts'
import { sampleDecisions, sampleSheet } from './sample-answers.ts'
import { makePhoto } from './sample-photos.ts'

const NAMES = ['沈明远', '林晓岚', '赵启航', '周文静', '韩立群', '孙若兰', '吴国栋', '郑海燕', '冯德明']

/** The lead's machine and the experts', with identities, one project and everybody on its roster by request and invitation. */
export async function gatherTeam(
  world: World,
  size = 5,
): Promise<{ lead: Machine; experts: Machine[]; projectId: string }> {
  const machines = NAMES.slice(0, size).map((name, n) => ({ name, machine: world.machine(`m${n}`) }))
  for (const { name, machine } of machines) {
    await machine.call('identity.create', { name, unit: '样例省质量协会', number: 'YP-01', passphrase: PASSPHRASE })
  }
  const [{ machine: lead } = { machine: world.machine('lead') }, ...others] = machines
  const { projectId } = await lead.call('project.found', { name: '辽宁优品2026样例批次', passphrase: PASSPHRASE })
  for (const { machine } of others) await enrolled(world, lead, machine, { projectId, role: 'expert' })
  const experts = others.map((o) => o.machine)
  await invited(world, lead, experts, projectId)
  return { lead, experts, projectId }
}

type Enrolment = Pick<Args<'project.enrol'>, 'projectId' | 'role'> & { personId?: string }

/** Puts a machine's person on the founder's roster by a request. */
export async function enrolled(world: World, founder: Machine, machine: Machine, as: Enrolment): Promise<void> {
  const request = world.file(`request-${basename(machine.profile)}.json`)
  machine.answers.push(request)
  await machine.call('identity.saveRequest', {})
  founder.answers.push(request)
  const preview = await founder.call('project.openRequest', { projectId: as.projectId })
  if (preview === null) throw new Error('no request')
  const { token } = preview
  await founder.call('project.enrol', { ...as, token, digitsCompared: true, passphrase: PASSPHRASE })
}

/** Hands the founder's roster as it is now to these machines. */
export async function invited(
  world: World,
  founder: Machine,
  machines: readonly Machine[],
  projectId: string,
): Promise<void> {
  const invitation = world.file('invitation.json')
  rmSync(invitation, { force: true })
  founder.answers.push(invitation)
  await founder.call('project.saveInvitation', { projectId })
  for (const machine of machines) {
    machine.answers.push(invitation)
    const preview = await machine.call('project.openInvitation', {})
    if (preview === null) throw new Error('no invitation')
    await machine.call('project.join', { token: preview.token, digitsCompared: true })
  }
}

/** Makes the sample task on the lead's machine, issues it and hands it to everybody. */
export async function handOutTask(
  world: World,
  lead: Machine,
  experts: readonly Machine[],
  projectId: string,
): Promise<string> {
  const [template] = await lead.call('template.list', {})
  if (template === undefined) throw new Error('no template')
  const { draft, problems } = await lead.call('task.newDraft', {
    projectId,
    templateSha256: template.sha256,
    fromSample: true,
  })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const card = await lead.call('task.issue', { draftId: draft.draftId, passphrase: PASSPHRASE })
  const file = await exported(world, lead, card.taskPackage?.digest ?? '', 'task.evp')
  for (const expert of experts) await imported(expert, [file])
  return card.taskId
}

/** Exports a package and insists that it was verified on the target. */
export async function exported(world: World, machine: Machine, digest: string, name: string): Promise<string> {
  const file = world.file(name)
  machine.answers.push(file)
  const done = await machine.call('package.export', { digest, job: job() })
  if (!done?.verifiedAt) throw new Error(`${name} was not verified`)
  return file
}

/** Imports packages that must all be fine; answers their digests. */
export async function imported(machine: Machine, files: readonly string[]): Promise<string[]> {
  machine.answers.push(files.join('|'))
  const previews = await machine.call('package.open', { job: job() })
  for (const preview of previews ?? []) {
    if (preview.verdict !== 'ok')
      throw new Error(`${preview.fileName}: ${preview.verdict} ${JSON.stringify(preview.problems)}`)
    await machine.call('package.accept', { token: preview.token })
  }
  return (previews ?? []).flatMap((p) => p.about?.digest ?? [])
}

/** Fills in one person's whole sheet from the sample, with one photo attached to two items. */
export async function fillSheet(world: World, machine: Machine, taskId: string, seed: number): Promise<SheetView> {
  const view = await machine.call('sheet.accept', { taskId })
  const { task, template, me } = view
  if (me === null) throw new Error('not in the team')
  const photo = world.file(`photo-${seed}.jpg`)
  writeFileSync(photo, await makePhoto(seed, { width: 800, height: 600, orientation: seed % 2 === 0 ? 6 : 1 }))
  machine.answers.push(photo)
  const sheet = sampleSheet({ task, template, personId: me.personId, at: new Date().toISOString() })
  const items = sheet.answers.slice(0, 2).map((a) => a.item)
  const taken = await machine.call('evidence.choose', { taskId, items, job: job() })
  const picture = taken?.added[0]
  if (picture === undefined) throw new Error(`no photo: ${JSON.stringify(taken)}`)
  await machine.call('evidence.update', {
    taskId,
    sha256: picture.sha256,
    caption: `现场照片 ${seed}`,
    items,
    inReport: true,
  })
  for (const answer of sheet.answers) await machine.call('sheet.saveAnswer', { taskId, item: answer.item, answer })
  for (const summary of sheet.sections) await machine.call('sheet.saveSection', { taskId, summary })
  for (const finding of sheet.carryOver) await machine.call('sheet.saveCarryOver', { taskId, finding })
  for (const nonconformity of sheet.nonconformities)
    await machine.call('sheet.saveNonconformity', { taskId, nonconformity })
  await machine.call('sheet.saveWitnessTests', { taskId, witnessTests: sheet.witnessTests })
  await machine.call('sheet.saveMeetings', { taskId, meetings: sheet.meetings })
  return await machine.call('sheet.open', { taskId })
}

/** Seals and exports. */
export async function sealed(
  world: World,
  machine: Machine,
  taskId: string,
  name: string,
): Promise<{ digest: string; file: string }> {
  const { digest } = await machine.call('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
  return { digest, file: await exported(world, machine, digest, name) }
}

/** Settles what the sample team disagrees on. */
export async function settle(lead: Machine, taskId: string, task: Task, template: Template): Promise<void> {
  const view = await lead.call('team.open', { taskId })
  const decisions = sampleDecisions({ task, template, basisOf: () => '0'.repeat(64), at: new Date().toISOString() })
  for (const { item, outcome, value, reason, dissent, votes } of decisions) {
    await lead.call('team.decide', { taskId, item, outcome, value, score: null, reason, dissent, votes })
  }
  await lead.call('team.saveText', {
    taskId,
    text: {
      ...view.text,
      sampling: '本次评价基于抽样，未抽到的部分不代表没有问题。',
      distribution: ['样例评定办公室'],
    },
  })
  await lead.call('team.confirm', {
    taskId,
    confirmation: {
      statement: 'agree',
      text: '对事实无异议。',
      representative: '王建国',
      post: '质量总监',
      at: new Date().toISOString(),
      witnesses: [],
    },
  })
}
