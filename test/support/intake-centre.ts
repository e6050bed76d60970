import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { RosterMember } from '../../shared/domain/roster.ts'
import { createIntake, type Intake } from '../../electron/intake/accept.ts'
import { createIntakeServer } from '../../electron/intake/server.ts'
import { openIntakeStore, type IntakeStore } from '../../electron/intake/store.ts'
import { signRoster, type HeldRoster } from '../../electron/exchange/roster.ts'
import { createPool, type JobPool } from '../../electron/jobs/pool.ts'
import { NOW, PROJECT, type World } from './package-factories.ts'
import { AT } from './scoring-factories.ts'

/** A clock that starts at the factories' NOW and runs; `offsetMs` makes it wrong. */
export const runningClock = (offsetMs = 0): (() => Date) => {
  const start = performance.now()
  return () => new Date(Date.parse(NOW) + offsetMs + Math.round(performance.now() - start))
}

export type TestCentre = {
  url: string
  folder: string
  store: IntakeStore
  intake: Intake
  app: FastifyInstance
  /** Bugs the server reported; a test that expects none checks it. */
  reported: unknown[]
  close: () => Promise<void>
}

export type CentreOver = { isPractice?: boolean; held?: HeldRoster; now?: () => Date; pool?: JobPool; folder?: string }

/** A real centre on loopback with the world's `centre` key; the factories' tasks are samples, so it is a practice centre. */
export async function startCentre(world: World, over: CentreOver = {}): Promise<TestCentre> {
  const folder = over.folder ?? join(world.folder, `centre-${Math.random().toString(36).slice(2)}`)
  mkdirSync(folder, { recursive: true })
  const store = openIntakeStore(folder)
  const held = over.held ?? world.held
  const known = store.centre()
  const centre = known ?? {
    projectId: PROJECT,
    projectName: '示范项目',
    rootKeyId: world.keys.e1.keyId,
    keyId: world.keys.centre.keyId,
    isPractice: over.isPractice ?? true,
  }
  if (known === null) store.setCentre(centre)
  store.addRoster(held.roster.rosterSeq, held.document)
  const pool = over.pool ?? createPool({ workers: 1 })
  const reported: unknown[] = []
  const report = (error: unknown): void => void reported.push(error)
  const intake = createIntake({ store, centre, keys: world.keys.centre, pool, now: over.now ?? runningClock(), report })
  const app = await createIntakeServer(intake)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const close = async (): Promise<void> => {
    app.server.closeAllConnections()
    await app.close()
    if (over.pool === undefined) await pool.close()
    store.close()
  }
  return { url, folder, store, intake, app, reported, close }
}

/** The next roster of the world's project after `from`, signed by its root. */
export function nextRoster(
  world: World,
  change: (members: RosterMember[]) => RosterMember[],
  from: HeldRoster = world.held,
): HeldRoster {
  return signRoster(world.keys.e1, from, { projectId: PROJECT, issuedAt: AT, members: change(from.roster.members) })
}
