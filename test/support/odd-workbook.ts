import { cells, worksheet, type Cell, type Merge, type Workbook } from '../../shared/tabular/workbook.ts'

const HEAD = ['序号', '评价项目', '评价内容', '分值', '评分标准', '检查方法', '备注']

/**
 * A checklist as offices make them: a title over two heads, sections merged down, points in every spelling, a veto, a subtotal, a head
 * printed again on page two, a remark, and a total that is off by one.
 */
export function oddWorkbook(): Workbook {
  const rows: Cell[][] = [
    cells(['质量品牌企业现场评价表（编号：QB-2025-07）']),
    cells(['企业名称：', '', '', '', '评价日期：']),
    cells(HEAD, 'head'),
    cells(['1', '一、质量管理（30分）', '建立质量方针和目标', '10分', '有得10分，无得0分', '查阅文件', '']),
    cells(['2', '', '★管理评审按计划开展', '１０', '每缺一次扣2分', '查阅记录、访谈', '重点']),
    cells(['3', '', '内部审核', '5/3/0', '', '', '']),
    cells(['4', '', '客户满意度', '0-5', '', '随机抽3份', '']),
    cells(['', '小计', '', '30', '', '', '']),
    cells(HEAD, 'head'),
    cells(['1', '二、过程控制', '关键工序受控', '1,000.5', '', '现场查看', '']),
    cells(['2', '', '不得使用国家明令淘汰的设备', '一票否决', '', '', '']),
    cells(['3', '', '', '7', '', '', '没有内容']),
    cells(['4', '', '能源计量', '若干', '', '', '']),
    cells(['合计', '', '', '1031.5', '', '', '']),
    cells(['注：本表一式两份']),
  ]
  const merges: Merge[] = [
    { top: 0, left: 0, bottom: 0, right: 6 },
    { top: 3, left: 1, bottom: 6, right: 1 },
    { top: 9, left: 1, bottom: 12, right: 1 },
    { top: 14, left: 0, bottom: 14, right: 6 },
  ]
  return { sheets: [worksheet('评价表', rows, { merges }), worksheet('填写说明', [cells(['请如实填写'])])] }
}

/** The same with the sections as rows of their own, in English. */
export function rowsWorkbook(): Workbook {
  const rows: Cell[][] = [
    cells(['No.', 'Requirement', 'Max score', 'Reference']),
    cells(['1', 'Leadership', '', '']),
    cells(['1.1', 'Policy is stated', 10, 'ISO 9001 5.2']),
    cells(['1.2', 'Roles are assigned', 20, 'ISO 9001 5.3']),
    cells(['2', 'Support', '', '']),
    cells(['2.1', 'People are competent', 15, '']),
    cells(['Total', '', 45, '']),
  ]
  return { sheets: [worksheet('Checklist', rows)] }
}
