import { assignedItems, indicatorRows } from '../../domain/task.ts'
import type { Item } from '../../domain/template.ts'
import { fullMicro, gradesOf } from '../../scoring/answer.ts'
import { MICRO_PER_CP, formatMicro } from '../../scoring/numbers.ts'
import { facts, heading, note } from '../blocks.ts'
import type { Block } from '../model.ts'
import { clip, joined, thresholdText } from '../values.ts'
import { datesOf, titleBlock, type Doc } from './context.ts'
import { itemCode } from './page-code.ts'

const MAX_TITLE = 160
const MAX_HINT = 200
const MAX_LABEL = 60

/** 口袋清单: one's own items to be filled in by hand; a lead's holds everything when all is assigned to the lead. */
export function pocket(doc: Doc): Block[] {
  const { w, d, me, task, template } = doc
  const mine = new Set(assignedItems(me, template).map((i) => i.id))
  const wanted = doc.pocket.sections === null ? null : new Set(doc.pocket.sections)
  const sections = template.sections
    .filter((s) => wanted === null || wanted.has(s.id))
    .map((s) => ({ section: s, items: s.items.filter((i) => mine.has(i.id)) }))
    .filter(({ items }) => items.length > 0)
  const count = sections.reduce((sum, s) => sum + s.items.length, 0)
  return [
    titleBlock(doc, 'pocket'),
    ...facts(2, [
      [d.pocketFor, joined([me.name, w.roles[me.role]], ' ')],
      [w.taskNumber, task.number],
      [w.enterprise, task.enterprise.name],
      [w.visitDates, datesOf(doc)],
    ]),
    note(joined([d.pocketCount(count, sections.length), d.pocketNote], w.stop)),
    ...sections.flatMap(({ section, items }, n): Block[] => [
      ...(doc.pocket.ownPages && n > 0 ? [{ kind: 'pageBreak' as const }] : []),
      heading(2, d.pocketSection(clip(`${section.code} ${doc.say(section.title)}`, 80), items.length)),
      ...items.map((item) => pocketItem(doc, item)),
    ]),
  ]
}

function pocketItem(doc: Doc, item: Item): Block {
  const { d, task, pocket: options } = doc
  const { demand, repeat } = item
  const wanted = [
    demand.minPhotos > 0 ? d.photosWanted(demand.minPhotos) : '',
    demand.minSamples > 0 ? d.samplesWanted(demand.minSamples) : '',
  ]
  const units =
    repeat === null
      ? []
      : Array.from({ length: Math.min(repeat.max, 8) }, (_, n) => d.unit(doc.say(repeat.what), n + 1))
  const guidance = doc.say(item.guidance).split('\n')[0] ?? ''
  return {
    kind: 'pocketItem',
    code: item.code,
    title: clip(doc.say(item.title), MAX_TITLE),
    marks: joined([marksOf(doc, item), item.starred ? d.starred : '', ...wanted], doc.w.stop),
    hints: options.hints && guidance !== '' ? [d.look + clip(guidance, MAX_HINT)] : [],
    boxes: [...boxesOf(doc, item), ...(item.allowNA ? [doc.w.outcomes.na] : [])],
    fields: [...fieldsOf(doc, item), ...units],
    lines: 2,
    qr: itemCode(task.taskId, item.id),
  }
}

/** Points without idle zeros: they are read on the floor. */
const pointsText = (micro: number): string => formatMicro(micro).replace(/\.?0+$/, '')

function marksOf({ d }: Doc, item: Item): string {
  if (item.type === 'veto') return d.vetoMarks
  if (item.type === 'gate') return d.gateMarks
  const points = pointsText(fullMicro(item))
  return item.bonus ? d.bonusMarks(points) : d.fullMarks(points)
}

function boxesOf(doc: Doc, item: Item): string[] {
  const { w, template } = doc
  switch (item.type) {
    case 'veto':
      return [w.outcomes.pass, w.outcomes.fail, w.outcomes.pending]
    case 'gate':
      return [w.outcomes.yes, w.outcomes.no]
    case 'conformity':
      return gradesOf(item, template).map((g) => clip(doc.say(g.label), MAX_LABEL))
    case 'maturity':
      return template.bands.filter((b) => b.model === item.spec.model).map((b) => `${b.from}–${b.to}%`)
    default:
      return []
  }
}

function fieldsOf(doc: Doc, item: Item): string[] {
  const { d, w } = doc
  switch (item.type) {
    case 'maturity':
      return [d.percent]
    case 'points':
      return [d.points(pointsText(fullMicro(item)))]
    case 'deduction':
      return item.spec.list.map((x) =>
        d.times(clip(doc.say(x.label), MAX_LABEL), pointsText(x.points_cp * MICRO_PER_CP)),
      )
    case 'indicator':
      return indicatorRows(doc.task, item).map((r) => {
        const name = r.unit === '' ? doc.say(r.name) : `${doc.say(r.name)}${w.aside(r.unit)}`
        return d.measured(clip(name, MAX_LABEL), thresholdText(w, r))
      })
    default:
      return []
  }
}
