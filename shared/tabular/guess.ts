import { MAPPED_FIELDS, type ChecklistMapping, type MappedField } from '../contract/template-methods.ts'
import { distinct, normalHead, type Grid } from './grid.ts'
import { isRemark, isTotalWord, looksLikeHeading, parsePoints } from './foreign-words.ts'

/** Words heads of checklists use, the surest first: a head that is the word itself counts more than one that contains it. */
const HEAD_WORDS: Readonly<Record<MappedField, readonly string[]>> = {
  titleEn: ['英文名称', '名称(英文)', '内容(英文)', '英文', 'english', 'titleen'],
  sectionCode: ['章节号', '章号', '一级编号', '章节编号', 'sectionno', 'sectioncode', 'chapterno'],
  sectionTitle: [
    '章节',
    '一级指标',
    '一级条款',
    '评价项目',
    '检查项目',
    '考核项目',
    '评审项目',
    '评价类别',
    '项目类别',
    '项目',
    '类别',
    '模块',
    '大类',
    '维度',
    '要素',
    'section',
    'category',
    'chapter',
    'module',
    'area',
  ],
  group: ['二级指标', '二级条款', '子项目', '分项', '小类', '中类', '子类', 'subsection', 'subcategory', 'group'],
  code: [
    '条款号',
    '条目编号',
    '条款编号',
    '项目编号',
    '编号',
    '条号',
    '条款',
    '标准条款',
    '代码',
    '序号',
    'itemno',
    'itemcode',
    'no',
    'no.',
    'code',
    'id',
    'clause',
    'ref',
    '#',
  ],
  title: [
    '评价内容',
    '评价要求',
    '检查内容',
    '检查要求',
    '评审内容',
    '评审要求',
    '审核内容',
    '考核内容',
    '考核指标',
    '评价指标',
    '三级指标',
    '评价条款',
    '评价要素',
    '核查内容',
    '验收内容',
    '条目',
    '名称',
    '内容',
    '要求',
    '指标',
    '问题',
    '评价要点',
    '检查要点',
    '审核要点',
    '考核要点',
    'item',
    'requirement',
    'question',
    'content',
    'criterion',
    'criteria',
    'itemtext',
    'description',
    'title',
    'label',
  ],
  points: [
    '分值',
    '标准分',
    '标准分值',
    '满分',
    '分数',
    '配分',
    '总分',
    '赋分',
    '权重分',
    '应得分',
    '分',
    'points',
    'maxscore',
    'fullmarks',
    'marks',
    'max',
    'score',
    'weight',
  ],
  guidance: [
    '评分标准',
    '评分细则',
    '评分办法',
    '评分规则',
    '评分方法',
    '评价标准',
    '评价细则',
    '打分标准',
    '判定标准',
    '判定准则',
    '扣分标准',
    '评分说明',
    '评价要点',
    '检查要点',
    '审核要点',
    '备注',
    '说明',
    'scoringguide',
    'guidance',
    'guideline',
    'rubric',
    'scoring',
    'hint',
    'notes',
    'note',
    'remarks',
  ],
  basis: [
    '评价依据',
    '标准依据',
    '条款依据',
    '法规依据',
    '依据标准',
    '引用标准',
    '依据',
    '标准号',
    'basis',
    'reference',
    'standard',
    'regulation',
  ],
  evidence: [
    '证据期望',
    '佐证材料',
    '佐证要求',
    '证明材料',
    '所需材料',
    '查阅资料',
    '备查材料',
    '审核证据',
    '证据',
    '佐证',
    '资料',
    'evidence',
    'documents',
    'proof',
  ],
  method: [
    '评价方法',
    '评价方式',
    '检查方法',
    '检查方式',
    '核查方法',
    '核查方式',
    '审核方法',
    '考核方式',
    '方法',
    '方式',
    'method',
  ],
  type: ['类型', '条目类型', '题型', '评分类型', '项目类型', 'type', 'itemtype', 'kind'],
  starred: [
    '关键项',
    '重点项',
    '关键条款',
    '是否关键',
    '一票否决',
    '否决项',
    '否决',
    '★',
    'key',
    'critical',
    'mandatory',
  ],
  allowNA: ['可不适用', '允许不适用', '是否可不适用', '不适用', '缺项', 'na', 'n/a', 'notapplicable'],
}
/** A head that contains one of these is not about what an item is worth, but about what somebody scored. */
const NOT_POINTS = ['实得', '得分', '自评', '评分人', '实际', 'actual', 'self']
const HEAD_ROWS = 60
const MAX_HEAD_LENGTH = 40
/** Rows of one head. */
const MAX_HEAD_ROWS = 6

type Scored = { column: number; field: MappedField; score: number }

