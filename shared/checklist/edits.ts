import {
  fullOf,
  isScored,
  templateItems,
  type Item,
  type ItemType,
  type Section,
  type Template,
} from '../domain/template.ts'
import { newItem, turnedInto } from './item-kinds.ts'

/** What an edit that makes something answers: the new content, and the id of what was made. */
export type Made = { content: Template; id: string }

/** Ids an edit must not take though they are free here: those of the edition before, where they mean something else. */
type Avoid = ReadonlySet<string>
const NOTHING: Avoid = new Set()

/** `totalFull_cp` as the sum of the items; the same object when it is already. Every edit here ends with it. */
export function withTotals(content: Template): Template {
  const total = fullOf(templateItems(content))
  return total === content.totalFull_cp ? content : { ...content, totalFull_cp: total }
}

/** The next id of a row: prefix and a number above every one in use or to be avoided. Never depends on chance or time. */
export function freshId(prefix: string, used: Iterable<string>, avoid: Avoid = NOTHING): string {
  let highest = 0
  for (const id of [...used, ...avoid]) {
    const digits = id.startsWith(prefix) ? id.slice(prefix.length) : ''
    if (/^\d{1,9}$/.test(digits)) highest = Math.max(highest, Number(digits))
  }
  return `${prefix}${highest + 1}`
}

/** An empty section at a place (null: at the end). */
export function addSection(content: Template, at: number | null = null, avoid: Avoid = NOTHING): Made {
  const id = freshId(
    's',
    content.sections.map((s) => s.id),
    avoid,
  )
  const code = freeCode(
    '',
    content.sections.map((s) => s.code),
  )
  const section: Section = { id, code, title: { zh: '', en: '' }, justifyBelow_bp: 6000, items: [] }
  return { content: { ...content, sections: inserted(content.sections, section, at) }, id }
}

/** Removes a section with its items. */
export function removeSection(content: Template, id: string): Template {
  return withTotals({ ...content, sections: content.sections.filter((s) => s.id !== id) })
}

/** A section with its items once more, behind it; everything in it gets ids and codes of its own. */
export function duplicateSection(content: Template, id: string, avoid: Avoid = NOTHING): Made {
  const index = content.sections.findIndex((s) => s.id === id)
  const source = content.sections[index]
  if (source === undefined) return { content, id }
  const made = addSection(content, index + 1, avoid)
  let next = changeSection(made.content, made.id, (s) => ({
    ...s,
    title: source.title,
    justifyBelow_bp: source.justifyBelow_bp,
  }))
  for (const item of source.items) next = inSection(next, made.id, copyOf(next, made.id, item, avoid), null)
  return { content: withTotals(next), id: made.id }
}

/** Moves a section to a place among the others, counted without it. */
export function moveSection(content: Template, id: string, to: number): Template {
  const moved = content.sections.find((s) => s.id === id)
  const others = content.sections.filter((s) => s.id !== id)
  return moved === undefined ? content : { ...content, sections: inserted(others, moved, to) }
}

/** The section changed; its id stays. */
export function changeSection(content: Template, id: string, change: (section: Section) => Section): Template {
  return withTotals({ ...content, sections: content.sections.map((s) => (s.id === id ? { ...change(s), id } : s)) })
}

/** An empty item of a type at a place of a section (null: at its end), with the demands such items usually have. */
export function addItem(
  content: Template,
  section: string,
  type: ItemType,
  at: number | null = null,
  avoid: Avoid = NOTHING,
): Made {
  const id = freshItemId(content, type, avoid)
  const item = newItem(type, id, freeItemCode(content, section, type), content)
  return { content: withTotals(inSection(content, section, item, at)), id }
}

/** Takes an item out. An unknown id changes nothing. */
export function removeItem(content: Template, id: string): Template {
  return withTotals(mapSections(content, (s) => ({ ...s, items: s.items.filter((i) => i.id !== id) }), [id]))
}

/** An item once more, behind it, with an id and a code of its own. */
export function duplicateItem(content: Template, id: string, avoid: Avoid = NOTHING): Made {
  const section = content.sections.find((s) => s.items.some((i) => i.id === id))
  const index = section?.items.findIndex((i) => i.id === id) ?? -1
  const source = section?.items[index]
  if (section === undefined || source === undefined) return { content, id }
  const copy = copyOf(content, section.id, source, avoid)
  return { content: withTotals(inSection(content, section.id, copy, index + 1)), id: copy.id }
}

/** The item changed; its id stays. */
export function changeItem(content: Template, id: string, change: (item: Item) => Item): Template {
  const next = mapSections(
    content,
    (s) => ({ ...s, items: s.items.map((i) => (i.id === id ? { ...change(i), id } : i)) }),
    [id],
  )
  return withTotals(next)
}

/** Another type for an item: texts, basis, methods, points and what else the new type knows are kept. */
export function changeType(content: Template, id: string, type: ItemType): Template {
  return changeItem(content, id, (item) => turnedInto(item, type, content))
}

/**
 * Codes in reading order: sections 1, 2, …, scored items 1.1, 1.2, …, vetoes and gates V1, V2, … through the whole checklist. A
 * first section of vetoes and gates alone is 0. Ids stay: they say what an item is, codes where it stands.
 */
export function renumber(content: Template): Template {
  let number = 0
  let words = 0
  const sections = content.sections.map((s, index) => {
    const isWords = s.items.length > 0 && !s.items.some(isScored)
    if (!(isWords && index === 0)) number += 1
    const code = String(number)
    let place = 0
    const items = s.items.map((item) => {
      if (isScored(item)) place += 1
      else words += 1
      return coded(item, isScored(item) ? `${code}.${place}` : `V${words}`)
    })
    const isKept = s.code === code && items.every((item, n) => item === s.items[n])
    return isKept ? s : { ...s, code, items }
  })
  return { ...content, sections }
}

const coded = <T extends Item>(item: T, code: string): T => (item.code === code ? item : { ...item, code })

const PREFIX: { [T in ItemType]?: string } = { veto: 'v', gate: 'g' }

function freshItemId(content: Template, type: ItemType, avoid: Avoid): string {
  return freshId(
    PREFIX[type] ?? 'i',
    templateItems(content).map((i) => i.id),
    avoid,
  )
}

function copyOf(content: Template, section: string, source: Item, avoid: Avoid): Item {
  const id = freshItemId(content, source.type, avoid)
  return { ...source, id, code: freeItemCode(content, section, source.type) }
}

function freeItemCode(content: Template, section: string, type: ItemType): string {
  const codes = templateItems(content).map((i) => i.code)
  if (type === 'veto' || type === 'gate') return freeCode('V', codes)
  return freeCode(`${content.sections.find((s) => s.id === section)?.code ?? ''}.`, codes)
}

/** Prefix and the number above the highest in use. */
const freeCode = (prefix: string, codes: readonly string[]): string => freshId(prefix, codes)

function inserted<T>(list: readonly T[], part: T, at: number | null): T[] {
  const place = at === null ? list.length : Math.max(0, Math.min(at, list.length))
  return [...list.slice(0, place), part, ...list.slice(place)]
}

function inSection(content: Template, id: string, item: Item, at: number | null): Template {
  const sections = content.sections.map((s) => (s.id === id ? { ...s, items: inserted(s.items, item, at) } : s))
  return { ...content, sections }
}

/** Sections without any of these items stay the same objects. */
function mapSections(content: Template, change: (section: Section) => Section, items: readonly string[]): Template {
  const holds = (s: Section) => s.items.some((i) => items.includes(i.id))
  return { ...content, sections: content.sections.map((s) => (holds(s) ? change(s) : s)) }
}
