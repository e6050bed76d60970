import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import type { Template } from '../../shared/domain/template.ts'

const PROGRAM = join(import.meta.dirname, 'killed-machine.ts')

/** A checklist nobody else has: a number and title of its own. */
export const renamed = (template: Template, name: string): Template => ({
  ...template,
  number: name,
  title: { zh: name, en: name },
  edition: 1,
  previous: null,
})

/** Lets a machine of its own process work and kills it some milliseconds after it began; how many pieces it had said were done. */
export async function killedWhile(profile: string, what: string, about: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, profile, what, about], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise((resolve) => child.once('close', resolve))
  let done = 0
  for await (const line of createInterface(child.stdout)) {
    if (line === 'done') done++
    else void setTimeout(afterMs).then(() => child.kill('SIGKILL'))
  }
  await gone
  return done
}
