import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, uptime } from 'node:os'
import { join } from 'node:path'
import { createApi } from '../../electron/api/index.ts'
import { makeTokens, type Context } from '../../electron/api/context.ts'
import { closeSession } from '../../electron/api/session.ts'
import { createPool, type JobPool } from '../../electron/jobs/pool.ts'
import type { Api, Args, MethodName, Returns } from '../../shared/contract/api.ts'
import type { Failure, Outcome } from '../../shared/contract/errors.ts'
import type { AppEvent, Settings } from '../../shared/contract/views.ts'

export const PASSPHRASE = 'correct horse battery'

/** One machine with the app's operations, without a window: its own profile, dialogs answered from a list. */
export type Machine = {
  api: Api
  context: Context
  profile: string
  /** Answers of the next dialogs, in order. */
  answers: string[]
  events: AppEvent[]
  /** Calls and expects it to succeed. */
  call: <M extends MethodName>(name: M, args: Args<M>) => Promise<Returns<M>>
  /** Calls and expects it to fail. */
  refused: <M extends MethodName>(name: M, args: Args<M>) => Promise<Failure>
  close: () => void
}

export type World = {
  folder: string
  file: (name: string) => string
  machine: (name: string) => Machine
  end: () => Promise<void>
}

/** A folder, a job pool and as many machines as a test needs. */
export function makeWorld(): World {
  const folder = mkdtempSync(join(tmpdir(), 'onsite-world-'))
  const pool = createPool()
  const machines: Machine[] = []
  return {
    folder,
    file: (name) => join(folder, name),
    machine: (name) => {
      const machine = makeMachine(join(folder, name), pool)
      machines.push(machine)
      return machine
    },
    end: async () => {
      for (const m of machines) m.close()
      await pool.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A machine on a profile folder that is already there, in a world of its own. */
export const machineAt = (profile: string): Machine => makeMachine(profile, createPool())

function makeMachine(profile: string, pool: JobPool): Machine {
  const answers: string[] = []
  const events: AppEvent[] = []
  const next = () => answers.shift() ?? null
  let settings: Settings = { language: 'zh', theme: 'light', textSize: 100, touch: false }
  const plans = new Map<string, { folder: string; everyMinutes: number }>()
  const context: Context = {
    profile,
    assets: join(import.meta.dirname, '../../assets'),
    version: '0.0.0',
    electron: '',
    isDevelopment: true,
    dialogs: {
      open: async () => {
        const answer = next()
        return answer === null ? null : answer.split('|')
      },
      save: async () => next(),
      folder: async () => next(),
    },
    preferences: {
      settings: () => settings,
      saveSettings: (changed) => void (settings = changed),
      backupPlan: (keyId) => plans.get(keyId) ?? null,
      saveBackupPlan: (keyId, plan) => void plans.set(keyId, plan),
    },
    now: () => new Date(),
    mono: () => Math.round(uptime() * 1000),
    tell: (event) => void events.push(event),
    report: (what, detail) => {
      throw new Error(`${what} ${JSON.stringify(detail)}`)
    },
    net: { fetch, now: () => new Date() },
    session: { current: null },
    tokens: makeTokens(),
    pool,
    running: new Map(),
  }
  const api = createApi(context)
  const invoke = async <M extends MethodName>(name: M, args: Args<M>): Promise<Outcome<Returns<M>>> => {
    const run = api[name] as (args: Args<M>) => Promise<Outcome<Returns<M>>>
    return await run(args)
  }
  return {
    api,
    context,
    profile,
    answers,
    events,
    call: async (name, args) => {
      const outcome = await invoke(name, args)
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.failure).slice(0, 2000)}`)
      return outcome.value
    },
    refused: async (name, args) => {
      const outcome = await invoke(name, args)
      if (outcome.ok) throw new Error(`${name} should have failed`)
      return outcome.failure
    },
    close: () => closeSession(context),
  }
}

export const job = (): string => randomUUID()
