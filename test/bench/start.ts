import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchApp } from '../support/electron-app.ts'
import { percentile } from './percentile.ts'

const ROUNDS = 7

/** An app that opens one window with one word in it and does nothing else. */
function bareApp(folder: string): string {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bare', version: '0.0.0', main: 'main.cjs' }))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bare</title><button>ready</button>')
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile(require('node:path').join(__dirname, 'index.html')))
`,
  )
  return folder
}

/** From the start of the program to a button one can press. */
async function timeToButton(profileDir: string, appPath?: string): Promise<number> {
  const from = performance.now()
  const app = await launchApp(appPath === undefined ? { profileDir } : { profileDir, appPath })
  try {
    const page = await app.firstWindow()
    await page.getByRole('button').first().waitFor({ state: 'visible' })
    return performance.now() - from
  } finally {
    await app.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'onsite-bench-'))
try {
  const bare = bareApp(join(folder, 'bare-app'))
  const ours: number[] = []
  const floor: number[] = []
  await timeToButton(join(folder, 'warm'), bare)
  await timeToButton(join(folder, 'profile'))
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(await timeToButton(join(folder, `bare-${round}`), bare))
    ours.push(await timeToButton(join(folder, 'profile')))
  }
  const p50 = { ours: percentile(ours, 50), bareWindow: percentile(floor, 50) }
  process.stdout.write(
    `${JSON.stringify({ bench: 'start', unit: 'ms', rounds: ROUNDS, p50, ratio: { p50: p50.ours / p50.bareWindow } })}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
