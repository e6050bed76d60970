// Plain JavaScript without dependencies: the bootstrap runs it under the system's Node 20 before anything is installed.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { dirname, join } from 'node:path'

const UNREADABLE_IS_STALE_AFTER_MS = 10_000
const FOREIGN_HOST_IS_STALE_AFTER_MS = 15 * 60_000
const POLL_MS = 200

export const cacheFolder = () => {
  const { env, platform } = process
  if (env.YOUPIN_CACHE) return env.YOUPIN_CACHE
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'youpin-onsite')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'youpin-onsite')
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'youpin-onsite', 'Cache')
  return join(homedir(), '.cache', 'youpin-onsite')
}

/** Start time of a process in clock ticks, so that a reused process id is not taken for the old owner. */
const startedAt = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

export const thisProcess = () => ({
  pid: process.pid,
  host: hostname(),
  started: startedAt(process.pid),
  token: randomBytes(8).toString('hex'),
})

export const isAlive = (owner) => {
  if (owner.host !== hostname()) return true
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return owner.started === '' || startedAt(owner.pid) === owner.started
}

const readOwner = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const ageOf = (file) => {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

const isStale = (file) => {
  const owner = readOwner(file)
  if (owner === null) return ageOf(file) > UNREADABLE_IS_STALE_AFTER_MS
  if (owner.host !== hostname()) return ageOf(file) > FOREIGN_HOST_IS_STALE_AFTER_MS
  return !isAlive(owner)
}

const tryCreate = (file, text) => {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The look and the removal happen under a second lock: of two waiters none removes the other's fresh lock. */
const removeIfStale = (file) => {
  if (!isStale(file)) return
  const breaker = `${file}.break`
  if (!tryCreate(breaker, '')) {
    if (ageOf(breaker) > UNREADABLE_IS_STALE_AFTER_MS) rmSync(breaker, { force: true })
    return
  }
  try {
    if (isStale(file)) rmSync(file, { force: true })
  } finally {
    rmSync(breaker, { force: true })
  }
}

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS)

/** Blocks the thread until the lock is ours; a lock whose owner has died is taken over. Returns the release. */
export const acquireLock = (name, onWait = () => {}) => {
  const file = join(cacheFolder(), 'locks', `${name}.lock`)
  mkdirSync(dirname(file), { recursive: true })
  const owner = thisProcess()
  for (let waited = false; !tryCreate(file, JSON.stringify(owner)); waited = true) {
    if (!waited) onWait()
    removeIfStale(file)
    pause()
  }
  return () => {
    if (readOwner(file)?.token === owner.token) rmSync(file, { force: true })
  }
}

export const withLock = async (name, work, onWait) => {
  const release = acquireLock(name, onWait)
  try {
    return await work()
  } finally {
    release()
  }
}
