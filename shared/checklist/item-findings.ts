import { duplicates } from '../domain/problem.ts'
import { checkRow, isScored, item as itemSchema, type Item, type ItemOf, type Template } from '../domain/template.ts'
import type { Text } from '../domain/text.ts'
import { finding, schemaFinding, type Finding } from './finding.ts'

const MANY_PHOTOS = 20
const MANY_SAMPLES = 50

/** What an item can be judged by beside itself. */
type Around = Pick<Template, 'gradeSets' | 'bands'>

/** Everything wrong with one (tidied) item as far as it and the grades and bands it names can say. */
export function itemFindings(item: Item, around: Around): Finding[] {
  const at = `items.${item.id}`
  const parsed = itemSchema.safeParse(item)
  const found = parsed.success ? [] : parsed.error.issues.map((issue) => schemaFinding(at, issue))
  if (item.title.zh === '') found.push(finding(`${at}.title`, 'required'))
  if (item.bonus && (!isScored(item) || item.type === 'deduction')) found.push(finding(`${at}.bonus`, 'bonusType'))
  if (item.repeat && (!isScored(item) || item.repeat.min > item.repeat.max))
    found.push(finding(`${at}.repeat`, 'repeat'))
  found.push(...specFindings(item, around, at), ...wordFindings(item, at), ...demandFindings(item, at))
  return found
}

function specFindings(item: Item, around: Around, at: string): Finding[] {
  switch (item.type) {
    case 'conformity':
      return gradeFindings(item, around, `${at}.spec`)
    case 'points':
      return pointsFindings(item, `${at}.spec`)
    case 'maturity':
      return around.bands.some((b) => b.model === item.spec.model)
        ? []
        : [finding(`${at}.spec.model`, 'missingBands', item.spec.model)]
    case 'deduction':
      return deductionFindings(item, `${at}.spec.list`)
    case 'indicator':
      return rowFindings(item, `${at}.spec`)
    default:
      return []
  }
}

function gradeFindings(item: ItemOf<'conformity'>, { gradeSets }: Around, at: string): Finding[] {
  const { gradeSet, points_cp: points } = item.spec
  const set = gradeSets.find((s) => s.id === gradeSet)
  if (set === undefined) return [finding(`${at}.gradeSet`, 'unknownGradeSet', gradeSet)]
  if (points === null) return []
  const isFalling = points.every((p, n) => p <= (points[n - 1] ?? item.full_cp))
  if (points.length !== set.grades.length || !isFalling) return [finding(`${at}.points_cp`, 'gradePoints')]
  return points[0] === item.full_cp ? [] : [finding(`${at}.points_cp`, 'topPointsNotFull')]
}

function pointsFindings({ full_cp, spec }: ItemOf<'points'>, at: string): Finding[] {
  const { step_cp, anchors } = spec
  const found: Finding[] = []
  if (step_cp >= 1 && full_cp % step_cp !== 0) found.push(finding(`${at}.step_cp`, 'step', String(step_cp)))
  if (anchors.length === 0) found.push(finding(`${at}.anchors`, 'anchorsMissing'))
  else if (anchors.length !== 5) found.push(finding(`${at}.anchors`, 'anchors', String(anchors.length)))
  anchors.forEach((anchor, n) => {
    if (anchor.zh === '') found.push(finding(`${at}.anchors.${n}`, 'anchorBlank'))
  })
  return found
}

function deductionFindings({ full_cp, spec: { list } }: ItemOf<'deduction'>, at: string): Finding[] {
  if (list.length === 0) return [finding(at, 'deductionsMissing')]
  const found = duplicates(list.map((d) => d.id)).map((id) => finding(`${at}.${id}`, 'duplicateId', id))
  for (const d of list) if (d.label.zh === '') found.push(finding(`${at}.${d.id}.label`, 'required'))
  const most = list.reduce((sum, d) => sum + d.points_cp * (d.maxCount ?? Infinity), 0)
  // 0 × Infinity is no number: a deduction of nothing takes nothing.
  if (Number.isNaN(most) || most < full_cp) found.push(finding(at, 'deductionTooSmall'))
  return found
}

