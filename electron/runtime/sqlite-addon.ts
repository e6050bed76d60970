import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { acquireLock, cacheFolder, isAlive, thisProcess, withLock, type Owner } from './cache.mjs'
import {
  freshWorkFolder,
  nodeBinFolder,
  packageFolder,
  packageVersion,
  runQuietly,
  say,
  shortHash,
} from './workspace.ts'

// The prebuilt addon asks for Node-API 10; the fallback's Node has 9 and crashes on it. Built from the same sources with
// the experimental declarations instead, one file serves both.
const PREBUILT_DEFINE = "'NAPI_VERSION=10'"
const FALLBACK_DEFINES = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"
const BUILD_LIMIT_MS = 10 * 60_000

const addonName = (source: string): string => {
  const recipe = FALLBACK_DEFINES + readFileSync(join(source, 'binding.gyp'), 'utf8')
  return `better-sqlite3-${packageVersion(source)}-napi9-${process.platform}-${process.arch}-${shortHash(recipe)}`
}

/** Prefix whose include/node holds the headers: of the running Node (its registry package carries them), else the system's. */
const headersPrefix = (): string => {
  const prefixes = [dirname(nodeBinFolder()), process.env['npm_config_nodedir'] ?? '', '/usr', '/usr/local']
  const found = prefixes.find((prefix) => prefix !== '' && existsSync(join(prefix, 'include', 'node', 'node_api.h')))
  if (found !== undefined) return found
  throw new Error(
    `No Node headers under ${prefixes.filter(Boolean).join(', ')} (include/node). Install Debian's libnode-dev, or Node from nodejs.org.`,
  )
}

const compile = async (source: string, target: string): Promise<void> => {
  const work = freshWorkFolder(target)
  cpSync(source, work, { recursive: true, filter: (path) => !path.startsWith(join(source, 'build')) })
  const recipe = join(work, 'binding.gyp')
  const original = readFileSync(recipe, 'utf8')
  if (!original.includes(PREBUILT_DEFINE)) throw new Error(`${recipe} no longer holds ${PREBUILT_DEFINE}`)
  writeFileSync(recipe, original.replace(PREBUILT_DEFINE, FALLBACK_DEFINES))
  const gyp = join(packageFolder('node-gyp'), 'bin', 'node-gyp.js')
  const args = [
    gyp,
    'rebuild',
    '--release',
    '--force_build=1',
    `--nodedir=${headersPrefix()}`,
    `--devdir=${work}.headers`,
    '--jobs=max',
  ]
  await runQuietly('building better-sqlite3', process.execPath, args, {
    cwd: work,
    timeoutMs: BUILD_LIMIT_MS,
    env: { ...process.env, NODE_PATH: dirname(packageFolder('node-addon-api', source)) },
  })
  const folder = join(cacheFolder(), target)
  const finished = `${work}.finished`
  mkdirSync(finished)
  cpSync(join(work, 'build', 'Release', 'better_sqlite3.node'), join(finished, 'better_sqlite3.node'))
  await runQuietly('loading the built addon', process.execPath, [
    '-e',
    `require(${JSON.stringify(finished)}+'/better_sqlite3.node')`,
  ])
  rmSync(folder, { recursive: true, force: true })
  renameSync(finished, folder)
  rmSync(work, { recursive: true, force: true })
}

/** Path of the better-sqlite3 addon for Node-API 9, built once per version into the cache (about a minute). */
export const ensureAddon = async (): Promise<string> => {
  const source = packageFolder('better-sqlite3')
  const name = addonName(source)
  const file = join(cacheFolder(), name, 'better_sqlite3.node')
  if (existsSync(file)) return file
  const wait = (): void => say('Another run is building better-sqlite3; waiting for it ...')
  const work = async (): Promise<void> => {
    if (existsSync(file)) return
    say('Building better-sqlite3 for the fallback Electron (once, about a minute) ...')
    await compile(source, name)
  }
  await withLock(name, work, wait)
  return file
}

/** Two checkouts may share one `node_modules` by a link. */
const holderOf = (): string => shortHash(realpathSync(packageFolder('better-sqlite3')))

const usersFolder = (): string => join(cacheFolder(), 'addon-users', holderOf())

const isInUse = (): boolean => {
  const users = readdirSync(usersFolder()).map((name) => join(usersFolder(), name))
  for (const user of users) {
    const owner = JSON.parse(readFileSync(user, 'utf8')) as Owner
    if (!isAlive(owner)) rmSync(user, { force: true })
  }
  return readdirSync(usersFolder()).length > 0
}

const placeLink = (addon: string, link: string): void => {
  mkdirSync(dirname(link), { recursive: true })
  const fresh = `${link}.${process.pid}`
  rmSync(fresh, { force: true })
  symlinkSync(addon, fresh)
  renameSync(fresh, link)
}

const removeLink = (link: string): void => {
  rmSync(link, { force: true })
  for (const folder of [dirname(link), dirname(dirname(link))]) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/**
 * Puts the addon where better-sqlite3 looks first, until every process that holds it has released it or died.
 * Plain Node loads the same file meanwhile, so runs side by side do not disturb each other. Returns the release.
 */
export const holdAddon = (addon: string): (() => void) => {
  const link = join(packageFolder('better-sqlite3'), 'build', 'Release', 'better_sqlite3.node')
  const me = thisProcess()
  const user = join(usersFolder(), `${me.pid}-${me.token}`)
  const exclusively = (work: () => void): void => {
    const unlock = acquireLock(`addon-${holderOf()}`)
    try {
      work()
    } finally {
      unlock()
    }
  }
  exclusively(() => {
    mkdirSync(usersFolder(), { recursive: true })
    writeFileSync(user, JSON.stringify(me))
    placeLink(addon, link)
  })
  const release = (): void => {
    process.off('exit', release)
    exclusively(() => {
      rmSync(user, { force: true })
      if (!isInUse()) removeLink(link)
    })
  }
  process.on('exit', release)
  return release
}
