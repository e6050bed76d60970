import { formatMicro } from '../../shared/scoring/numbers.ts'
import { t } from '../support/e2e-text.ts'
import { industrialTemplate, sampleTaskContent } from '../support/sample-task.ts'
import { expect, test } from './fixtures.ts'
import { choice, lacks, openItem, pane, saved, stored, toItem } from './pages/checklist-page.ts'
import { openTask, openTaskPage } from './pages/frame.ts'
import { declare } from './pages/task-page.ts'

const ENTERPRISE = sampleTaskContent().enterprise.name
const GRADES = industrialTemplate().gradeSets[0]?.grades.map((grade) => grade.label.zh) ?? []
const POINT = 1_000_000

test('every kind of item is scored with the mouse, and wrong input is met where it is made', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['handed', 'e2'] })
  const { page } = desk
  const { taskId } = bench
  await openTask(desk, ENTERPRISE)
  await openTaskPage(desk, 'checklist')
  await expect(page.getByText(t('checklist', 'declareFirst'))).toBeVisible()
  await openTaskPage(desk, 'overview')
  await declare(desk)
  await openTaskPage(desk, 'checklist')

  await test.step('veto', async () => {
    const item = await openItem(desk, '0', 'V7')
    await choice(item, t('checklist', 'pending')).click()
    await expect(lacks(item)).toContainText(t('checklist', 'problem_pending'))
    await item.getByLabel(t('checklist', 'pendingWho')).fill('周文静')
    await item.getByLabel(t('checklist', 'pendingDue')).fill('2026-12-05')
    await expect(lacks(item)).not.toContainText(t('checklist', 'problem_pending'))
    await choice(item, t('checklist', 'pass')).click()
    await expect(choice(item, t('checklist', 'pass'))).toHaveAttribute('aria-pressed', 'true')
    await saved(page)
    expect((await stored(desk, taskId, 'v7'))?.value).toBe('pass')
  })
  await test.step('gate', async () => {
    const item = await openItem(desk, '0', 'V5')
    await choice(item, t('checklist', 'yes')).click()
    await saved(page)
    expect((await stored(desk, taskId, 'g1'))?.value).toBe('yes')
  })
  await test.step('conformity', async () => {
    const item = await openItem(desk, '2', '2.5')
    await choice(item, GRADES[1] ?? '').click()
    await expect(lacks(item)).toContainText(t('checklist', 'problem_nonconformityMissing'))
    await saved(page)
    expect(await stored(desk, taskId, 'i2.5')).toMatchObject({ value: 'partial', score: 10 * POINT })
  })
  await test.step('maturity: off the step and out of range', async () => {
    const item = await openItem(desk, '4', '4.5')
    const percent = item.getByRole('spinbutton', { name: t('checklist', 'percent') })
    await percent.fill('47')
    await percent.blur()
    await expect(percent).toHaveValue('45')
    await expect(item.getByRole('alert')).toHaveText(
      t('common', 'stepTaken', { typed: '47', used: '45', max: '100', step: '5' }),
    )
    await percent.fill('170')
    await percent.blur()
    await expect(percent).toHaveValue('100')
    await expect(item.getByRole('alert')).toContainText('170')
    await item.getByRole('button', { name: t('checklist', 'less') }).click()
    await expect(percent).toHaveValue('95')
    await percent.fill('excellent')
    await percent.blur()
    await expect(percent).toHaveValue('95')
    await expect(item.getByRole('alert')).toHaveText(t('common', 'stepNotNumber', { typed: 'excellent', max: '100' }))
    await saved(page)
    expect(await stored(desk, taskId, 'i4.5')).toMatchObject({ value: 95, score: 9.5 * POINT })
  })
  await test.step('points', async () => {
    const item = await openItem(desk, '2', '2.4')
    await item
      .getByRole('list', { name: t('checklist', 'anchors') })
      .getByRole('button')
      .nth(1)
      .click()
    await expect(item.locator('.number-score')).toContainText(
      t('checklist', 'ofFull', { score: formatMicro(16 * POINT), full: formatMicro(20 * POINT) }),
    )
    const points = item.getByRole('spinbutton', { name: t('checklist', 'pointsGiven') })
    await points.fill('99')
    await points.blur()
    await expect(points).toHaveValue('20.00')
    await points.fill('15.5')
    await points.blur()
    await saved(page)
    const kept = await stored(desk, taskId, 'i2.4')
    expect(kept?.score).toBe(kept?.value)
    expect([15 * POINT, 15.5 * POINT, 16 * POINT]).toContain(kept?.value)
  })
  await test.step('indicator: a word where a number belongs', async () => {
    const item = await openItem(desk, '1', '1.2')
    const first = item.getByRole('textbox').first()
    await first.fill('很好')
    await expect(first).toHaveAttribute('aria-invalid', 'true')
    await expect(item.getByText(t('checklist', 'notANumber'))).toBeVisible()
    expect((await stored(desk, taskId, 'i1.2'))?.indicators ?? []).toEqual([])
    await first.fill('72.5')
    await expect(item.getByText(t('checklist', 'notANumber'))).toHaveCount(0)
    await expect(lacks(item)).toContainText(t('checklist', 'problem_indicators'))
    await saved(page)
    expect((await stored(desk, taskId, 'i1.2'))?.indicators).toHaveLength(1)
  })
  await test.step('N/A without a reason', async () => {
    const item = await openItem(desk, '5', '5.1')
    await item.getByRole('button', { name: t('checklist', 'na') }).click()
    await expect(lacks(item)).toContainText(t('checklist', 'problem_reason'))
    await item.getByLabel(t('checklist', 'reason_na')).fill('企业不从事产品设计。')
    await expect(lacks(item)).toHaveCount(0)
    await saved(page)
    expect(await stored(desk, taskId, 'i5.1')).toMatchObject({
      state: 'na',
      value: null,
      reason: '企业不从事产品设计。',
    })
  })

  await test.step('a power cut loses nothing that was said to be saved', async () => {
    const before = (await desk.call('sheet.open', { taskId })).answers
    await desk.kill()
    const again = await bench.open('e2', { from: ['handed', 'e2'] })
    expect((await again.call('sheet.open', { taskId })).answers).toEqual(before)
    await openTask(again, ENTERPRISE)
    await openTaskPage(again, 'checklist')
    await openItem(again, '0', 'V7')
    await expect(choice(pane(again, 'V7'), t('checklist', 'pass'))).toHaveAttribute('aria-pressed', 'true')
    expect(again.complaints).toEqual([])
  })
})