function rowFindings({ spec: { rowsFrom, rows } }: ItemOf<'indicator'>, at: string): Finding[] {
  if (rowsFrom === 'task') return rows.length > 0 ? [finding(`${at}.rows`, 'rowsFromTask')] : []
  if (rows.length === 0) return [finding(`${at}.rows`, 'rowsMissing')]
  const found = duplicates(rows.map((r) => r.id)).map((id) => finding(`${at}.rows.${id}`, 'duplicateId', id))
  for (const row of rows) {
    if (row.name.zh === '') found.push(finding(`${at}.rows.${row.id}.name`, 'required'))
    const isReadable = [row.base, row.average, row.advanced, row.low, row.high].every(
      (v) => v === null || DECIMAL.test(v),
    )
    // What cannot be read as a number was found by the schema.
    if (isReadable) found.push(...checkRow(row, `${at}.rows`).map((p) => finding(p.path, rowCode(p.code), row.id)))
  }
  return found
}

const DECIMAL = /^-?(0|[1-9]\d{0,11})(\.\d{1,9})?$/
const rowCode = (code: string) => (code === 'rowOrder' ? 'rowOrder' : 'rowThresholds')

function wordFindings(item: Item, at: string): Finding[] {
  const texts: [string, Text][] = [
    ['title', item.title],
    ['evidence', item.evidence],
    ['guidance', item.guidance],
    ...(item.repeat ? [['repeat.what', item.repeat.what] as [string, Text]] : []),
    ...specTexts(item),
  ]
  const found = texts.flatMap(([name, text]) => englishFindings(`${at}.${name}`, text))
  if (item.guidance.zh === '') found.push(finding(`${at}.guidance`, 'guidanceMissing'))
  if (item.methods.length === 0) found.push(finding(`${at}.methods`, 'methodsMissing'))
  if (item.repeat && item.repeat.what.zh === '') found.push(finding(`${at}.repeat.what`, 'required'))
  return found
}

function specTexts(item: Item): [string, Text][] {
  if (item.type === 'points') return item.spec.anchors.map((a, n) => [`spec.anchors.${n}`, a])
  if (item.type === 'deduction') return item.spec.list.map((d) => [`spec.list.${d.id}.label`, d.label])
  if (item.type === 'indicator') return item.spec.rows.map((r) => [`spec.rows.${r.id}.name`, r.name])
  return []
}

/** Chinese without English: the English report falls back to Chinese there. */
export function englishFindings(path: string, { zh, en }: Text): Finding[] {
  return zh !== '' && en === '' ? [finding(path, 'englishMissing')] : []
}

function demandFindings({ demand, repeat }: Item, at: string): Finding[] {
  const found: Finding[] = []
  if (demand.minPhotos > MANY_PHOTOS)
    found.push(finding(`${at}.demand.minPhotos`, 'manyPhotos', String(demand.minPhotos)))
  if (demand.minSamples > MANY_SAMPLES) {
    found.push(finding(`${at}.demand.minSamples`, 'manySamples', String(demand.minSamples)))
  }
  const asksProof = demand.minPhotos > 0 || demand.evidenceAtOrBelow_bp !== null || demand.evidenceAtFull
  const asksWords = demand.minSamples > 0 || demand.noteAtOrBelow_bp !== null || demand.noteAtFull
  if (!asksProof && !asksWords) found.push(finding(`${at}.demand`, 'proofMissing'))
  if (demand.perExpert && !asksProof) found.push(finding(`${at}.demand.perExpert`, 'demandIdle'))
  // Units of a repeated item are its samples; more rows than units would be asked for besides.
  if (repeat && demand.minSamples > repeat.max) {
    found.push(finding(`${at}.demand.minSamples`, 'manySamples', String(demand.minSamples)))
  }
  return found
}
