// Runs under the system's Node (20 or newer): installs the dependencies, then runs a TypeScript script with the right Node.
// node bootstrap.mjs <script.ts> [arguments]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './cache.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const MODULES = join(ROOT, 'node_modules')
const UNFINISHED = join(MODULES, '.install-unfinished')
const LOWEST_NODE = [22, 18]

const say = (line) => process.stderr.write(`${line}\n`)
const fail = (...lines) => {
  lines.forEach(say)
  process.exit(1)
}
const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

/** npm writes its hidden lock file last: without it an install was cut short. Otherwise every version must be the wanted one. */
const isInstalled = () => {
  const present = readPackages(join(MODULES, '.package-lock.json'))
  const wanted = readPackages(join(ROOT, 'package-lock.json'))
  if (present === null || wanted === null || existsSync(UNFINISHED)) return false
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    if (present[path] === undefined) return optional === true || devOptional === true
    return present[path].version === version
  })
}

/** @returns {{ program: string, leading: string[] }} */
const npmCommand = () => {
  const script = process.env.npm_execpath
  if (script && /\.c?js$/.test(script) && existsSync(script)) return { program: process.execPath, leading: [script] }
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', leading: [] }
}

// Not `npm ci`: it refuses the lock file where a registry lacks another platform's optional package.
const INSTALL = ['install', '--no-save', '--no-progress', '--loglevel=error']

const install = () => {
  say('Installing the dependencies (npm install, versions of package-lock.json) ...')
  const began = Date.now()
  const cutShort = existsSync(UNFINISHED) || !existsSync(join(MODULES, '.package-lock.json'))
  if (cutShort) rmSync(MODULES, { recursive: true, force: true })
  mkdirSync(MODULES, { recursive: true })
  writeFileSync(UNFINISHED, '')
  const { program, leading } = npmCommand()
  const done = spawnSync(program, [...leading, ...INSTALL], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: program.endsWith('.cmd'),
  })
  if (done.status !== 0) fail('npm install failed: see its message above.')
  rmSync(UNFINISHED, { force: true })
  say(`Dependencies installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

const ensureInstalled = async () => {
  if (isInstalled()) return
  await withLock(
    `install-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`,
    () => {
      if (!isInstalled()) install()
    },
    () => say('Another run is installing the dependencies; waiting for it ...'),
  )
}

/** The registry's Node for this platform, else the running one if it can run TypeScript files. */
const findNode = () => {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const packaged = join(MODULES, `node-${platform}-${process.arch}`, 'bin', platform === 'win' ? 'node.exe' : 'node')
  if (existsSync(packaged)) return packaged
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1])) return process.execPath
  return fail(
    `Node ${LOWEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}, and the registry has none for ${process.platform} ${process.arch}.`,
    'Install Node 24 (https://nodejs.org) and run the command again.',
  )
}

const childEnvironment = (node) => ({
  ...process.env,
  PATH: [dirname(node), join(MODULES, '.bin'), process.env.PATH ?? ''].join(delimiter),
  // Requiring `electron` in plain Node would download its program; with this set it only names a path.
  ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH || join(ROOT, 'out', 'no-electron'),
})

const runScript = (script, args) => {
  const node = findNode()
  const child = spawn(node, [resolve(ROOT, script), ...args], { stdio: 'inherit', env: childEnvironment(node) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

const [script, ...args] = process.argv.slice(2)
if (!script) fail('usage: node electron/runtime/bootstrap.mjs <script.ts> [arguments]')
await ensureInstalled()
if (!existsSync(resolve(ROOT, script))) fail(`${script} does not exist.`)
runScript(script, args)
