import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { PASSPHRASE } from '../support/app-world.ts'
import { ENTERPRISE, bigTemplate, makeVisitProfile } from '../support/checklist-visit.ts'
import { t } from '../support/e2e-text.ts'
import { launchApp } from '../support/electron-app.ts'
import { bareList, openToPaint, takeKeys, timeSaves, watchKeys, type BareTimes } from './checklist/in-page.ts'
import { percentile } from './percentile.ts'

const ROUNDS = 5
const KEYS = 120
const ITEMS = Number(process.argv[2] ?? 1000)
const SECTIONS = Number(process.argv[3] ?? 40)
const GUIDANCE = Number(process.argv[4] ?? 300)
const NOTE = 'Checked three batches on site.'

type Seen = { app: ElectronApplication; page: Page }

/** A person finds and presses the button no sooner, ms. */
const REST_MS = 1000

/** A fresh process with the person's door open and the first page at rest. */
async function unlocked(profileDir: string): Promise<Seen> {
  const app = await launchApp({ profileDir, args: ['--disable-gpu'] })
  const page = await app.firstWindow()
  await page.getByLabel(t('common', 'passphrase')).fill(PASSPHRASE)
  await page.getByRole('button', { name: t('identity', 'unlock'), exact: true }).click()
  await page.getByRole('navigation', { name: t('shell', 'navigation') }).waitFor()
  await page.getByText(ENTERPRISE).first().waitFor()
  await page.waitForTimeout(REST_MS)
  return { app, page }
}

/** As on every day but the first: the browser keeps what it made of the code. */
async function used(profileDir: string, path: string): Promise<void> {
  for (let day = 0; day < 2; day += 1) {
    const { app, page } = await unlocked(profileDir)
    await page.evaluate(openToPaint, path)
    await page.waitForTimeout(REST_MS)
    await app.close()
  }
}

type Keys = { keys: number[]; longTasks: number[] }

/** Presses keys one after the other, each once the page has come to rest after the one before. */
async function press(page: Page, keys: readonly string[]): Promise<Keys> {
  await page.evaluate(takeKeys)
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  }
  return await page.evaluate(takeKeys)
}

/** Grade, next, grade, next, as people do. */
const SCORING = Array.from({ length: KEYS }, (_, n) => (n % 2 === 1 ? 'j' : n % 3 === 0 ? '2' : '1'))

async function writeNote(page: Page): Promise<Keys> {
  await page.keyboard.press('m')
  const taken = await press(page, [...NOTE])
  await page.keyboard.press('Tab')
  return taken
}

const folder = mkdtempSync(join(tmpdir(), 'onsite-bench-'))
try {
  const seed = join(folder, 'seed')
  const template = bigTemplate(ITEMS, SECTIONS, GUIDANCE)
  const { taskId } = await makeVisitProfile(seed, { template, answered: Math.round(ITEMS / 2) })
  const path = `/task/${taskId}/checklist`
  await used(seed, path)
  const opens: number[] = []
  const wholes: number[] = []
  const bare: BareTimes[] = []
  const bareKeys: number[] = []
  const scored: number[] = []
  const typed: number[] = []
  const longTasks: number[] = []
  const saves: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const profile = join(folder, `profile-${round}`)
    cpSync(seed, profile, { recursive: true })
    const floor = await unlocked(profile)
    bare.push(await floor.page.evaluate(bareList, taskId))
    await floor.page.evaluate(watchKeys)
    bareKeys.push(...(await press(floor.page, SCORING)).keys)
    await floor.app.close()
    const ours = await unlocked(profile)
    const { list, whole } = await ours.page.evaluate(openToPaint, path)
    opens.push(list)
    wholes.push(whole)
    await ours.page.evaluate(watchKeys)
    const score = await press(ours.page, SCORING)
    const note = await writeNote(ours.page)
    scored.push(...score.keys)
    typed.push(...note.keys)
    longTasks.push(...score.longTasks, ...note.longTasks)
    saves.push(...(await ours.page.evaluate(timeSaves, { taskId, count: 40 })))
    await ours.app.close()
  }
  const floors = bare.map(({ call, list }) => call + list)
  const figures = {
    bench: 'checklist',
    unit: 'ms',
    items: ITEMS,
    sections: SECTIONS,
    guidance: GUIDANCE,
    open: { min: percentile(opens, 0), p50: percentile(opens, 50), worst: percentile(opens, 100) },
    whole: { min: percentile(wholes, 0), p50: percentile(wholes, 50), worst: percentile(wholes, 100) },
    bareList: {
      min: percentile(floors, 0),
      p50: percentile(floors, 50),
      call: percentile(
        bare.map((b) => b.call),
        50,
      ),
      list: percentile(
        bare.map((b) => b.list),
        50,
      ),
    },
    key: { p50: percentile(scored, 50), p95: percentile(scored, 95), noteP95: percentile(typed, 95) },
    bareKey: { p50: percentile(bareKeys, 50), p95: percentile(bareKeys, 95) },
    longTasks: { count: longTasks.length, longest: percentile(longTasks, 100) },
    save: { p50: percentile(saves, 50), p95: percentile(saves, 95) },
  }
  const ratio = { open: figures.open.p50 / figures.bareList.p50, key: figures.key.p95 / figures.bareKey.p95 }
  process.stdout.write(`${JSON.stringify({ ...figures, ratio })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
