import { withFull } from '../../../../shared/checklist/item-kinds.ts'
import type { Item, ItemOf, ItemType, Section, Template } from '../../../../shared/domain/template.ts'

/**
 * One place of the checklist: reads and replaces it, sharing all that stays the same. `get` is undefined when the place is gone
 * (a removed item). `path` names it as findings do, by ids; `alias` the same by places in lists.
 */
export type Lens<T> = {
  path: string
  alias?: string
  get: (content: Template) => T | undefined
  set: (content: Template, value: T) => Template
}

export const whole: Lens<Template> = { path: '', get: (content) => content, set: (_, value) => value }

const joined = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)
const aliased = (alias: string | undefined) => (alias === undefined ? {} : { alias })

/** A field of what the lens sees. */
export function at<T, K extends keyof T & string>(lens: Lens<T>, key: K): Lens<T[K]> {
  return {
    path: joined(lens.path, key),
    ...aliased(lens.alias && joined(lens.alias, key)),
    get: (content) => lens.get(content)?.[key],
    set: (content, value) => {
      const around = lens.get(content)
      return around === undefined ? content : lens.set(content, { ...around, [key]: value })
    },
  }
}

/** An entry of a list; entries with an id are named by it, others by their place. */
export function nth<T>(lens: Lens<T[]>, index: number, id?: string): Lens<T> {
  return {
    path: joined(lens.path, id ?? String(index)),
    ...aliased(
      id === undefined && lens.alias === undefined ? undefined : joined(lens.alias ?? lens.path, String(index)),
    ),
    get: (content) => lens.get(content)?.[index],
    set: (content, value) => {
      const around = lens.get(content)
      return around?.[index] === undefined ? content : lens.set(content, around.with(index, value))
    },
  }
}

/** What a place that may be empty holds; seen only while it is filled. */
export const filled = <T>(lens: Lens<T | null>): Lens<T> => ({
  path: lens.path,
  ...aliased(lens.alias),
  get: (content) => lens.get(content) ?? undefined,
  set: lens.set,
})

export type Grade = Template['gradeSets'][number]['grades'][number]

type Place = { section: number; index: number }
const places = new WeakMap<Template['sections'], Map<string, Place>>()

/** Where an item stands; found once for each state of the sections. */
export function placeOf({ sections }: Template, id: string): Place | undefined {
  let known = places.get(sections)
  if (known === undefined) {
    known = new Map(sections.flatMap((s, section) => s.items.map((item, index) => [item.id, { section, index }])))
    places.set(sections, known)
  }
  return known.get(id)
}

export function itemOf(content: Template, id: string): Item | undefined {
  const place = placeOf(content, id)
  return place && content.sections[place.section]?.items[place.index]
}

export const itemLens = (id: string): Lens<Item> => ({
  path: `items.${id}`,
  get: (content) => itemOf(content, id),
  set: (content, value) => {
    const place = placeOf(content, id)
    const section = place && content.sections[place.section]
    if (!place || !section) return content
    const items = section.items.with(place.index, value)
    return { ...content, sections: content.sections.with(place.section, { ...section, items }) }
  },
})

/** Full marks; the steps of a points item follow them. */
export function fullLens(id: string): Lens<number> {
  const item = itemLens(id)
  return {
    path: `${item.path}.full_cp`,
    get: (content) => item.get(content)?.full_cp ?? undefined,
    set: (content, value) => {
      const before = item.get(content)
      return before ? item.set(content, withFull(before, value)) : content
    },
  }
}

/** The item as one of its type; nothing while it is of another. */
export function typedLens<T extends ItemType>(id: string, type: T): Lens<ItemOf<T>> {
  const any = itemLens(id)
  const isOf = (item: Item | undefined): item is ItemOf<T> => item?.type === type
  return {
    path: any.path,
    get: (content) => {
      const item = any.get(content)
      return isOf(item) ? item : undefined
    },
    set: any.set,
  }
}

/** A grade of a set, which findings name without the list between. */
export function gradeLens(set: number, setId: string, grade: number, id: string): Lens<Grade> {
  const { get, set: put } = nth(at(nth(at(whole, 'gradeSets'), set, setId), 'grades'), grade, id)
  return { path: `gradeSets.${setId}.${id}`, alias: `gradeSets.${set}.grades.${grade}`, get, set: put }
}

export const sectionLens = (id: string): Lens<Section> => ({
  path: `sections.${id}`,
  get: (content) => content.sections.find((section) => section.id === id),
  set: (content, value) => ({
    ...content,
    sections: content.sections.map((section) => (section.id === id ? value : section)),
  }),
})
