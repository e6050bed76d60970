import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import {
  CATEGORIES,
  isScored,
  item,
  parseTemplate,
  template,
  templateItems,
  type Item,
  type Template,
} from './template.ts'
import { bp, day, filledLine, hash, id, text } from './text.ts'

const move = z.strictObject({ item: id, full_cp: z.int().min(1).max(100_000_000) })

export const addOn = z.strictObject({
  type: z.literal('urn:youpin-onsite:add-on'),
  version: z.literal(1),
  number: filledLine,
  edition: z.int().min(1),
  category: z.enum(CATEGORIES),
  sample: z.boolean(),
  title: text,
  effectiveDate: day.nullable(),
  previous: hash.nullable(),
  base: z.strictObject({ number: filledLine, edition: z.int().min(1), sha256: hash.nullable() }),
  moves: z.array(move),
  sections: z.array(template.shape.sections.element),
  additions: z.array(z.strictObject({ section: id, justifyBelow_bp: bp.nullable(), items: z.array(item).min(1) })),
})
/**
 * What one product or service adds to a general checklist: whole sections (appended), items for the base's own sections
 * (appended to each), and the base items that give up points for them. `moves[].full_cp` = the item's new full marks.
 * `base.sha256` null = any document of that number and edition. `additions[].justifyBelow_bp` replaces the section's line;
 * null leaves it.
 */
export type AddOn = z.infer<typeof addOn>

/** Conflicts `applyLayer` finds itself; the rest of its codes are those of `parseTemplate` on the merged checklist. */
export const LAYER_CONFLICTS = [
  'baseDiffers',
  'category',
  'unknownItem',
  'unknownSection',
  'duplicateCode',
  'notMovable',
  'notLower',
  'step',
] as const

export type Layered = { ok: true; template: Template } | { ok: false; conflicts: Problem[] }

/** What the shape of an add-on cannot say: an item moves once, a section is extended once, it adds something. */
export function checkAddOn(a: AddOn): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, code: string, message: string) => problems.push({ path, code, message })
  for (const d of duplicates(a.moves.map((m) => m.item))) add('moves', 'duplicateId', d)
  for (const d of duplicates(a.additions.map((x) => x.section))) add('additions', 'duplicateId', d)
  if (a.sections.every((s) => s.items.length === 0) && a.additions.length === 0) add('sections', 'empty', a.number)
  return problems
}

export const parseAddOn = parseWith<AddOn>(addOn, checkAddOn)

/**
 * General checklist and add-on as one frozen checklist: number and title joined by "+", the add-on's edition, both in `layers`
 * (a base that is layered itself keeps its own layers before the add-on's), rules, bands and totals the base's. `hashOf` = SHA-256
 * of a document's JCS bytes. Every conflict is listed, never only the first: the codes of LAYER_CONFLICTS and of `parseTemplate`.
 */
export function applyLayer(base: Template, addOn: AddOn, hashOf: (document: Template | AddOn) => string): Layered {
  const baseSha256 = hashOf(base)
  const { items, conflicts } = moveItems(base, addOn)
  conflicts.unshift(...checkBase(base, addOn, baseSha256))
  conflicts.push(...checkPlaces(base, addOn))
  const extra = new Map(addOn.additions.map((x) => [x.section, x]))
  const merged = parseTemplate({
    ...base,
    number: `${base.number}+${addOn.number}`,
    edition: addOn.edition,
    sample: base.sample || addOn.sample,
    title: { zh: `${base.title.zh}＋${addOn.title.zh}`, en: joinEnglish(base.title.en, addOn.title.en) },
    effectiveDate: laterDay(base.effectiveDate, addOn.effectiveDate),
    previous: null,
    layers: [
      ...(base.layers.length > 0 ? base.layers : [{ number: base.number, edition: base.edition, sha256: baseSha256 }]),
      { number: addOn.number, edition: addOn.edition, sha256: hashOf(addOn) },
    ],
    sections: [
      ...base.sections.map((s) => ({
        ...s,
        justifyBelow_bp: extra.get(s.id)?.justifyBelow_bp ?? s.justifyBelow_bp,
        items: [...s.items.map((i) => items.get(i.id) ?? i), ...(extra.get(s.id)?.items ?? [])],
      })),
      ...addOn.sections,
    ],
  })
  if (!merged.ok) conflicts.push(...merged.problems)
  return merged.ok && conflicts.length === 0 ? { ok: true, template: merged.value } : { ok: false, conflicts }
}

function checkBase(base: Template, { base: wanted, category }: AddOn, sha256: string): Problem[] {
  const problems: Problem[] = []
  const isWanted = wanted.number === base.number && wanted.edition === base.edition
  if (!isWanted || (wanted.sha256 !== null && wanted.sha256 !== sha256)) {
    problems.push({ path: 'base', code: 'baseDiffers', message: `${base.number} ${base.edition}` })
  }
  if (category !== base.category) problems.push({ path: 'category', code: 'category', message: base.category })
  return problems
}

/** Sections an addition names must be the base's; printed section codes stay unique (ids and item codes are the template's to check). */
function checkPlaces(base: Template, addOn: AddOn): Problem[] {
  const known = new Set(base.sections.map((s) => s.id))
  const codes = [...base.sections, ...addOn.sections].map((s) => s.code)
  return [
    ...addOn.additions
      .filter((x) => !known.has(x.section))
      .map((x) => ({ path: `additions.${x.section}`, code: 'unknownSection', message: x.section })),
    ...duplicates(codes).map((code) => ({ path: `sections.${code}`, code: 'duplicateCode', message: code })),
  ]
}

function moveItems(base: Template, addOn: AddOn): { items: Map<string, Item>; conflicts: Problem[] } {
  const known = new Map(templateItems(base).map((i) => [i.id, i]))
  const items = new Map<string, Item>()
  const conflicts: Problem[] = []
  for (const { item: itemId, full_cp } of addOn.moves) {
    const from = known.get(itemId)
    const moved = from ? reduce(from, full_cp) : 'unknownItem'
    if (typeof moved === 'string') conflicts.push({ path: `moves.${itemId}`, code: moved, message: String(full_cp) })
    else items.set(itemId, moved)
  }
  return { items, conflicts }
}

/**
 * The item with fewer full marks, or the code of what forbids it. The base holds on to what it stars, to bonus items, and to items
 * that list points of their own (grades, deductions). A points item keeps the number of its steps: the step shrinks alike.
 */
function reduce(from: Item, full_cp: number): Item | (typeof LAYER_CONFLICTS)[number] {
  if (!isScored(from) || from.starred || from.bonus || from.type === 'deduction') return 'notMovable'
  if (from.type === 'conformity' && from.spec.points_cp !== null) return 'notMovable'
  if (full_cp >= from.full_cp) return 'notLower'
  if (from.type !== 'points') return { ...from, full_cp }
  const scaled = from.spec.step_cp * full_cp
  if (scaled % from.full_cp !== 0) return 'step'
  return { ...from, full_cp, spec: { ...from.spec, step_cp: scaled / from.full_cp } }
}

const joinEnglish = (a: string, b: string): string => (a === '' || b === '' ? '' : `${a} + ${b}`)
const laterDay = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)
