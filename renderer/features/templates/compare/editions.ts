import type { TemplateDraftCard } from '../../../../shared/contract/template-methods.ts'
import type { TemplateCard } from '../../../../shared/contract/views.ts'

const DRAFT = 'draft:'

/** What can be set side by side, by a name that stands in the address: an issued checklist's code, or `draft:` and its id. */
export type Edition = Pick<TemplateCard, 'number' | 'edition' | 'title'> & {
  name: string
  isDraft: boolean
}

export function editionsOf(cards: readonly TemplateCard[], drafts: readonly TemplateDraftCard[]): Edition[] {
  return [
    ...cards.map(({ number, edition, title, sha256 }) => ({
      number,
      edition,
      title,
      name: sha256,
      isDraft: false,
    })),
    ...drafts.map(({ number, edition, title, draftId }) => ({
      number,
      edition,
      title,
      name: `${DRAFT}${draftId}`,
      isDraft: true,
    })),
  ].toSorted((a, b) => compareText(a.number, b.number) || b.edition - a.edition)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The draft's id in an edition's name, null when it is an issued one. */
export const draftIdOf = (name: string): string | null => (name.startsWith(DRAFT) ? name.slice(DRAFT.length) : null)

/** The latest earlier issued edition of the same number. */
export function previousOf(later: Edition, editions: readonly Edition[]): Edition | undefined {
  return editions
    .filter((one) => !one.isDraft && one.number === later.number && one.edition < later.edition)
    .toSorted((a, b) => b.edition - a.edition)[0]
}

/** The pair asked for; where nothing was asked, the highest edition that has an earlier one, and that. */
export function pairOf(
  asked: { a: string | null; b: string | null },
  editions: readonly Edition[],
): { a: Edition | undefined; b: Edition | undefined } {
  const named = (name: string | null) => editions.find((one) => one.name === name)
  const newest = editions
    .filter((one) => previousOf(one, editions) !== undefined)
    .toSorted((x, y) => Number(x.isDraft) - Number(y.isDraft) || y.edition - x.edition)[0]
  const b = named(asked.b) ?? (asked.a === null ? newest : undefined)
  const a = named(asked.a) ?? (asked.a === null && b !== undefined ? previousOf(b, editions) : undefined)
  return { a, b }
}
