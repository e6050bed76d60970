import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Desk } from '../e2e/pages/desk.ts'

export type Shot = { file: string; zh: string; en: string }

/** Where the demonstration leaves what it makes; profiles lie apart and are removed at the end. */
export type Stage = {
  folder: string
  profiles: string
  shots: Shot[]
  shoot: (desk: Desk, zh: string, en: string) => Promise<void>
  tell: (line: string) => void
  onEnd: (end: () => Promise<void>) => void
  end: () => Promise<void>
}

export function openStage(folder: string): Stage {
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['packages', 'inputs', 'trust', 'papers', 'reports', 'screenshots'])
    mkdirSync(join(folder, name), { recursive: true })
  const profiles = mkdtempSync(join(tmpdir(), 'onsite-demo-'))
  const shots: Shot[] = []
  const ends: (() => Promise<void>)[] = []
  const began = Date.now()
  return {
    folder,
    profiles,
    shots,
    shoot: async ({ page }, zh, en) => {
      const file = `screenshots/${String(shots.length + 1).padStart(2, '0')}.png`
      await page.screenshot({ path: join(folder, file) })
      shots.push({ file, zh, en })
    },
    tell: (line) => void process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}\n`),
    onEnd: (end) => void ends.push(end),
    end: async () => {
      for (const end of ends) await end().catch(() => undefined)
      rmSync(profiles, { recursive: true, force: true })
    },
  }
}
