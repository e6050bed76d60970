import type { CellProblem, CellProblemCode } from '../contract/template-methods.ts'
import type { ProfileName, Template, When } from '../domain/template.ts'
import { parseNumber } from './numerals.ts'
import { idMaker } from './defaults.ts'
import { infoColumns } from './template-info.ts'
import {
  SHEETS,
  TEXT_KINDS,
  WHEN_FLAGS,
  WHEN_RATES,
  bandColumns,
  conclusionColumns,
  conclusionName,
  gradeColumns,
  layerColumns,
  profileColumns,
  ruleColumns,
  textColumns,
} from './template-tables.ts'
import { readTable, type TableRow } from './table.ts'
import type { ReadWorkbook } from './workbook.ts'
import {
  CATEGORY_WORDS,
  INDICATOR_WORDS,
  MERGE_WORDS,
  MODEL_WORDS,
  NAMES_WORDS,
  PROFILE_WORDS,
  ROLE_WORDS,
  VERIFY_WORDS,
  YES_NO,
  keyOf,
} from './words.ts'

type Places = Map<string, { sheet: string; cell: string }>
type Info = Omit<Template, 'sections' | 'totalFull_cp'> & { totalFull_cp: number | null }
type Read = (sheet: string, columns: readonly { head: string }[]) => TableRow[]

/** Everything of a checklist but its sections; `totalFull_cp` as stated, null when not. Remembers where what stood. */
export function readInfo(book: ReadWorkbook, problems: CellProblem[], places: Places): Info {
  const read: Read = (sheet, columns) =>
    readTable(
      book,
      sheet,
      columns.map((c) => c.head),
      problems,
    )
  const field = fieldsOf(read(SHEETS.info, infoColumns), problems, places)
  const conclusions = readConclusions(read(SHEETS.conclusions, conclusionColumns))
  const hasLayers = book.sheets.some((s) => s.name.trim() === SHEETS.layers)
  return {
    type: 'urn:youpin-onsite:template',
    version: 1,
    number: field.line('编号', 'number'),
    edition: field.int('版次', 'edition') ?? 1,
    category: field.word('品牌类别', 'category', CATEGORY_WORDS) ?? 'industry',
    sample: field.line('样例', 'sample') === YES_NO.yes,
    title: field.text('标题', 'title'),
    effectiveDate: field.line('生效日期', 'effectiveDate') || null,
    previous: field.line('上一版校验码', 'previous') || null,
    layers: hasLayers ? readLayers(read(SHEETS.layers, layerColumns)) : [],
    totalFull_cp: field.hundredths('总满分', 'totalFull_cp'),
    bonusCap_cp: field.hundredths('加分上限', 'bonusCap_cp'),
    gradeSets: readGrades(read(SHEETS.grades, gradeColumns), places),
    bands: readBands(read(SHEETS.bands, bandColumns)),
    ...readParameters(field),
    ...readTexts(read(SHEETS.texts, textColumns)),
    conclusions,
    rules: readRules(read(SHEETS.rules, ruleColumns(conclusions)), conclusions, places),
    profiles: readProfiles(read(SHEETS.profiles, profileColumns)),
  }
}

type Fields = ReturnType<typeof fieldsOf>

/** The lines of the first sheet by their names; `path` is where the checklist keeps it. */
function fieldsOf(lines: readonly TableRow[], problems: CellProblem[], places: Places) {
  const byLabel = new Map(lines.map((l) => [l.line('项目').trim(), l]))
  const line = <T>(label: string, path: string, take: (l: TableRow) => T): T | null => {
    const found = byLabel.get(label)
    if (found === undefined) {
      problems.push({ sheet: SHEETS.info, cell: '', code: 'missingField', value: label, severity: 'warning' })
      return null
    }
    places.set(path, { sheet: SHEETS.info, cell: found.cell('内容') })
    return take(found)
  }
  return {
    line: (label: string, path: string) => line(label, path, (l) => l.line('内容')) ?? '',
    text: (label: string, path: string) =>
      line(label, path, (l) => ({ zh: l.text('内容'), en: l.text('英文') })) ?? { zh: '', en: '' },
    int: (label: string, path: string) => line(label, path, (l) => l.int('内容')),
    hundredths: (label: string, path: string) => line(label, path, (l) => l.hundredths('内容')),
    word: <K extends string>(label: string, path: string, words: Readonly<Record<K, string>>) =>
      line(label, path, (l) => l.choice('内容', words)),
    problem: (label: string, code: CellProblemCode) => byLabel.get(label)?.problem('内容', code),
  }
}

