import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type TestInfo } from '@playwright/test'
import { ROOT } from '../../electron/runtime/workspace.ts'
import { PASSPHRASE } from '../support/app-world.ts'
import type { Person, Stage } from '../support/e2e-seeds.ts'
import { openDesk, type Desk } from './pages/desk.ts'
import { unlock } from './pages/identity-page.ts'

export { expect, PASSPHRASE }
/** A screen without a graphics card: its process now and then takes the whole app down. */
const QUIET = ['--disable-gpu']
const SEEDS = join(ROOT, 'out', 'test', 'seeds')

type OpenOptions = {
  /** Starts from this stage of the visit, as this person. */
  from?: [Stage, Person]
  /** Stays at the locked door. */
  isLocked?: boolean
  env?: Record<string, string>
  args?: readonly string[]
}

/** A folder of its own for one test, and the apps it opens; all ended afterwards. */
export type Bench = {
  folder: string
  file: (name: string) => string
  /** A file made while the stages were: sheet-e1.evp, task.evp, result.evp, … */
  seedFile: (name: string) => string
  taskId: string
  projectId: string
  /** Starts an app on the profile `name`; the second time on what it left. */
  open: (name: string, options?: OpenOptions) => Promise<Desk>
}

export const test = base.extend<{ bench: Bench }>({
  bench: async ({ browserName }, provide, info) => {
    const folder = mkdtempSync(join(tmpdir(), `onsite-${browserName}-`))
    const desks: Desk[] = []
    const { taskId, projectId } = JSON.parse(readFileSync(join(SEEDS, 'seeds.json'), 'utf8')) as Pick<
      Bench,
      'taskId' | 'projectId'
    >
    await provide({
      folder,
      file: (name) => join(folder, name),
      seedFile: (name) => join(SEEDS, 'files', name),
      taskId,
      projectId,
      open: async (name, { from, isLocked = false, env, args = [] } = {}) => {
        const profileDir = join(folder, name)
        if (from && !existsSync(profileDir)) cpSync(join(SEEDS, ...from), profileDir, { recursive: true })
        const desk = await openDesk({ profileDir, args: [...QUIET, ...args], ...(env ? { env } : {}) })
        desks.push(desk)
        if (from && !isLocked) await unlock(desk, PASSPHRASE)
        return desk
      },
    })
    await tearDown(folder, desks, info)
  },
})

async function tearDown(folder: string, desks: Desk[], info: TestInfo): Promise<void> {
  for (const [n, desk] of desks.entries()) {
    if (info.status !== info.expectedStatus && !desk.page.isClosed()) {
      const body = await desk.page.screenshot().catch(() => Buffer.alloc(0))
      await info.attach(`window-${n}`, { body, contentType: 'image/png' })
    }
    await desk.close().catch(() => undefined)
  }
  rmSync(folder, { recursive: true, force: true })
}
