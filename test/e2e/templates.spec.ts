import { AxeBuilder } from '@axe-core/playwright'
import { startOf, t } from '../support/e2e-text.ts'
import { expect, PASSPHRASE, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { choose, openPage } from './pages/frame.ts'
import { begin, createIdentity } from './pages/identity-page.ts'
import {
  addItem,
  addSection,
  field,
  moveTo,
  newChecklist,
  order,
  properties,
  row,
  saved,
  showPart,
  showSide,
  tree,
} from './pages/templates-page.ts'

const word = (key: Parameters<typeof t<'templateEditor'>>[1]): string => t('templateEditor', key)

async function atWork(desk: Desk): Promise<void> {
  await createIdentity(desk, { name: '王编', unit: '评定办公室', passphrase: PASSPHRASE })
  await begin(desk)
}

async function isAccessible({ page }: Desk): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`))).toEqual([])
}

test('a checklist is made from nothing, put right, put in order and issued', async ({ bench }) => {
  const desk = await bench.open('office')
  const { page } = desk
  await atWork(desk)
  await newChecklist(desk)
  await field(desk, word('number')).fill('LN-GY-2027')
  await field(desk, word('title')).fill('省级工业品牌细则')

  await showSide(desk, 'side_outline')
  await tree(desk).getByRole('treeitem').first().click()
  await field(desk, word('sectionName')).fill('基本要求')
  await addItem(desk, 'veto', '无重大质量事故')
  await addItem(desk, 'conformity', '执行标准有效')
  await addSection(desk, '质量保证')
  await addItem(desk, 'points', '检验能力')
  await addItem(desk, 'maturity', '质量改进')
  const made = ['基本要求', '无重大质量事故', '执行标准有效', '质量保证', '检验能力', '质量改进']
  expect(await order(desk)).toEqual(made)

  // A finding: seen beside the control and in the list, reached by a press, gone when put right.
  await row(desk, '检验能力').click()
  await field(desk, word('step')).fill('3')
  const wrong = startOf(t('findings', 'step'))
  await expect(properties(desk).getByText(wrong)).toBeVisible()
  await row(desk, '质量改进').click()
  await page.getByRole('button', { name: t('templateEditor', 'sideErrors', { n: 1 }) }).click()
  await page.getByRole('button', { name: wrong }).click()
  await expect(field(desk, word('step'))).toBeFocused()
  await isAccessible(desk)
  await field(desk, word('step')).fill('12.5')
  await expect(properties(desk).getByText(wrong)).toBeVisible()
  await field(desk, word('fullMarks')).fill('12.5')
  await field(desk, word('step')).fill('0.5')
  await expect(properties(desk).getByText(wrong)).toHaveCount(0)

  // Undo and redo go through everything; keystrokes in one control are one step.
  await showSide(desk, 'side_outline')
  await row(desk, '质量改进').click()
  await page.keyboard.press('Delete')
  await expect(row(desk, '质量改进')).toHaveCount(0)
  await expect(row(desk, '检验能力')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(row(desk, '质量改进')).toHaveCount(1)
  await page.keyboard.press('Control+Shift+z')
  await expect(row(desk, '质量改进')).toHaveCount(0)
  await page.getByRole('button', { name: word('undo'), exact: true }).click()

  // Order by keyboard, across the border of sections, and by drag.
  await row(desk, '检验能力').click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect
    .poll(() => order(desk))
    .toEqual(['基本要求', '无重大质量事故', '执行标准有效', '检验能力', '质量保证', '质量改进'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => order(desk)).toEqual(made)
  await moveTo(desk, '基本要求', '无重大质量事故')
  await expect
    .poll(() => order(desk))
    .toEqual(['基本要求', '无重大质量事故', '检验能力', '执行标准有效', '质量保证', '质量改进'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => order(desk)).toEqual(made)
  await row(desk, '质量改进').dragTo(row(desk, '执行标准有效'), { targetPosition: { x: 120, y: 4 } })
  await expect
    .poll(() => order(desk))
    .toEqual(['基本要求', '无重大质量事故', '质量改进', '执行标准有效', '质量保证', '检验能力'])
  await saved(desk)
  await isAccessible(desk)

  await page.getByRole('button', { name: word('issue'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('issueNow'), exact: true })
    .click()
  await expect(page.getByRole('dialog').getByText(word('issuedText'))).toBeVisible()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('toList') })
    .click()
  const issued = page.getByRole('article', { name: '省级工业品牌细则' })
  await expect(issued.getByText(t('templates', 'justIssued'))).toBeVisible()
  await isAccessible(desk)

  // A new task can use it.
  await openPage(desk, 'project')
  await desk.call('project.found', { name: '省优品 2027', passphrase: PASSPHRASE })
  await openPage(desk, 'home')
  await page
    .getByRole('button', { name: t('home', 'newTask') })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await choose(desk, dialog.getByLabel(t('home', 'chooseTemplate'), { exact: true }), '省级工业品牌细则')
  await dialog.getByRole('button', { name: t('common', 'cancel') }).click()

  // The next edition begins with everything and knows the one before.
  await openPage(desk, 'templates')
  await issued.getByRole('button', { name: t('templates', 'nextEdition') }).click()
  await expect(tree(desk).getByRole('treeitem')).toHaveCount(6)
  await showPart(desk, 'basics')
  await expect(field(desk, word('edition'))).toHaveValue('2')
  expect(desk.complaints).toEqual([])
})

test('what cannot be issued says why; a removed draft comes back', async ({ bench }) => {
  const desk = await bench.open('office')
  const { page } = desk
  await atWork(desk)
  await newChecklist(desk)
  await page.getByRole('button', { name: word('issue'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('showFindings') })
    .click()
  await page
    .getByRole('region', { name: word('errors') })
    .getByRole('button')
    .first()
    .click()
  await field(desk, word('number')).fill('LN-FW-2027')
  await field(desk, word('bonusCap')).fill('十分')
  await expect(properties(desk).getByText(word('number_notNumber'))).toBeVisible()
  await field(desk, word('bonusCap')).fill('１２．５')
  await saved(desk)
  await openPage(desk, 'templates')
  const draft = page.getByRole('article', { name: t('templates', 'untitled') })
  await expect(draft.getByText('LN-FW-2027')).toBeVisible()
  await draft.getByRole('button', { name: t('templates', 'removeDraft') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common', 'remove') })
    .click()
  await expect(draft).toHaveCount(0)
  await page.getByRole('button', { name: t('common', 'undo') }).click()
  await draft.getByRole('link').click()
  await showPart(desk, 'basics')
  await expect(field(desk, word('number'))).toHaveValue('LN-FW-2027')
  await expect(field(desk, word('bonusCap'))).toHaveValue('12.5')
  expect(desk.complaints).toEqual([])
})

test('rows of a spreadsheet become items, change together, are tried and put right by key', async ({ bench }) => {
  const desk = await bench.open('office')
  const { page, app } = desk
  await atWork(desk)
  await newChecklist(desk)
  await field(desk, word('title')).fill('协会自用检查表')
  await showSide(desk, 'side_outline')
  await tree(desk).getByRole('treeitem').first().click()
  await field(desk, word('sectionName')).fill('现场管理')

  // Copied in a spreadsheet, pasted on the list; the columns are taken for what their head says.
  const copied =
    '序号\t检查内容\t分值\t评分标准\n1.1\t原料进厂检验\t20\t缺一项扣5分\n1.2\t留样管理\t15\t\n1.3\t"清洁\n消毒"\t5\t'
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), copied)
  await tree(desk).getByRole('treeitem').first().click()
  await page.keyboard.press('Control+v')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(t('templateEditor', 'pasteCounts', { n: 3, points: '40', leftOut: 0 }))).toBeVisible()
  await isAccessible(desk)
  // A heading among the rows would become a section of its own.
  const rows = dialog.getByLabel(t('templateEditor', 'pasteRows'))
  await rows.fill(`${copied}\n二、过程控制\t\t\t\n2.1\t首件检验\t5\t`)
  await expect(dialog.getByText(t('templateEditor', 'pasteSections', { n: 1 }).trim())).toBeVisible()
  await rows.fill(copied)
  await dialog.getByRole('button', { name: t('templateEditor', 'pasteNow', { n: 3 }) }).click()
  await expect(tree(desk).getByRole('treeitem', { selected: true })).toHaveCount(3)

  // All three at once, each change one step.
  await expect(
    properties(desk).getByRole('heading', { name: t('templateEditor', 'bulkTitle', { n: 3 }) }),
  ).toBeVisible()
  const observe = properties(desk).getByRole('checkbox', { name: word('method_observe') })
  await observe.check()
  await field(desk, word('bulkMultiply')).fill('200')
  await page.keyboard.press('Enter')
  const total = (full: number) => t('templateEditor', 'totals', { full, scored: 3, words: 0 })
  await expect(page.getByText(total(80))).toBeVisible()
  await isAccessible(desk)
  await page.getByRole('button', { name: word('undo'), exact: true }).click()
  await expect(page.getByText(total(40))).toBeVisible()
  await expect(observe).toBeChecked()

  // Chosen by Shift, moved together, ended by Escape.
  await row(desk, '留样管理').click()
  await row(desk, '消毒').click({ modifiers: ['Shift'] })
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(async () => (await order(desk))[1]).toContain('留样管理')
  await page.keyboard.press('Escape')
  await expect(tree(desk).getByRole('treeitem', { selected: true })).toHaveCount(1)

  // Tried with the expert's own controls; nothing of it is stored.
  await row(desk, '原料进厂检验').click()
  await properties(desk)
    .getByRole('button', { name: word('view_preview') })
    .click()
  await page.keyboard.press('5')
  await expect(
    properties(desk).getByText(t('templateEditor', 'trialScore', { score: '5.00', full: '20.00' })),
  ).toBeVisible()
  await isAccessible(desk)
  await properties(desk)
    .getByRole('button', { name: word('trialReset') })
    .click()
  await expect(properties(desk).getByText(word('trialOpen'))).toBeVisible()

  // The first finding by key: the field it names has the focus.
  await page.keyboard.press('F8')
  await expect(field(desk, word('number'))).toBeFocused()
  await page.keyboard.insertText('XH-2026')

  // The total made 1000 in one step, shown before.
  await page
    .getByRole('group', { name: word('side') })
    .getByRole('button')
    .last()
    .click()
  await page.getByRole('button', { name: word('scale') }).click()
  await expect(dialog.getByText(t('templateEditor', 'scaleChanges', { n: 3, unit: 1 }))).toBeVisible()
  await dialog.getByRole('button', { name: word('scaleNow'), exact: true }).click()
  await expect(page.getByText(total(1000))).toBeVisible()
  await isAccessible(desk)
  await saved(desk)
  expect(desk.complaints).toEqual([])
})
