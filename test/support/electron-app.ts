import { mkdirSync } from 'node:fs'
import { _electron, type ElectronApplication } from '@playwright/test'
import { prepareElectron } from '../../electron/runtime/electron-program.ts'
import { ROOT } from '../../electron/runtime/workspace.ts'

const START_LIMIT_MS = 60_000

/** `appPath` is for trials of another app than this one. */
export type LaunchOptions = {
  profileDir: string
  env?: Record<string, string>
  args?: readonly string[]
  appPath?: string
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
    ),
  )

let prepared: Promise<unknown> | undefined

/**
 * Starts the built app in the resolved Electron with its own profile folder (`YOUPIN_PROFILE`). Playwright finds the
 * program by `ELECTRON_OVERRIDE_DIST_PATH` and so adds its own loader, which holds `ready` until it listens, and --no-sandbox.
 */
export const launchApp = async (options: LaunchOptions): Promise<ElectronApplication> => {
  prepared ??= prepareElectron()
  await prepared
  mkdirSync(options.profileDir, { recursive: true })
  return _electron.launch({
    args: [options.appPath ?? ROOT, ...(options.args ?? [])],
    cwd: ROOT,
    env: { ...inherited(), YOUPIN_PROFILE: options.profileDir, ...options.env },
    timeout: START_LIMIT_MS,
  })
}
