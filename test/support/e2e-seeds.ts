import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeys, type KeyPair } from '../../electron/exchange/keys.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from './app-world.ts'
import { exported, fillSheet, gatherTeam, handOutTask, imported, settle } from './app-job.ts'
import { pack, reseal, type Part } from './package-mutations.ts'

/** Stages of one visit, each kept as profile folders to start from: `<stage>/<person>/`, and `files/`. */
export const STAGES = ['handed', 'filled', 'sealed', 'merged', 'closed'] as const
export type Stage = (typeof STAGES)[number]
export const PEOPLE = ['lead', 'e1', 'e2', 'e3', 'e4'] as const
export type Person = (typeof PEOPLE)[number]

/** Walks one visit to its end and leaves every stage of it in `folder`; the folder appears complete or not at all. */
async function makeSeeds(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`
  for (const path of [folder, unfinished]) rmSync(path, { recursive: true, force: true })
  mkdirSync(join(unfinished, 'files'), { recursive: true })
  const world = makeWorld()
  try {
    await walk(world, unfinished)
  } finally {
    await world.end()
  }
  renameSync(unfinished, folder)
}

async function walk(world: World, folder: string): Promise<void> {
  const { lead, experts, projectId } = await gatherTeam(world)
  const everybody = [lead, ...experts]
  const keep = (stage: Stage, machines: readonly Machine[] = everybody): void => {
    for (const [n, machine] of machines.entries())
      cpSync(machine.profile, join(folder, stage, PEOPLE[n] ?? ''), { recursive: true })
  }
  const taskId = await handOutTask(world, lead, experts, projectId)
  keep('handed')
  for (const [n, machine] of everybody.entries()) await fillSheet(world, machine, taskId, n)
  keep('filled')
  const sheets: string[] = []
  for (const [n, machine] of everybody.entries()) {
    const { digest } = await machine.call('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
    sheets.push(await exported(world, machine, digest, `sheet-${PEOPLE[n]}.evp`))
  }
  keep('sealed')
  forge(sheets[1] ?? '', experts[1]?.context.session.current?.keys, join(folder, 'files'))
  await imported(lead, sheets.slice(1))
  keep('merged', [lead])
  const { task, template } = await lead.call('team.open', { taskId })
  await settle(lead, taskId, task, template)
  const closed = await lead.call('team.close', { taskId, passphrase: PASSPHRASE, job: job() })
  const result = await exported(world, lead, closed.results.at(-1)?.digest ?? '', 'result.evp')
  keep('closed', [lead])
  for (const file of [...sheets, result, world.file('task.evp'), world.file('invitation.json')]) {
    cpSync(file, join(folder, 'files', file.slice(world.folder.length + 1)))
  }
  writeFileSync(join(folder, 'seeds.json'), JSON.stringify({ taskId, projectId }))
}

/** A colleague's sheet as three kinds of dishonest people would make it, each named by the verdict it earns. */
function forge(sheet: string, colleague: KeyPair | undefined, folder: string): void {
  if (colleague === undefined) throw new Error('locked')
  const unzip = (...args: string[]): Buffer => execFileSync('unzip', args, { maxBuffer: 1 << 28 })
  const names = unzip('-Z1', sheet).toString().trim().split('\n')
  const parts: Part[] = names.map((name) => ({ name, bytes: unzip('-p', sheet, name) }))
  const stranger = generateKeys()
  const claiming = ({ keyId }: KeyPair) => ({
    statement: (s: Record<string, unknown>) => void (s['author'] = { ...(s['author'] as object), keyId }),
  })
  writeFileSync(join(folder, 'notAuthentic.evp'), pack(reseal(parts, stranger)))
  writeFileSync(join(folder, 'unknownSigner.evp'), pack(reseal(parts, stranger, claiming(stranger))))
  writeFileSync(join(folder, 'notPermitted.evp'), pack(reseal(parts, colleague, claiming(colleague))))
}

const target = process.argv[2]
if (process.argv[1] === import.meta.filename && target !== undefined) await makeSeeds(target)
