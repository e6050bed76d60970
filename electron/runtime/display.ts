import { spawn } from 'node:child_process'
import { ensureSystemPackages } from './system-packages.ts'

const START_LIMIT_MS = 15_000
const SCREEN = '1600x1000x24'

/** A screen of our own; `stop` ends it. */
export type Display = { name: string; stop: () => void }

export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])

/** Starts Xvfb on a display number that Xvfb itself finds free, and ends it when this process ends. */
const startXvfb = (): Promise<Display> =>
  new Promise((ready, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const stop = (): void => {
      process.off('exit', stop)
      server.kill('SIGTERM')
    }
    process.on('exit', stop)
    const complaints: string[] = []
    server.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')))
    const refuse = (why: string): void => {
      stop()
      reject(new Error(`Xvfb did not start: ${why} ${complaints.join('').trim()}`))
    }
    const timer = setTimeout(() => refuse('no answer.'), START_LIMIT_MS)
    server.once('error', (error) => refuse(error.message))
    server.once('exit', (code) => refuse(`exit code ${code}.`))
    server.stdio[3]?.once('data', (chunk: Buffer) => {
      clearTimeout(timer)
      server.unref()
      ready({ name: `:${chunk.toString('utf8').trim()}`, stop })
    })
  })

/** On Linux a screen of our own, whatever the desktop; elsewhere the desktop is used. Sets `DISPLAY`. */
export const startDisplay = async (): Promise<Display> => {
  if (process.platform !== 'linux') return { name: '', stop: () => {} }
  await ensureSystemPackages(['tests'])
  const display = await startXvfb()
  delete process.env['WAYLAND_DISPLAY']
  process.env['DISPLAY'] = display.name
  return display
}
