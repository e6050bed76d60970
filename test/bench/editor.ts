import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PASSPHRASE } from '../support/app-world.ts'
import { bigTemplate, makeVisitProfile } from '../support/checklist-visit.ts'
import { t } from '../support/e2e-text.ts'
import { launchApp } from '../support/electron-app.ts'
import { newDraft, takeKeys, watchKeys } from './checklist/in-page.ts'
import { percentile } from './percentile.ts'

const ITEMS = Number(process.argv[2] ?? 2000)
const SECTIONS = Number(process.argv[3] ?? 200)
const ROUNDS = Number(process.argv[4] ?? 5)
/** The window does nothing else as long, ms. */
const GOAL = 50

const word = (key: Parameters<typeof t<'templateEditor'>>[1]): string => t('templateEditor', key)
const longest = new Map<string, number[]>()

/** Does something, waits until its findings are there, and notes its longest task; 0 when none was longer than 50 ms. */
async function watched(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  await page.evaluate(takeKeys)
  await work()
  await page.waitForTimeout(1500)
  const { longTasks } = await page.evaluate(takeKeys)
  longest.set(name, [...(longest.get(name) ?? []), Math.max(0, ...longTasks)])
}

async function edit(page: Page): Promise<void> {
  const tree = page.getByRole('tree', { name: word('outline') })
  const title = page.getByRole('textbox', { name: word('itemName'), exact: true })
  for (let round = 0; round < ROUNDS; round += 1) {
    await watched(page, 'show', () =>
      tree
        .getByRole('treeitem')
        .nth(2 + round)
        .click(),
    )
    await title.focus()
    await watched(page, 'type', () => page.keyboard.type('abcdefgh', { delay: 80 }))
    await watched(page, 'add', async () => {
      await page.getByLabel(word('addItem'), { exact: true }).selectOption('points')
    })
    await watched(page, 'undo', () => page.keyboard.press('Control+z'))
  }
  const cure = page.getByRole('button', { name: word('cure_methodsMissing') })
  for (let round = 0; round < ROUNDS; round += 1) {
    await watched(page, 'findings', () => page.locator('.side-tabs button').nth(2).click())
    await watched(page, 'cure', () => cure.click())
    await watched(page, 'uncure', () => page.locator('.finding-done').getByRole('button').click())
    await watched(page, 'scaling', () => page.getByRole('button', { name: word('scale'), exact: true }).click())
    const dialog = page.getByRole('dialog')
    await watched(page, 'scale', () => dialog.getByRole('button', { name: word('scaleNow') }).click())
    await watched(page, 'unscale', () => page.keyboard.press('Control+z'))
    await watched(page, 'outline', () => page.locator('.side-tabs button').first().click())
  }
}

const folder = mkdtempSync(join(tmpdir(), 'onsite-bench-'))
try {
  const made = bigTemplate(ITEMS, SECTIONS)
  const sections = made.sections.map((s) => ({ ...s, items: s.items.map((i) => ({ ...i, methods: [] })) }))
  await makeVisitProfile(folder, { template: { ...made, sections } })
  const app = await launchApp({ profileDir: folder, args: ['--disable-gpu'] })
  try {
    const page = await app.firstWindow()
    await page.getByLabel(t('common', 'passphrase')).fill(PASSPHRASE)
    await page.getByRole('button', { name: t('identity', 'unlock'), exact: true }).click()
    await page.getByRole('navigation', { name: t('shell', 'navigation') }).waitFor()
    await page.evaluate(watchKeys)
    const draftId = await page.evaluate(newDraft)
    await watched(page, 'open', async () => {
      await page.evaluate((id) => (window.location.hash = `/templates/draft/${id}`), draftId)
      await page.getByRole('tree').waitFor()
    })
    await edit(page)
  } finally {
    await app.close()
  }
  const shown = [...longest].map(([name, tasks]) => [name, { p50: percentile(tasks, 50), worst: Math.max(...tasks) }])
  const figures = { bench: 'editor', unit: 'ms', items: ITEMS, sections: SECTIONS, goal: GOAL }
  process.stdout.write(`${JSON.stringify({ ...figures, longest: Object.fromEntries(shown) })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