/** The most likely meaning of the columns of a head; one column a field, one field a column. */
export function guessColumns(heads: readonly string[]): Partial<Record<MappedField, number>> {
  const scored: Scored[] = heads.flatMap((head, column) =>
    MAPPED_FIELDS.flatMap((field) => {
      // Under heads that span columns the lowest says what the column is.
      const lowest = head.split(' ').at(-1) ?? ''
      const score = Math.max(headScore(normalHead(head), field), headScore(normalHead(lowest), field))
      return score > 0 ? [{ column, field, score }] : []
    }),
  )
  const columns: Partial<Record<MappedField, number>> = {}
  const taken = new Set<number>()
  for (const { column, field, score } of scored.toSorted((a, b) => b.score - a.score || a.column - b.column)) {
    if (score === 0 || columns[field] !== undefined || taken.has(column)) continue
    columns[field] = column
    taken.add(column)
  }
  if (columns.title === undefined && columns.group !== undefined) {
    columns.title = columns.group
    delete columns.group
  }
  if (columns.title === undefined && columns.sectionTitle !== undefined) {
    columns.title = columns.sectionTitle
    delete columns.sectionTitle
  }
  return columns
}

function headScore(head: string, field: MappedField): number {
  if (head === '' || head.length > MAX_HEAD_LENGTH) return 0
  if (field === 'points' && NOT_POINTS.some((word) => head.includes(word))) return 0
  const bare = head.replaceAll(/[(（【[].*$/g, '')
  const words = HEAD_WORDS[field]
  const exact = words.findIndex((word) => word === head || word === bare)
  if (exact !== -1) return 200 - exact
  // Short words are inside too many others.
  const inside = words.findIndex((word) => word.length >= (/^[a-z]/.test(word) ? 5 : 2) && head.includes(word))
  return inside === -1 ? 0 : 100 - inside
}

/** Head rows and what their columns mean; null where nothing looks like the head of a checklist. */
export function findHead(
  grid: Grid,
): { headRow: number; firstRow: number; columns: Partial<Record<MappedField, number>> } | null {
  let best: { headRow: number; firstRow: number; columns: Partial<Record<MappedField, number>>; score: number } | null =
    null
  for (let row = 0; row < Math.min(HEAD_ROWS, grid.rows.length); row++) {
    const texts = grid.rows[row] ?? []
    if (distinct(texts).length < 2 || texts.some((t) => t.length > 200) || texts.some(isBlankToFill)) continue
    const firstRow = headEnd(grid, row)
    const columns = guessColumns(headTexts(grid, row, firstRow))
    const score = Object.keys(columns).length + (columns.points === undefined ? 0 : 2)
    if (columns.title !== undefined && score >= 2 && score > (best?.score ?? 1))
      best = { headRow: row, firstRow, columns, score }
  }
  return best
}

/** "企业名称：____", "日期：  年  月  日": a line over the table that is filled in by hand. */
const isBlankToFill = (text: string): boolean => /[:：]\s*([_＿ \u3000]{2,}|$)|_{3,}/.test(text)

/** The first row after the head: below its merged areas, and below a second row of heads. */
function headEnd(grid: Grid, row: number): number {
  const merged = grid.mergedTo(row)
  if (merged > row) {
    // What spans columns in the last of these rows is gone into below.
    return isAcross(grid, merged) && isHeadRow(grid.rows[merged + 1] ?? []) ? headEnd(grid, merged) : merged + 1
  }
  let end = row + 1
  // A row that spans columns is gone into by the one below it, as often as need be.
  while (end - row < MAX_HEAD_ROWS && isAcross(grid, end - 1) && isHeadRow(grid.rows[end] ?? [])) end += 1
  return end
}

const isAcross = (grid: Grid, row: number): boolean =>
  (grid.rows[row] ?? []).some((_, c) => grid.isRepeat(row, c, true))

const isHeadRow = (texts: readonly string[]): boolean =>
  Object.keys(guessColumns(texts)).length >= 2 && !texts.some((text) => /^\d/.test(text))

/** The text over each column, the rows of the head joined where they differ. */
export function headTexts(grid: Grid, headRow: number, firstRow: number): string[] {
  const rows = grid.rows.slice(headRow, Math.max(headRow + 1, firstRow))
  return Array.from({ length: Math.max(0, ...rows.map((r) => r.length)) }, (_, c) =>
    [...new Set(rows.map((row) => row[c] ?? '').filter((text) => text !== ''))].join(' '),
  )
}

/** How a head is known again in the next file of the same make. */
export const headSignature = (grid: Grid, headRow: number, firstRow: number): string =>
  headTexts(grid, headRow, firstRow).map(normalHead).join('|')

/** A mapping to begin with: the sheet with the fullest head; null when no sheet has one. */
export function guessMapping(grids: readonly Grid[], fileName: string): ChecklistMapping | null {
  const found = grids
    .flatMap((grid) => {
      const head = findHead(grid)
      return head === null ? [] : [{ grid, ...head }]
    })
    .toSorted(
      (a, b) =>
        Object.keys(b.columns).length - Object.keys(a.columns).length || b.grid.rows.length - a.grid.rows.length,
    )[0]
  if (found === undefined) return null
  const { grid, headRow, firstRow } = found
  const columns = underBands(grid, firstRow, found.columns)
  const best = columns.points === undefined ? bestGrade(grid, headRow, firstRow) : undefined
  const { number, title } = nameOf(grid, headRow, fileName)
  return {
    sheet: grid.name,
    headRow,
    firstRow,
    lastRow: null,
    columns: best === undefined ? columns : { ...columns, points: best },
    sections: sectionsOf(grid, firstRow, columns),
    type: typeOf(grid, firstRow, columns),
    category: categoryOf(`${fileName} ${title}`),
    number,
    title,
  }
}

/** Where rows merged over the table head what follows, a column taken for the section's is the level below; unless it says the same. */
function underBands(grid: Grid, firstRow: number, columns: ChecklistMapping['columns']): ChecklistMapping['columns'] {
  const { sectionTitle, title, group, ...rest } = columns
  if (sectionTitle === undefined || title === undefined || group !== undefined || rest.sectionCode !== undefined)
    return columns
  const isBand = (row: string[], r: number) =>
    distinct(row).length === 1 && grid.isRepeat(r, Math.max(sectionTitle, title), true)
  const below = grid.rows.map((row, r) => ({ row, isBand: r >= firstRow && isBand(row, r) })).slice(firstRow)
  const bands = below.flatMap(({ row, isBand: is }) => (is ? distinct(row) : []))
  const heads = bands.filter((text) => !isTotalWord(text) && !isRemark(text))
  const names = new Set(below.flatMap(({ row, isBand: is }) => (is ? [] : [row[sectionTitle] ?? ''])))
  return heads.length < 2 || heads.some((text) => names.has(text)) ? columns : { ...rest, title, group: sectionTitle }
}

function sectionsOf(grid: Grid, firstRow: number, columns: ChecklistMapping['columns']): ChecklistMapping['sections'] {
  if (columns.sectionTitle !== undefined || columns.sectionCode !== undefined) return 'columns'
  const isHeading = (row: string[], r: number) =>
    looksLikeHeading(grid, r, columns) && !isTotalWord(distinct(row)[0] ?? '')
  return grid.rows.some((row, r) => r >= firstRow && isHeading(row, r)) ? 'rows' : 'none'
}

/** "符合 | 基本符合 | 不符合" with points under each: those of the best are full marks. */
function bestGrade(grid: Grid, headRow: number, firstRow: number): number | undefined {
  const found = headTexts(grid, headRow, firstRow).findIndex((head, column) => {
    const texts = grid.rows.slice(firstRow).flatMap((row) => row[column] || [])
    const isNumbers = texts.filter((text) => parsePoints(text) !== null).length * 2 > texts.length
    return /^(完全)?符合$|^满足$|^优秀?$/.test(normalHead(head.split(' ').at(-1) ?? '')) && isNumbers
  })
  return found === -1 ? undefined : found
}

/** Several numbers where one would do are the points of grades. */
function typeOf(grid: Grid, firstRow: number, { points }: ChecklistMapping['columns']): ChecklistMapping['type'] {
  if (points === undefined) return 'conformity'
  const texts = grid.rows.slice(firstRow).flatMap((row) => row[points] || [])
  const lists = texts.filter((text) => (parsePoints(text)?.grades ?? null) !== null)
  return lists.length * 2 > texts.length ? 'conformity' : 'points'
}

function categoryOf(words: string): ChecklistMapping['category'] {
  if (/农业|农产品|种植|养殖|agricultur/i.test(words)) return 'agriculture'
  if (/服务|service/i.test(words)) return 'service'
  return /区域|地理标志|region/i.test(words) ? 'region' : 'industry'
}

/** Longer texts over a table are instructions. */
const LONGEST_NAME = 500
const NUMBER = /[（(]?\s*编号\s*[:：]\s*([^\s，,；;）)]+)\s*[）)]?/

/** A number and a title from what stands over the head, else from the file's name. */
function nameOf(grid: Grid, headRow: number, fileName: string): { number: string; title: string } {
  const above = grid.rows.slice(0, headRow).flatMap((row) => distinct(row).filter((t) => t.length <= LONGEST_NAME))
  const number = above.map((text) => NUMBER.exec(text)?.[1] ?? '').find((n) => n !== '') ?? ''
  const titles = above
    .map((text) => text.replace(NUMBER, '').trim())
    .filter((text) => !/[:：]/.test(text) && text.length >= 4)
  const title = titles.toSorted((a, b) => b.length - a.length)[0] ?? fileName.replace(/\.[a-z]+$/i, '')
  return { number: number.slice(0, 200), title: title.slice(0, 200) }
}
