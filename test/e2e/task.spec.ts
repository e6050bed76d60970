import { t } from '../support/e2e-text.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { acceptPreview, exportPackage, openFiles, previewOf } from './pages/exchange-page.ts'
import { declare, goHome, issue, newDraftFromSample, openPart } from './pages/task-page.ts'

const { enterprise } = sampleTaskContent()

test('the sample task is edited, issued, exported and taken in by an expert', async ({ bench }) => {
  const lead = await bench.open('lead', { from: ['handed', 'lead'] })
  const { page } = lead
  await goHome(lead)
  await newDraftFromSample(lead)
  const uscc = page.getByLabel(t('task', 'uscc'))
  await uscc.fill(`${enterprise.uscc.slice(0, 17)}A`)
  await expect(page.locator('.field').filter({ has: uscc }).locator('.field-error')).toContainText(
    t('task', 'usccCheck', { c: enterprise.uscc.slice(17) }),
  )
  await openPart(lead, 'issue')
  await expect(page.getByRole('button', { name: t('task', 'issue'), exact: true })).toBeDisabled()
  await page
    .getByRole('listitem')
    .filter({ hasText: t('task', 'uscc') })
    .getByRole('button', { name: t('task', 'goThere') })
    .click()
  await uscc.fill(enterprise.uscc.toLowerCase())
  await expect(page.locator('.field').filter({ has: uscc }).locator('.field-error')).toHaveCount(0)
  await page.getByLabel(t('task', 'enterpriseName')).fill('样例二厂有限公司')
  await page.getByLabel(t('task', 'enterpriseName')).blur()
  await expect(page.locator('.saved-state').first()).toContainText(t('common', 'saved', { time: '' }).trim())

  await lead.close()
  const again = await bench.open('lead', { from: ['handed', 'lead'] })
  await expect(again.page.getByText('样例二厂有限公司')).toBeVisible()
  await again.page.getByRole('button', { name: t('home', 'continueDraft') }).click()
  await issue(again, PASSPHRASE)
  await exportPackage(again, t('exchange', 'kind_task'), bench.file('task.evp'))

  const expert = await bench.open('expert', { from: ['handed', 'e1'] })
  await openFiles(expert, bench.file('task.evp'))
  const preview = previewOf(expert, 'task.evp')
  await expect(preview).toContainText(t('exchange', 'canAccept'))
  await expect(preview).toContainText('样例二厂有限公司')
  expect(await expert.call('task.list', {})).toHaveLength(1)
  await acceptPreview(preview)
  await expert.page.getByRole('button', { name: t('exchange', 'openTask') }).click()
  await expect(expert.page.getByRole('heading', { level: 1, name: '样例二厂有限公司' })).toBeVisible()
  await declare(expert)

  await openFiles(expert, bench.file('task.evp'))
  await expect(previewOf(expert, 'task.evp')).toContainText(t('exchange', 'already'))
  expect([...again.complaints, ...expert.complaints]).toEqual([])
})
