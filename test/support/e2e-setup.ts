import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from '../../electron/runtime/bundle.ts'
import { startDisplay } from '../../electron/runtime/display.ts'
import { prepareElectron } from '../../electron/runtime/electron-program.ts'
import { ROOT, runQuietly } from '../../electron/runtime/workspace.ts'

const SEEDS = join(ROOT, 'out', 'test', 'seeds')
const STAMP = `${SEEDS}.stamp`

/** Electron, the built app, a screen of our own and the stages to start from, before the first worker; returns the end of the screen. */
const setUp = async (): Promise<() => void> => {
  await prepareElectron()
  await buildApp()
  await makeSeeds()
  rmSync(join(ROOT, 'out', 'test', 'screenshots'), { recursive: true, force: true })
  const display = await startDisplay()
  return display.stop
}

/** The stages are made anew whenever the app was built anew. */
async function makeSeeds(): Promise<void> {
  const built = readFileSync(join(ROOT, 'out', '.build-stamp'), 'utf8')
  if (existsSync(SEEDS) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === built) return
  rmSync(STAMP, { force: true })
  await runQuietly('Making the stages to start from', process.execPath, [
    join(ROOT, 'test/support/e2e-seeds.ts'),
    SEEDS,
  ])
  writeFileSync(STAMP, built)
}

export default setUp
