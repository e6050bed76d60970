import type { DocumentCard, DocumentChoice } from '../../../../shared/contract/document-methods.ts'
import type { DocumentKind } from '../../../../shared/report/documents/kinds.ts'

const GROUPS = {
  before: ['notice', 'assignment', 'schedule', 'declaration', 'pocket'],
  onsite: ['signIn', 'minutes', 'nonconformities', 'confirmation'],
  closing: ['summary', 'signatures'],
  after: ['rectification', 'integrity', 'verification'],
} as const satisfies Record<string, readonly DocumentKind[]>
type Group = keyof typeof GROUPS

/** The person's documents in the order of a visit; groups without any are left out. */
export function groupsOf(cards: readonly DocumentCard[]): { group: Group; cards: DocumentCard[] }[] {
  return (Object.keys(GROUPS) as Group[])
    .map((group) => ({ group, cards: GROUPS[group].flatMap((kind) => cards.find((c) => c.kind === kind) ?? []) }))
    .filter(({ cards: own }) => own.length > 0)
}

/** Who can make the summary leads the team, and can make the signing pack. */
export const hasPack = (cards: readonly DocumentCard[]): boolean => cards.some((c) => c.kind === 'summary')

/** The document to show: the wanted one where the person has it, else the first. */
export function shownOf(cards: readonly DocumentCard[], wanted: string | null): DocumentChoice | null {
  if (wanted === 'pack' && hasPack(cards)) return 'pack'
  return (cards.find((c) => c.kind === wanted) ?? cards[0])?.kind ?? null
}
