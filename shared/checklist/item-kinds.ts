import { isScored, type Item, type ItemOf, type ItemType, type Row, type Template } from '../domain/template.ts'

const NEW_FULL_CP = 1000
const STEPS_OF_FULL = 20
const HANDY_STEPS = [100, 50, 25, 20, 10]
const FEWEST_HANDY = 15

/** At or below which share a note and evidence are asked for; everything else is asked for at full marks. */
const ASKED_AT: { [T in ItemType]: { note: number; evidence: number } } = {
  veto: { note: 0, evidence: 0 },
  gate: { note: 0, evidence: 0 },
  conformity: { note: 0, evidence: 0 },
  maturity: { note: 2500, evidence: 2500 },
  points: { note: 4000, evidence: 2500 },
  deduction: { note: 4000, evidence: 2500 },
  indicator: { note: 4000, evidence: 10_000 },
}

/** What an item of a type usually demands of whoever judges it. */
export function usualDemand(type: ItemType): Item['demand'] {
  const { note, evidence } = ASKED_AT[type]
  return {
    minPhotos: 0,
    minSamples: 0,
    noteAtOrBelow_bp: note,
    noteAtFull: false,
    evidenceAtOrBelow_bp: evidence,
    evidenceAtFull: true,
    perExpert: false,
  }
}

/** An item of a type with nothing written in it yet; 10 points where it has points. */
export function newItem(type: ItemType, id: string, code: string, around: Pick<Template, 'gradeSets' | 'bands'>): Item {
  const empty = { zh: '', en: '' }
  const blank: ItemOf<'veto'> = {
    id,
    code,
    type: 'veto',
    title: empty,
    basis: '',
    evidence: empty,
    guidance: empty,
    methods: ['document'],
    starred: false,
    full_cp: null,
    allowNA: false,
    bonus: false,
    repeat: null,
    demand: usualDemand('veto'),
    spec: {},
  }
  return turnedInto(blank, type, around)
}

/** An indicator row with nothing written in it yet. */
export const newRow = (id: string): Row => ({
  id,
  name: { zh: '', en: '' },
  unit: '',
  kind: 'core',
  direction: 'higher',
  weight: 1,
  base: null,
  average: null,
  advanced: null,
  low: null,
  high: null,
  promised: null,
  source: '',
})

/** The same item as another type: what the new type knows is kept, the rest begins as for a new item. */
export function turnedInto(
  item: Item,
  type: ItemType,
  { gradeSets, bands }: Pick<Template, 'gradeSets' | 'bands'>,
): Item {
  if (item.type === type) return item
  const full_cp = item.full_cp ?? NEW_FULL_CP
  const common = { ...item, demand: isUsual(item) ? usualAgain(item, type) : item.demand }
  const word = { ...common, full_cp: null, bonus: false, repeat: null }
  const scored = { ...common, full_cp }
  switch (type) {
    case 'veto':
      return { ...word, type, spec: {} }
    case 'gate':
      return { ...word, type, spec: { outcome: 'supplementary' } }
    case 'conformity':
      return { ...scored, type, spec: { gradeSet: gradeSets[0]?.id ?? '', points_cp: null } }
    case 'maturity':
      return { ...scored, type, spec: { model: bands[0]?.model ?? 'ADLI' } }
    case 'points':
      return { ...scored, type, spec: { step_cp: usualStep(full_cp), anchors: [] } }
    case 'deduction':
      return { ...scored, bonus: false, type, spec: { list: [] } }
    case 'indicator':
      return { ...scored, type, spec: { rowsFrom: 'task', rows: [] } }
  }
}

/** Other full marks for an item: a points item keeps its number of steps where that comes out even, else takes the usual step. */
export function withFull(item: Item, full_cp: number): Item {
  if (!isScored(item)) return item
  if (item.type !== 'points') return { ...item, full_cp }
  const scaled = (item.spec.step_cp * full_cp) / item.full_cp
  const step_cp = Number.isSafeInteger(scaled) && scaled >= 1 ? scaled : usualStep(full_cp)
  return { ...item, full_cp, spec: { ...item.spec, step_cp } }
}

/**
 * The largest handy step (1 point, 0.5, 0.25 …) that divides full marks into 15 or more, so whole points can be given; else about a
 * twentieth that divides them: rather ten to twenty steps, else more. Centi-points.
 */
export function usualStep(full_cp: number): number {
  const handy = HANDY_STEPS.find((step) => full_cp % step === 0 && full_cp / step >= FEWEST_HANDY)
  if (handy !== undefined) return handy
  for (let steps = STEPS_OF_FULL; steps >= 10; steps -= 1)
    if (full_cp % steps === 0) return Math.max(1, full_cp / steps)
  for (let steps = STEPS_OF_FULL; steps < full_cp; steps += 1) if (full_cp % steps === 0) return full_cp / steps
  return 1
}

function isUsual({ demand, type }: Item): boolean {
  const usual = usualDemand(type)
  return (
    demand.noteAtOrBelow_bp === usual.noteAtOrBelow_bp && demand.evidenceAtOrBelow_bp === usual.evidenceAtOrBelow_bp
  )
}

/** The new type's usual shares; photos, samples and who owes them stay. */
function usualAgain({ demand }: Item, type: ItemType): Item['demand'] {
  const { noteAtOrBelow_bp, evidenceAtOrBelow_bp } = usualDemand(type)
  return { ...demand, noteAtOrBelow_bp, evidenceAtOrBelow_bp }
}
