import { unzipSync, strFromU8 } from 'fflate'
import { expect, test } from 'vitest'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import { cells, worksheet } from '../../../shared/tabular/workbook.ts'
import { writeFileSync } from 'node:fs'

const workbook = {
  sheets: [
    worksheet(
      '一/二',
      [
        cells(['编号', '内容', '分值'], 'head'),
        cells(['=1+1', '+86 @x\n第二行', 12.5]),
        cells(['-5', '_x000D_', ''], 'input'),
      ],
      {
        widths: [10, 40, 8],
        merges: [{ top: 2, left: 1, bottom: 2, right: 2 }],
        frozen: { rows: 1, columns: 1 },
        choices: [
          { area: { top: 1, left: 2, bottom: 9, right: 2 }, values: ['是', '否'] },
          { area: { top: 1, left: 1, bottom: 9, right: 1 }, values: ['a,b', 'c'] },
        ],
        page: { landscape: true, repeatRows: 1, header: 'A & B', footer: '第 {page} 页  共 {pages} 页' },
      },
    ),
    worksheet('一 二', []),
  ],
}

test('texts are texts, lists are rules, the same workbook is the same file', async () => {
  const bytes = await writeWorkbook(workbook)
  expect(await writeWorkbook(workbook)).toEqual(bytes)
  if (process.env.KEEP) writeFileSync(process.env.KEEP, bytes)
  const files = unzipSync(bytes)
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).not.toContain('<f>')
  expect(sheet).toContain('<c r="A2" s="1" t="s"><v>3</v></c>')
  expect(sheet).toContain('&quot;是,否&quot;')
  expect(sheet).toContain("'选项'!$A$1:$B$1")
  expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="一 二 (2)"')
})