function readParameters(field: Fields): Pick<Template, 'indicator' | 'merge' | 'nonconformity'> {
  const level = (label: string, key: string, usual: number) =>
    field.hundredths(`${label}得分比例（%）`, `indicator.${key}`) ?? usual
  const remedy = (label: string, key: string, days: number) => ({
    days: field.int(`${label}整改天数`, `nonconformity.${key}`) ?? days,
    verify: field.word(`${label}验证方式`, `nonconformity.${key}`, VERIFY_WORDS) ?? 'document',
  })
  return {
    indicator: {
      method: field.word('指标计分方法', 'indicator', INDICATOR_WORDS) ?? 'level',
      level_bp: {
        advanced: level('先进水平', 'advanced', 10_000),
        average: level('平均水平', 'average', 7000),
        base: level('基准水平', 'base', 4000),
        below: level('未达基准', 'below', 0),
      },
    },
    merge: {
      method: field.word('合并方式', 'merge', MERGE_WORDS) ?? 'consensus',
      divergence: {
        maturityPercent: field.int('成熟度分差界限（百分点）', 'merge') ?? 20,
        bp: field.hundredths('其他条目分差界限（满分的 %）', 'merge') ?? 2000,
        minSpread_cp: field.hundredths('最小分差（分）', 'merge') ?? 300,
      },
      singleScorerFrom_cp: field.hundredths('单人评分提示线（分）', 'merge') ?? 3000,
      weights: readWeights(field),
    },
    nonconformity: { major: remedy('严重不符合', 'major', 30), minor: remedy('一般不符合', 'minor', 15) },
  }
}

function readWeights(field: Fields): Template['merge']['weights'] {
  const parts = field
    .line('权重', 'merge')
    .split(/[、,，;；]/)
    .filter((part) => part.trim() !== '')
  return parts.flatMap((part) => {
    const [, name = '', weight = ''] = /^\s*(\S+?)\s*(\d+)\s*$/.exec(part.slice(0, 100)) ?? []
    const role = keyOf(ROLE_WORDS, name)
    if (role === null) field.problem('权重', 'unknownWord')
    return role === null ? [] : [{ role, weight: Number(weight) }]
  })
}

function readGrades(lines: readonly TableRow[], places: Places): Template['gradeSets'] {
  const sets: (Template['gradeSets'][number] & { makeId: ReturnType<typeof idMaker> })[] = []
  for (const line of lines) {
    const name = line.line('等级组')
    let set = name === '' ? sets.at(-1) : sets.find((s) => s.id === name)
    if (set === undefined) {
      set = { id: name || 'grades', grades: [], makeId: idMaker('g') }
      places.set(`gradeSets.${set.id}`, { sheet: SHEETS.grades, cell: line.cell('等级组') })
      sets.push(set)
    }
    set.grades.push({
      id: set.makeId(line.line('标识'), `g${set.grades.length + 1}`).id,
      label: { zh: line.text('等级'), en: line.text('等级（英文）') },
      text: { zh: line.text('判定说明'), en: line.text('判定说明（英文）') },
      bp: line.hundredths('得分比例（%）') ?? 0,
    })
  }
  return sets.map(({ id, grades }) => ({ id, grades }))
}

