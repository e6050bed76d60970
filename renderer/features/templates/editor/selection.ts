import { templateItems, type Item, type Template } from '../../../../shared/domain/template.ts'
import { itemOf } from './lens.ts'

/** The checklist's own properties, as pages. */
export const PARTS = [
  'basics',
  'grades',
  'bands',
  'indicator',
  'merge',
  'remedies',
  'texts',
  'rules',
  'profiles',
] as const
export type Part = (typeof PARTS)[number]

/** What the right-hand side shows. */
export type Selection = { kind: 'item' | 'section'; id: string } | { kind: 'part'; part: Part }

const PART_OF: Record<string, Part> = {
  gradeSets: 'grades',
  bands: 'bands',
  indicator: 'indicator',
  merge: 'merge',
  nonconformity: 'remedies',
  declarations: 'texts',
  openingAgenda: 'texts',
  closingAgenda: 'texts',
  conclusions: 'rules',
  rules: 'rules',
  profiles: 'profiles',
}

/** Where a finding's path leads. Ids may hold dots, so the longest id that exists is taken. */
export function targetOf(path: string, content: Template): Selection {
  const [head = '', ...rest] = path.split('.')
  if (head === 'items' || head === 'sections') {
    const isThere = (id: string) =>
      head === 'items' ? itemOf(content, id) !== undefined : content.sections.some((section) => section.id === id)
    for (let n = rest.length; n > 0; n -= 1) {
      const id = rest.slice(0, n).join('.')
      if (isThere(id)) return { kind: head === 'items' ? 'item' : 'section', id }
    }
  }
  return { kind: 'part', part: PART_OF[head] ?? 'basics' }
}

export const isSameSelection = (a: Selection, b: Selection): boolean =>
  a.kind === 'part' ? b.kind === 'part' && a.part === b.part : b.kind === a.kind && b.id === a.id

/** The items chosen, in the checklist's order: several together, the one, or a section's. */
export function chosenItems({
  content,
  selection,
  picked,
}: {
  content: Template
  selection: Selection
  picked: ReadonlySet<string>
}): Item[] {
  if (picked.size > 1) return templateItems(content).filter((item) => picked.has(item.id))
  if (selection.kind === 'section') return content.sections.find(({ id }) => id === selection.id)?.items ?? []
  const item = selection.kind === 'item' ? itemOf(content, selection.id) : undefined
  return item === undefined ? [] : [item]
}

/** Items chosen together that still exist; none when fewer than two do. */
export function stillPicked(picked: ReadonlySet<string>, content: Template): ReadonlySet<string> {
  const left = [...picked].filter((id) => itemOf(content, id) !== undefined)
  if (left.length === picked.size) return picked
  return new Set(left.length > 1 ? left : [])
}

/** The selection, or what is there instead when undo or removal took it away. */
export function stillThere(selection: Selection, content: Template): Selection {
  if (selection.kind === 'part') return selection
  const isThere =
    selection.kind === 'item'
      ? itemOf(content, selection.id) !== undefined
      : content.sections.some((section) => section.id === selection.id)
  const first = content.sections[0]
  return isThere || first === undefined
    ? isThere
      ? selection
      : { kind: 'part', part: 'basics' }
    : { kind: 'section', id: first.id }
}
