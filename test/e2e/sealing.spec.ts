import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { t } from '../support/e2e-text.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { choice, pane, saved, stored } from './pages/checklist-page.ts'
import { choose, givePassphrase, openTask, openTaskPage } from './pages/frame.ts'

const ENTERPRISE = sampleTaskContent().enterprise.name

test('a nonconformity is raised from an item and completed in the register', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['filled', 'e2'] })
  const { page } = desk
  await desk.go(`/task/${bench.taskId}/checklist?item=i7.1`)
  const item = pane(desk, '7.1')
  await item.getByRole('button', { name: t('checklist', 'raiseNonconformity') }).click()
  await item.getByLabel(t('checklist', 'ncEvidence')).fill('装配三班 11 月 20 日巡检记录缺 2 次')
  await item
    .getByRole('group', { name: t('checklist', 'ncSaveAs') })
    .getByRole('button', { name: t('checklist', 'nc_minor') })
    .click()
  await item.getByRole('link', { name: /装配三班/ }).click()
  const form = page.getByRole('form', { name: t('nonconformity', 'form') })
  await expect(form.getByLabel(t('nonconformity', 'evidence'))).toHaveValue('装配三班 11 月 20 日巡检记录缺 2 次')
  await form
    .getByRole('group', { name: t('nonconformity', 'kind') })
    .getByRole('button', { name: t('nonconformity', 'major') })
    .click()
  await form.getByLabel(t('nonconformity', 'where')).fill('一厂区装配线')
  await form.getByLabel(t('nonconformity', 'confirmedBy')).fill('质量总监 王建国')
  await form
    .getByRole('button', { name: t('nonconformity', 'usePhoto', { name: '' }).trim() })
    .first()
    .click()
  await choose(desk, form.getByRole('combobox', { name: t('nonconformity', 'item') }), /^7\.3 /)
  await expect(form.locator('.saved-state')).toHaveAttribute('data-state', 'saved')
  const { nonconformities } = await desk.call('sheet.open', { taskId: bench.taskId })
  expect(nonconformities.find((n) => n.where === '一厂区装配线')).toMatchObject({
    item: 'i7.3',
    kind: 'major',
    media: [expect.any(String)],
  })
  await form.getByRole('button', { name: t('nonconformity', 'remove') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('nonconformity', 'remove') })
    .click()
  await expect
    .poll(async () => (await desk.call('sheet.open', { taskId: bench.taskId })).nonconformities.length)
    .toBe(nonconformities.length - 1)
})

test('a sheet is completed from the list of what is missing, sealed, exported, corrected as revision 2', async ({
  bench,
}) => {
  const desk = await bench.open('e2', { from: ['filled', 'e2'] })
  const { page } = desk
  const { taskId } = bench
  await desk.call('sheet.saveAnswer', { taskId, item: 'g1', answer: null })
  // Judged by several, and this sheet brings nothing to show for it.
  const shared = await stored(desk, taskId, 'i6.1')
  if (shared === null) throw new Error('no record of i6.1')
  await desk.call('sheet.saveAnswer', {
    taskId,
    item: 'i6.1',
    answer: { ...shared, documents: [], noEvidence: '' },
  })
  const target = bench.file('sheet.evp')

  await test.step('what is missing leads to its item', async () => {
    await openTask(desk, ENTERPRISE)
    await openTaskPage(desk, 'seal')
    await expect(page.getByRole('button', { name: t('seal', 'notYet') })).toBeDisabled()
    await page.getByRole('link', { name: /^V5 / }).click()
    const item = pane(desk, 'V5')
    await choice(item, t('checklist', 'yes')).click()
    await item.getByRole('button', { name: t('checklist', 'noEvidence') }).click()
    await item.getByLabel(t('checklist', 'noEvidenceReason')).fill('企业要求该区域不拍照')
    await saved(page)
  })
  await test.step('seal: a wrong passphrase changes nothing', async () => {
    await openTaskPage(desk, 'seal')
    await expect(page.getByText(t('seal', 'complete'))).toBeVisible()
    const owed = page.getByRole('region', { name: t('seal', 'teamOwed', { n: 1 }) })
    await owed.getByRole('button').click()
    await expect(owed.getByRole('link', { name: /^6\.1 / })).toBeVisible()
    await page.getByRole('button', { name: t('seal', 'sealNow') }).click()
    await givePassphrase(desk, 'not the passphrase', t('seal', 'sealNow'))
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(t('failures', 'wrongPassphrase'))
    expect((await desk.call('sheet.open', { taskId })).sheetState).toBe('open')
    await givePassphrase(desk, PASSPHRASE, t('seal', 'sealNow'))
    await expect(page.getByText(t('seal', 'latest'))).toBeVisible()
    await openTaskPage(desk, 'checklist')
    await expect(
      choice(page.getByRole('article'), t('checklist', 'yes')).or(page.locator('.choice')).first(),
    ).toBeDisabled()
  })
  await test.step('export never overwrites', async () => {
    await openTaskPage(desk, 'seal')
    writeFileSync(target, 'somebody else’s file')
    await desk.answer(target)
    await page.getByRole('button', { name: t('seal', 'export') }).click()
    await expect(page.getByRole('alert')).toContainText(t('failures', 'fileExists'))
    expect(readFileSync(target, 'utf8')).toBe('somebody else’s file')
    await desk.answer(bench.file('sheet-1.evp'))
    await page.getByRole('button', { name: t('seal', 'export') }).click()
    await expect(
      page.getByRole('status').filter({ hasText: t('seal', 'exported', { path: bench.file('sheet-1.evp') }) }),
    ).toBeVisible()
    expect(existsSync(bench.file('sheet-1.evp'))).toBe(true)
    await expect(page.locator('.delivery li[data-done=true]')).toHaveCount(3)
  })
  await test.step('revision', async () => {
    await page.getByRole('button', { name: t('seal', 'revise') }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: t('seal', 'reviseConfirm') })).toBeDisabled()
    await dialog.getByLabel(t('seal', 'reviseReason')).fill('2.1 复核照片后更正')
    await dialog.getByRole('button', { name: t('seal', 'reviseConfirm') }).click()
    await expect(page.getByText(t('seal', 'revising', { n: 2, reason: '2.1 复核照片后更正' }))).toBeVisible()
    await page.getByRole('button', { name: t('seal', 'sealNow') }).click()
    await givePassphrase(desk, PASSPHRASE, t('seal', 'sealNow'))
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText(t('seal', 'reason', { reason: '2.1 复核照片后更正' }))).toBeVisible()
    await desk.close()
    const again = await bench.open('e2', { from: ['filled', 'e2'] })
    const { sealed } = await again.call('sheet.open', { taskId })
    expect(sealed.map((s) => [s.revision, s.reason])).toEqual(
      expect.arrayContaining([
        [1, ''],
        [2, '2.1 复核照片后更正'],
      ]),
    )
  })
})
