import { formatMicro } from '../../shared/scoring/numbers.ts'
import { t } from '../support/e2e-text.ts'
import { industrialTemplate, sampleTaskContent } from '../support/sample-task.ts'
import { everyKind, makeVisitProfile } from '../support/checklist-visit.ts'
import { expect, PASSPHRASE, test } from './fixtures.ts'
import { choice, lacks, openItem, pane, pressAtOnce, saved, stored, toItem } from './pages/checklist-page.ts'
import { openTask, openTaskPage } from './pages/frame.ts'
import { unlock } from './pages/identity-page.ts'
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

test('a key pressed before the rest of the page is there is acted on', async ({ bench }) => {
  const { taskId } = await makeVisitProfile(bench.file('solo'), { template: everyKind() })
  const desk = await bench.open('solo')
  await unlock(desk, PASSPHRASE)
  const { page } = desk
  const openWith = async (...keys: string[]) => {
    await desk.go(`/task/${taskId}/overview`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await pressAtOnce(desk, taskId, keys)).toBe(false)
  }
  await openWith('1', 'm')
  await page.keyboard.type('许可在有效期内')
  await page.keyboard.press('Escape')
  await saved(page)
  expect(await stored(desk, taskId, 'v1')).toMatchObject({ value: 'pass', note: '许可在有效期内' })
  await openWith('g')
  await expect(pane(desk, 'G1')).toBeVisible()
  await openWith('/')
  await expect(page.getByRole('searchbox', { name: t('find', 'search') })).toBeFocused()
  expect(desk.complaints).toEqual([])
})

test('items are found by pinyin and words over all sections, filtered, and Escape leads back', async ({ bench }) => {
  const { taskId } = await makeVisitProfile(bench.file('solo'), { template: everyKind(), member: { owns: ['c1'] } })
  const desk = await bench.open('solo')
  await unlock(desk, PASSPHRASE)
  const { page } = desk
  const list = page.getByRole('list', { name: t('checklist', 'items') })
  const box = page.getByRole('searchbox', { name: t('find', 'search') })
  const rows = list.getByRole('listitem')
  await toItem(desk, taskId, 'g1', 'G1')
  await test.step('initials of a title, marked where they were found', async () => {
    await page.keyboard.press('Control+f')
    await page.keyboard.type('jlgl')
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('1.2')
    await expect(rows.first().locator('mark')).toHaveText('计量管理')
    await page.keyboard.press('Escape')
    await expect(pane(desk, 'G1')).toBeVisible()
    await expect(box).toHaveValue('')
    await expect(box).not.toBeFocused()
  })
  await test.step('through the results by key; what was judged there stays', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('guanli')
    await expect(rows).toHaveCount(1)
    await box.fill('1.')
    await expect(rows).toHaveCount(5)
    await page.keyboard.press('Enter')
    await expect(pane(desk, '1.1')).toBeVisible()
    await page.keyboard.press('j')
    await expect(pane(desk, '1.2')).toBeVisible()
    await page.keyboard.press('9')
    await saved(page)
    await page.keyboard.press('Escape')
    await expect(box).toHaveValue('')
    await expect(pane(desk, '1.2')).toBeVisible()
  })
  await test.step('a filter shows its items over all sections; jumps go to one kind only', async () => {
    const filters = page.getByRole('group', { name: t('find', 'filters') })
    await filters.getByRole('button', { name: t('find', 'failed') }).click()
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('1.2')
    const more = filters.getByRole('button', { name: t('find', 'more') })
    await more.click()
    await page.keyboard.press('Escape')
    await expect(more).toHaveAttribute('aria-expanded', 'false')
    await expect(more).toBeFocused()
    await expect(rows).toHaveCount(1)
    await more.click()
    const owner = page.getByRole('button', { name: t('find', 'owner') })
    await expect(owner).toHaveCount(0)
    await page.getByRole('button', { name: t('find', 'clear') }).click()
    await owner.click()
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('1.1')
    await box.fill('没有这样的条目')
    await expect(page.getByText(t('find', 'nothing'))).toBeVisible()
    await page
      .getByRole('status')
      .getByRole('button', { name: t('find', 'clear') })
      .click()
    await toItem(desk, taskId, 'v1', 'V1')
    await page.keyboard.press('x')
    await expect(pane(desk, '1.2')).toBeVisible()
    await page.keyboard.press('g')
    await expect(pane(desk, '1.3')).toBeVisible()
    await page.keyboard.press('Shift+g')
    await expect(pane(desk, '1.2')).toBeVisible()
    await page.keyboard.press('w')
    await expect(pane(desk, '1.3')).toBeVisible()
    await page.keyboard.press('l')
    await expect(pane(desk, '1.2')).toBeVisible()
  })
  expect(desk.complaints).toEqual([])
})

