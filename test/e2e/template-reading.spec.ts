import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { ROOT } from '../../electron/runtime/workspace.ts'
import type { Template } from '../../shared/domain/template.ts'
import { t } from '../support/e2e-text.ts'
import { expect, PASSPHRASE, test } from './fixtures.ts'
import { begin, createIdentity } from './pages/identity-page.ts'

/** An issued form of the industrial sample grown to a thousand items. */
function grown(): Template {
  const sample = JSON.parse(readFileSync(join(ROOT, 'assets/templates/industrial.json'), 'utf8')) as Template
  const [scored] = sample.sections.flatMap((s) => s.items).filter((i) => i.type === 'maturity')
  if (scored === undefined) throw new Error('no item to copy')
  const sections = Array.from({ length: 20 }, (_, k) => ({
    id: `s${k}`,
    code: String(k + 1),
    title: { zh: `第 ${k + 1} 章`, en: '' },
    justifyBelow_bp: null,
    items: Array.from({ length: 50 }, (__, n) => ({ ...scored, id: `i${k}-${n}`, code: `${k + 1}.${n + 1}` })),
  }))
  const totalFull_cp = 1000 * scored.full_cp
  return { ...sample, number: 'T-1000', previous: null, layers: [], bonusCap_cp: null, totalFull_cp, sections }
}

test('a thousand items are read and searched with only those in view on the page', async ({ bench }) => {
  const desk = await bench.open('office')
  const { page } = desk
  await createIdentity(desk, { name: '王编', unit: '评定办公室', passphrase: PASSPHRASE })
  await begin(desk)
  const { draftId } = await desk.call('template.newDraft', { from: { kind: 'blank', category: 'industry' } })
  await desk.call('template.saveDraft', { draftId, json: JSON.stringify(grown()) })
  const { sha256 } = await desk.call('template.issue', { draftId })
  await page.evaluate((hash) => (location.hash = `#/templates/view/${hash}`), sha256)

  const items = page.getByRole('article')
  await expect(items.first()).toContainText('1.1')
  await page.getByRole('searchbox', { name: t('templates', 'templateSearch') }).fill('20.50')
  await expect(items).toHaveCount(1)
  await page.getByRole('searchbox', { name: t('templates', 'templateSearch') }).fill('.')
  await expect(items.nth(1)).toBeVisible()
  expect(await items.count()).toBeLessThan(60)
  await page.locator('#page').evaluate((main) => main.scrollTo(0, main.scrollHeight))
  await expect(page.getByRole('article').filter({ hasText: '20.50' })).toBeInViewport()
  expect(await items.count()).toBeLessThan(60)
  const last = page.getByRole('button', { name: '第 20 章' })
  await page.getByRole('searchbox', { name: t('templates', 'templateSearch') }).fill('20.5')
  await expect(last).toHaveAttribute('aria-expanded', 'true')
  await last.click()
  await expect(items).toHaveCount(0)
  await page.getByRole('button', { name: t('common', 'emptySearch') }).click()
  await expect(items.first()).toContainText('1.1')

  // Nothing on a Chinese screen is called by an English file name; what stands without words has a Chinese name.
  for (const hash of ['#/', '#/project', '#/exchange', '#/templates', `#/templates/view/${sha256}`, '#/settings']) {
    await page.evaluate((to) => (location.hash = to), hash)
    await expect(page.locator('main h1')).toBeVisible()
    const names = await page
      .locator('[aria-label]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
    expect(names.filter((name) => /^[a-z -]+$/i.test(name)).join()).toBe('')
    expect(await page.locator('.anticon').count()).toBeGreaterThan(0)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const nameless = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    expect(nameless.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`))).toEqual([])
  }
})