const readBands = (lines: readonly TableRow[]): Template['bands'] =>
  lines.map((line) => ({
    model: line.choice('成熟度模型', MODEL_WORDS) ?? 'ADLI',
    from: line.int('从（%）') ?? 0,
    to: line.int('到（%）') ?? 0,
    text: { zh: line.text('说明'), en: line.text('说明（英文）') },
  }))

function readConclusions(lines: readonly TableRow[]): Template['conclusions'] {
  const makeId = idMaker('c')
  return lines.map((line, n) => ({
    id: makeId(line.line('标识'), `c${n + 1}`).id,
    label: { zh: line.text('结论'), en: line.text('结论（英文）') },
  }))
}

function readRules(
  lines: readonly TableRow[],
  conclusions: Template['conclusions'],
  places: Places,
): Template['rules'] {
  return lines.map((line, n) => {
    places.set(`rules.${n}`, { sheet: SHEETS.rules, cell: line.cell('结论') })
    const named = line.line('结论').trim()
    const then =
      conclusions.find((c) => c.id === named) ?? conclusions.find((c) => conclusionName(conclusions, c.id) === named)
    if (then === undefined) line.problem('结论', 'unknownConclusion')
    return { when: readWhen(line), then: then?.id ?? '' }
  })
}

function readWhen(line: TableRow): When {
  const when: When = {}
  for (const [key, head] of WHEN_FLAGS) {
    const word = line.choice(head, YES_NO)
    if (word !== null) when[key] = word === 'yes'
  }
  for (const [key, head] of WHEN_RATES) {
    const rate = line.hundredths(head)
    if (rate !== null) when[key] = rate
  }
  const pair = (first: string, second: string): [number, number] | null => {
    const [a, b] = [line.int(first), line.int(second)]
    return a === null && b === null ? null : [a ?? 0, b ?? 0]
  }
  const conformity = pair('符合性零分条目至多', '符合性未达最高等级条目至多')
  if (conformity !== null) when.conformity = { zeroAtMost: conformity[0], belowTopAtMost: conformity[1] }
  const open = pair('未关闭严重不符合至多', '未关闭一般不符合至多')
  if (open !== null) when.openNonconformities = { major: open[0], minor: open[1] }
  return when
}

function readProfiles(lines: readonly TableRow[]): Template['profiles'] {
  const byKey = new Map(lines.map((l) => [keyOf(PROFILE_WORDS, l.line('报告版本')), l]))
  const profile = (key: ProfileName): Template['profiles'][ProfileName] => {
    const line = byKey.get(key)
    const sections =
      line
        ?.line('章节序号')
        .split(/[、,，;；\s]+/)
        .filter((part) => part !== '') ?? []
    return {
      scores: line?.yes('得分') ?? false,
      personalScores: line?.yes('个人评分') ?? false,
      names: line?.choice('专家称呼', NAMES_WORDS) ?? 'none',
      conclusion: line?.yes('评价结论') ?? false,
      faces: line?.yes('照片人脸') ?? false,
      gps: line?.yes('位置') ?? false,
      sections: sections.flatMap((part) => parseNumber(part) ?? []),
    }
  }
  return { committee: profile('committee'), archive: profile('archive'), enterprise: profile('enterprise') }
}

function readTexts(lines: readonly TableRow[]): Pick<Template, 'declarations' | 'openingAgenda' | 'closingAgenda'> {
  const read = lines.map((line) => ({
    kind: line.choice('类别', TEXT_KINDS),
    text: { zh: line.text('内容'), en: line.text('内容（英文）') },
  }))
  const of = (kind: keyof typeof TEXT_KINDS) => read.filter((l) => l.kind === kind).map((l) => l.text)
  return { declarations: of('declarations'), openingAgenda: of('openingAgenda'), closingAgenda: of('closingAgenda') }
}

const readLayers = (lines: readonly TableRow[]): Template['layers'] =>
  lines.map((line) => ({ number: line.line('编号'), edition: line.int('版次') ?? 1, sha256: line.line('校验码') }))