test('each kind of item is judged by keys, and every score says where it comes from', async ({ bench }) => {
  const { taskId } = await makeVisitProfile(bench.file('solo'), { template: everyKind() })
  const desk = await bench.open('solo')
  await unlock(desk, PASSPHRASE)
  const { page } = desk
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const kept = async (item: string) => {
    await saved(page)
    return await stored(desk, taskId, item)
  }
  await toItem(desk, taskId, 'v1', 'V1')
  await press('3')
  await expect(pane(desk, 'V1').getByLabel(t('checklist', 'pendingWho'))).toBeFocused()
  await page.keyboard.type('周文静')
  await press('Escape')
  expect(await kept('v1')).toMatchObject({ value: 'pending', pending: { who: '周文静', due: null } })
  await press('1', 'j', '1')
  expect(await kept('g1')).toMatchObject({ value: 'yes' })
  await press('j', '1')
  expect(await kept('c1')).toMatchObject({ value: 'full', score: 20 * POINT })
  await press('j', '9')
  expect(await kept('c9')).toMatchObject({ value: 'g9', score: 0 })
  await press('j', '2')
  expect(await kept('cp')).toMatchObject({ value: 'partly', score: 3 * POINT })
  await press('j', '6', '5')
  expect(await kept('m1')).toMatchObject({ value: 65, score: 13 * POINT })
  await press('A')
  expect(await kept('m1')).toMatchObject({ value: 50 })
  await press('ArrowRight')
  expect(await kept('m1')).toMatchObject({ value: 55 })
  await press('j', '7', '.', '5', 'Enter')
  expect(await kept('p1')).toMatchObject({ value: 7.5 * POINT })
  await test.step('indicator rows from digit to digit', async () => {
    await press('j', '4', '6', '0', 'Enter', '8', 'Enter')
    expect(await kept('n1')).toMatchObject({ value: 5500, score: 16.5 * POINT })
    await expect(lacks(pane(desk, '2.1'))).toContainText(t('checklist', 'problem_promiseNotMet'))
  })
  await test.step('deductions by number, more and fewer, none', async () => {
    await press('j', '1', '1', '1', '1')
    expect(await kept('d1')).toMatchObject({ value: [{ id: 'late', count: 3 }], score: 4 * POINT })
    await press('-', '2')
    expect(await kept('d1')).toMatchObject({
      value: [
        { id: 'late', count: 2 },
        { id: 'lost', count: 1 },
      ],
      score: POINT,
    })
    await press('0')
    expect(await kept('d1')).toMatchObject({ value: [], score: 10 * POINT })
  })
  await test.step('units, each in its turn', async () => {
    await press('j', '+', '5', '0', '+', '7', '5')
    const answer = await kept('u1')
    expect(answer?.units.map((unit) => unit.value)).toEqual([50, 75])
    expect(answer?.score).toBe(7.5 * POINT)
    await press('[', '[', 'ArrowRight')
    expect((await kept('u1'))?.units.map((unit) => unit.value)).toEqual([55, 75])
  })
  await press('j', '5', 'Enter', 'k', 'j')
  expect(await kept('b1')).toMatchObject({ value: 5 * POINT })
  await press('n')
  await page.keyboard.type('没有申报')
  await press('Control+Enter')
  await expect.poll(async () => (await stored(desk, taskId, 'b1'))?.reason).toBe('没有申报')
  await test.step('why', async () => {
    await page.getByRole('button', { name: t('why', 'open') }).click()
    const panel = page.getByRole('region', { name: t('checklist', 'extra_why') })
    const { template } = await desk.call('sheet.open', { taskId })
    await panel.getByRole('button', { name: `2 ${template.sections[1]?.title.zh ?? ''}` }).click()
    await panel.getByRole('button', { name: '1.3 档案保存' }).click()
    await expect(panel).toContainText(t('why', 'by_gradePoints', { grade: 'partly', score: formatMicro(3 * POINT) }))
  })
  expect(desk.complaints).toEqual([])
})