test('a section is scored with the keyboard alone', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['handed', 'e2'] })
  const { page } = desk
  const { taskId } = bench
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await desk.call('sheet.accept', { taskId })
  await toItem(desk, taskId, 'g1', 'V5')
  await press('1')
  await saved(page)
  await press('j')
  await expect(pane(desk, 'V7')).toBeVisible()
  await press('2', 'u', '1')
  await expect(choice(pane(desk, 'V7'), t('checklist', 'pass'))).toHaveAttribute('aria-pressed', 'true')
  await press('ArrowUp')
  await expect(pane(desk, 'V5')).toBeVisible()

  await toItem(desk, taskId, 'i4.5', '4.5')
  await press('8', '5')
  await saved(page)
  expect((await stored(desk, taskId, 'i4.5'))?.value).toBe(85)
  await press('ArrowRight')
  await expect(pane(desk, '4.5').getByRole('spinbutton')).toHaveValue('90')
  await press('m')
  await page.keyboard.type('记录齐全,抽查 3 份')
  await press('Shift+Tab')
  await saved(page)
  expect(await stored(desk, taskId, 'i4.5')).toMatchObject({ value: 90, note: '记录齐全,抽查 3 份' })

  await toItem(desk, taskId, 'i2.4', '2.4')
  await press('1', '6', 'Enter')
  await saved(page)
  expect((await stored(desk, taskId, 'i2.4'))?.value).toBe(16 * POINT)

  await toItem(desk, taskId, 'i5.1', '5.1')
  await press('n')
  await expect(lacks(pane(desk, '5.1'))).toContainText(t('checklist', 'problem_reason'))
  await expect(pane(desk, '5.1').getByLabel(t('checklist', 'reason_na'))).toBeFocused()
  await press('Escape', 'n')
  await saved(page)
  expect(await stored(desk, taskId, 'i5.1')).toBeNull()
  await press('g')
  await expect(pane(desk, '5.1')).toHaveCount(0)
})
