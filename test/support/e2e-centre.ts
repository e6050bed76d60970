import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../../electron/runtime/workspace.ts'

const SCRIPT = join(ROOT, 'electron', 'intake', 'centre.ts')
const ENV = { ...process.env, CENTRE_PASSPHRASE: 'a passphrase of the centre', LC_ALL: 'C' }

export type Centre = { url: string; port: string; stop: () => Promise<void> }

/** Makes the centre's folder, or takes a newer invitation into it. */
export function initCentre(folder: string, invitation: string, rootDigits: string): void {
  const args = [SCRIPT, 'init', '--folder', folder, '--invitation', invitation, '--root', rootDigits, '--practice']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: ENV, encoding: 'utf8' })
  if (status !== 0) throw new Error(`centre init: ${stdout}${stderr}`)
}

/** Serves the folder on loopback; port 0 takes a free one. */
export async function startCentre(folder: string, port = '0'): Promise<Centre> {
  const child = spawn(process.execPath, [SCRIPT, '--folder', folder, '--port', port], {
    env: ENV,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await listeningAddress(child)
  return {
    url,
    port: new URL(url).port,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function listeningAddress(child: ChildProcess): Promise<string> {
  return await new Promise((found, failed) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0]
      if (address !== undefined) found(address)
    })
    child.once('exit', (code) => failed(new Error(`the centre ended with ${code}: ${said}`)))
  })
}
