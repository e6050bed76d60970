import { readFileSync } from 'node:fs'
import { openRoster } from '../exchange/roster.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { UsageError, complain, readKeyId } from './usage.ts'

/**
 * The project's trust from `roster.json` with `roster.sig` beside it and the root's key id. Null (said on stderr) when the
 * root's signature does not hold over it: then no signer is known.
 */
export function readTrust(rosterPath: string | undefined, root: string | undefined): ProjectTrust | null {
  if (rosterPath === undefined) throw new UsageError('--roster is missing 缺少 --roster')
  const keyId = readKeyId('root', root)
  const bytes = readInput(rosterPath)
  const sig = readInput(rosterPath.replace(/(\.json)?$/, '.sig'))
  const held = openRoster({ bytes, sig, keyId }, keyId)
  if (held.ok) return { projectId: held.value.roster.projectId, rosters: [held.value.roster], tasks: [] }
  complain(`onsite: roster refused 名册不成立: ${rosterPath}: ${held.failure.detail ?? held.failure.code}`)
  return null
}

/** Bytes of a file named on the command line. */
export function readInput(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch {
    throw new UsageError(`cannot read 无法读取: ${path}`)
  }
}
