import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { buildApp } from './bundle.ts'
import { resolveElectron, type ElectronProgram } from './electron-program.ts'
import { ensureAddon } from './sqlite-addon.ts'
import { ROOT, packageFolder, run, runCommand, say } from './workspace.ts'

const WORK = join(ROOT, 'out', 'package')
const EXECUTABLE = 'youpin-onsite'

const LINUX_FUSES: readonly (readonly [FuseV1Options, boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
  [FuseV1Options.EnableCookieEncryption, true],
]

/** A copy without an app folder: the packer adds its own archive, and the fallback's loader must not ship beside it. */
const cleanProgram = (program: ElectronProgram): string => {
  const copy = join(WORK, 'electron')
  const app = join(program.folder, 'resources', 'app')
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  cpSync(program.folder, copy, { recursive: true, filter: (path) => path !== app && !path.startsWith(`${app}/`) })
  return copy
}

const readBack = async (folder: string): Promise<number> => {
  const wire = await getCurrentFuseWire(join(folder, EXECUTABLE))
  const wrong = LINUX_FUSES.filter(([fuse, wanted]) => (wire[fuse] === FuseState.ENABLE) !== wanted)
  wrong.forEach(([fuse, wanted]) => say(`Fuse ${FuseV1Options[fuse]} should be ${wanted ? 'on' : 'off'}.`))
  if (wrong.length === 0) say(`All ${LINUX_FUSES.length} fuses read back as wanted.`)
  return wrong.length === 0 ? 0 : 1
}

/** A trial package on the fallback carries the fallback's addon in place of the prebuilt one, so that it can be started. */
const makeTrialRunnable = async (folder: string): Promise<void> => {
  const unpacked = join(folder, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds')
  cpSync(await ensureAddon(), join(unpacked, `${process.platform}-${process.arch}.node`), { dereference: true })
  say('This is a trial on the fallback Electron: good for looking at, not for giving to anyone.')
}

await runCommand(async (args) => {
  const program = await resolveElectron()
  await buildApp()
  const builder = join(packageFolder('electron-builder'), 'cli.js')
  const settings = [`-c.electronDist=${cleanProgram(program)}`, `-c.electronVersion=${program.version}`]
  const { code } = await run(process.execPath, [builder, '--dir', '--publish=never', ...settings, ...args], {
    cwd: ROOT,
  })
  if (code !== 0 || process.platform !== 'linux') return code
  const folder = join(ROOT, 'dist', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  if (program.way === 'fallback') await makeTrialRunnable(folder)
  return readBack(folder)
})
