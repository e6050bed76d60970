import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { cacheFolder } from './cache.mjs'

/** The repository, or the folder the packaged sources lie in. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

/** What the bootstrap sets so that requiring `electron` never downloads; it counts as "not set". */
export const NO_ELECTRON = join(ROOT, 'out', 'no-electron')

/** Progress goes to stderr: stdout belongs to the command's own answer. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

export const shortHash = (data: string | NodeJS.ArrayBufferView): string =>
  createHash('sha256').update(data).digest('hex').slice(0, 12)

/** Folder of an installed package, also of one that only another package depends on. */
export const packageFolder = (name: string, from: string = ROOT): string => {
  const folder = createRequire(join(from, 'package.json'))
    .resolve.paths(name)
    ?.map((modules) => join(modules, name))
    .find((candidate) => existsSync(join(candidate, 'package.json')))
  if (folder === undefined) throw new Error(`the package ${name} is not installed`)
  return folder
}

export const packageVersion = (folder: string): string => {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string') {
    return parsed.version
  }
  throw new Error(`${folder} has no version`)
}

export const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))

export type Finished = { code: number; output: string }

type RunOptions = SpawnOptions & { capture?: boolean; timeoutMs?: number }

const collect = (child: ChildProcess): (() => string) => {
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

/** Runs to the end; never throws for an exit code. `capture` keeps stdout and stderr in `output` instead of showing them. */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> => {
  const { capture = false, timeoutMs, ...rest } = options
  return new Promise((done) => {
    const child = spawn(command, [...args], { stdio: capture ? 'pipe' : 'inherit', ...rest })
    child.stdin?.end()
    const output = collect(child)
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.on('error', (error) => done({ code: 127, output: `${output()}${error.message}` }))
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: code ?? 1, output: output() })
    })
  })
}

/** Like `run`, quiet, but a failure throws with the last lines of what the program said. */
export const runQuietly = async (
  what: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> => {
  const { code, output } = await run(command, args, { ...options, capture: true })
  if (code !== 0) throw new Error(`${what} failed (${code}):\n${output.trim().split('\n').slice(-15).join('\n')}`)
  return output
}

/** npm as this run was started with, else the one on the path. */
export const npm = (args: readonly string[], options: RunOptions): Promise<string> => {
  const script = process.env['npm_execpath']
  const what = `npm ${args.slice(0, 2).join(' ')}`
  if (script !== undefined && /\.c?js$/.test(script) && existsSync(script)) {
    return runQuietly(what, process.execPath, [script, ...args], options)
  }
  return process.platform === 'win32'
    ? runQuietly(what, 'npm.cmd', args, { ...options, shell: true })
    : runQuietly(what, 'npm', args, options)
}

/** A path for unfinished work on a cache entry. Call it under the entry's lock: what killed runs left is removed. */
export const freshWorkFolder = (entry: string): string => {
  const parent = join(cacheFolder(), 'unfinished')
  if (existsSync(parent)) {
    for (const name of readdirSync(parent)) {
      if (name.startsWith(`${entry}.`)) rmSync(join(parent, name), { recursive: true, force: true })
    }
  }
  return join(parent, `${entry}.${process.pid}`)
}

export const nodeBinFolder = (): string => dirname(process.execPath)

/** Runs a command's work: what it returns is the exit code, what it throws is said in its own words. */
export const runCommand = async (work: (args: readonly string[]) => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await work(process.argv.slice(2))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
