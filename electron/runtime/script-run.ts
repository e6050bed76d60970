import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './bundle.ts'
import { startDisplay } from './display.ts'
import { prepareElectron } from './electron-program.ts'
import { ROOT, run, say } from './workspace.ts'

/** Runs a script of ours in plain Node with the app built, Electron resolved and a screen of its own. Returns its exit code. */
export const runWithElectron = async (script: string, args: readonly string[]): Promise<number> => {
  await prepareElectron()
  await buildApp()
  const display = await startDisplay()
  try {
    return (await run(process.execPath, [join(ROOT, script), ...args])).code
  } finally {
    display.stop()
  }
}

/** The scripts of a folder by name, without their ending. */
export const scriptsIn = (folder: string): string[] =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith('.ts') && !name.startsWith('_'))
        .map((name) => name.slice(0, -'.ts'.length))
        .sort()
    : []

export const listScripts = (folder: string, command: string): void => {
  say(`usage: ${command} <name> [arguments]`)
  scriptsIn(folder).forEach((name) => say(`  ${name}`))
}
