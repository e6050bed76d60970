import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { writeWorkbook } from '../../electron/tabular/write.ts'
import { cells, worksheet, type Workbook } from '../../shared/tabular/workbook.ts'
import { startOf, t } from '../support/e2e-text.ts'
import type { Desk } from '../e2e/pages/desk.ts'
import { chooseWorkbook, liveLine, toPreview } from '../e2e/pages/import-page.ts'
import { field, saved, showPart } from '../e2e/pages/templates-page.ts'
import type { Member } from './crew.ts'
import type { Stage } from './stage.ts'

const NUMBER = 'DEMO-GYS-2026'

/** An office's own table: merged sections, methods in words, ticks under "veto", a total. */
const ownTable = (): Workbook => ({
  sheets: [
    worksheet(
      '现场检查表',
      [
        cells(['样例市供应商现场检查表'], 'title'),
        cells(['序号', '检查项目', '检查内容', '检查方法', '分值', '否决项'], 'head'),
        cells(['1', '基本条件', '生产许可证在有效期内', '查证照原件', '', '是']),
        cells(['2', '', '近三年无重大质量安全事故', '查监管平台', '', '是']),
        cells(['3', '质量管理', '质量管理制度有效运行', '查文件和记录', 30, '']),
        cells(['4', '', '每年开展内部审核和管理评审', '查近两年记录', 20, '']),
        cells(['5', '过程和检验', '关键工序有作业指导书，现场可见', '看现场', 20, '']),
        cells(['6', '', '出厂检验设备在检定有效期内', '查台账，抽3台', 30, '']),
        cells(['合计', '', '', '', 100, ''], 'total'),
      ],
      {
        merges: [
          { top: 0, left: 0, bottom: 0, right: 5 },
          { top: 2, left: 1, bottom: 3, right: 1 },
          { top: 4, left: 1, bottom: 5, right: 1 },
          { top: 6, left: 1, bottom: 7, right: 1 },
        ],
      },
    ),
  ],
})

/** Imports a table of one's own and issues it; compares its next edition; lays food over the industrial sample. */
export async function makeChecklists(stage: Stage, { desk }: Member): Promise<void> {
  await importOwn(stage, desk)
  await compareEditions(stage, desk)
  await layerFood(stage, desk)
}

async function importOwn(stage: Stage, desk: Desk): Promise<void> {
  const { page } = desk
  const file = join(stage.folder, 'inputs', 'own-checklist.xlsx')
  writeFileSync(file, await writeWorkbook(ownTable()))
  await chooseWorkbook(desk, file)
  const counts = t('templateImport', 'liveCounts', { sections: 3, items: 6, points: 100 })
  await expect(liveLine(desk)).toContainText(counts)
  await stage.shoot(desk, '自己的 Excel 检查表：核对每一列', 'Your own spreadsheet: what each column means')
  await toPreview(desk)
  await stage.shoot(desk, '读到的章节、条目和疑点', 'What was read, and what to look at')
  await page.getByRole('button', { name: t('templateImport', 'accept') }).click()
  await showPart(desk, 'basics')
  await field(desk, t('templateEditor', 'number')).fill(NUMBER)
  await saved(desk)
  await stage.shoot(desk, '编辑器：改好错误就能签发', 'The editor: no errors left')
  await page.getByRole('button', { name: t('templateEditor', 'issue'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('templateEditor', 'issueNow'), exact: true }).click()
  await expect(dialog.getByText(t('templateEditor', 'issuedText'))).toBeVisible()
  await dialog.getByRole('button', { name: t('templateEditor', 'toList') }).click()
}

async function compareEditions(stage: Stage, desk: Desk): Promise<void> {
  const card = (await desk.call('template.list', {})).find((one) => one.number === NUMBER)
  expect(card).toMatchObject({ totalFull_cp: 10_000, counts: { scored: 4, veto: 2 } })
  const { draftId, content } = await desk.call('template.newDraft', {
    from: { kind: 'edition', sha256: card?.sha256 ?? '' },
  })
  const [, first, second] = content.sections
  const [item] = first?.items ?? []
  if (item === undefined || second === undefined) throw new Error('no items')
  item.title.zh += '并每年评审'
  second.items.reverse()
  await desk.call('template.saveDraft', { draftId, json: JSON.stringify(content) })
  await desk.call('template.issue', { draftId })
  await desk.go('/templates/compare')
  await expect(desk.page.locator('ins', { hasText: '并每年评审' })).toBeVisible()
  await stage.shoot(desk, '比较两版：改了哪里', 'Two editions compared')
}

async function layerFood(stage: Stage, desk: Desk): Promise<void> {
  const { page } = desk
  const base = (await desk.call('template.list', {})).find(
    (one) => one.number !== NUMBER && one.category === 'industry',
  )
  await desk.go(`/templates/layer?base=${base?.sha256 ?? ''}`)
  await expect(page.getByText(t('templateLayer', 'totalSame', { total: 1000 }))).toBeVisible()
  await stage.shoot(desk, '叠加食品附加细则：总分不变', 'Food laid over the industrial checklist')
  await page.getByRole('button', { name: t('templateLayer', 'adopt') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('templateLayer', 'adopt') })
    .click()
  await expect(page.getByText(startOf(t('templateLayer', 'adopted')))).toBeVisible()
}
