import type { Inputs } from '../../shared/domain/result.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { teamProblems, type ItemProblem } from '../../shared/scoring/demands.ts'
import { mergerOf, type Merger } from '../../shared/scoring/merge.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { Reader } from '../storage/database.ts'
import { entryBytes, type StoredPackage } from '../storage/package-store.ts'
import type { Desk } from './desk.ts'

/** A sealed sheet held here, own or imported. */
export type HeldSheet = { stored: StoredPackage; sheet: Sheet }

type Kept = {
  sheets: Map<string, Sheet>
  merger: { key: string; merger: Merger; proof: ItemProblem[] } | null
}
/** More than any team has; the ones read longest ago go first. */
const SHEETS_KEPT = 40
/** Per open database: the bytes behind a digest never change, and every decision asks for all of a team's sheets. */
const keptBy = new WeakMap<Reader, Kept>()

function keptOf(db: Reader): Kept {
  const known = keptBy.get(db) ?? { sheets: new Map(), merger: null }
  keptBy.set(db, known)
  return known
}

/** The sheet of a held package. Callers share the object: it is never changed. */
export function readSheet(db: Reader, { digest }: StoredPackage): Sheet {
  const { sheets } = keptOf(db)
  const known = sheets.get(digest)
  if (known !== undefined) return known
  const bytes = entryBytes(db, digest, 'data/sheet.json')
  if (bytes === null) throw new Error(`sheet package without a sheet: ${digest}`)
  const sheet = JSON.parse(Buffer.from(bytes).toString('utf8')) as Sheet
  sheets.set(digest, sheet)
  for (const oldest of sheets.keys()) if (sheets.size > SHEETS_KEPT) sheets.delete(oldest)
  return sheet
}

export const toMerge = ({ stored, sheet }: HeldSheet) => ({ digest: stored.digest, sheet })

/** The sheets as a result lists them, by digest; the hash of a sheet's document is known since it was sealed or verified. */
export const listSheets = (sheets: readonly HeldSheet[]): Inputs['sheets'] =>
  sheets
    .map(({ stored: { digest, documentSha256 }, sheet }) => ({
      digest,
      sheetSha256: documentSha256,
      personId: sheet.expert.personId,
      revision: sheet.revision,
    }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))

/**
 * The merge of these sheets up to what is settled, and the proof they owe together; the same ones as long as task, sheets and
 * exclusions are the same.
 */
export function mergerFor(
  { session, stored, template }: Desk,
  used: readonly HeldSheet[],
  excluded: Inputs['excluded'],
): { merger: Merger; proof: readonly ItemProblem[] } {
  const kept = keptOf(session.store)
  const key = JSON.stringify([stored.sha256, used.map((s) => s.stored.digest), excluded])
  if (kept.merger?.key !== key) {
    const given = { task: stored.task, template, sheets: used.map(toMerge), excluded, hash: sha256 }
    const proof = teamProblems(
      stored.task,
      template,
      used.map((s) => s.sheet),
    )
    kept.merger = { key, merger: mergerOf(given), proof }
  }
  const { merger, proof } = kept.merger
  return { merger, proof }
}
