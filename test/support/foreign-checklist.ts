import { cells, worksheet, type Cell, type Merge, type Workbook } from '../../shared/tabular/workbook.ts'

/** Where the two mistakes of `foreignChecklist` stand. */
export const BAD_POINTS_CELL = 'D6'
export const TWICE_CELL = 'B9'

/**
 * A checklist as an enterprise's own department keeps it: a title, a head of two rows, sections merged over their rows, 100 points
 * stated at the end; one cell of points says a word and one code stands twice.
 */
export function foreignChecklist(): Workbook {
  const rows: Cell[][] = [
    cells(['辽东集团供应商现场审核表'], 'title'),
    cells(['审核项目', '编号', '审核要求', '评分', '', '依据'], 'head'),
    cells(['', '', '', '满分', '评分标准', ''], 'head'),
    cells(['质量管理', '1.1', '质量方针和目标已发布并每年评审', 20, '有得满分，缺一项扣5分', 'GB/T 19001-2016 5.2']),
    cells(['', '1.2', '管理评审按计划开展', 20, '', 'GB/T 19001-2016 9.3']),
    cells(['', '1.3', '内部审核覆盖全部过程', '待定', '', 'GB/T 19001-2016 9.2']),
    cells(['过程控制', '2.1', '关键工序有作业指导书', 20, '抽查3个工序', '']),
    cells(['', '2.2', '检验记录可追溯到批次', 15, '抽查3批', '']),
    cells(['', '2.2', '不合格品有标识和隔离', 15, '', '']),
    cells(['合计', '', '', 100, '', ''], 'total'),
  ]
  const merges: Merge[] = [
    { top: 0, left: 0, bottom: 0, right: 5 },
    { top: 1, left: 0, bottom: 2, right: 0 },
    { top: 1, left: 1, bottom: 2, right: 1 },
    { top: 1, left: 2, bottom: 2, right: 2 },
    { top: 1, left: 3, bottom: 1, right: 4 },
    { top: 1, left: 5, bottom: 2, right: 5 },
    { top: 3, left: 0, bottom: 5, right: 0 },
    { top: 6, left: 0, bottom: 8, right: 0 },
  ]
  return { sheets: [worksheet('审核表', rows, { merges }), worksheet('说明', [cells(['请现场填写'])])] }
}
