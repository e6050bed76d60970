import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signRoster } from '../../electron/exchange/roster.ts'
import type { ProjectTrust } from '../../electron/exchange/trust.ts'
import type { Verification, VerifyRequest } from '../../electron/exchange/verify.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import {
  exportPackage,
  makeWorld,
  pemOf,
  sealSheetWithPhoto,
  verifyIn,
  type Made,
  type World,
} from './package-factories.ts'
import { partsOf, type Part } from './package-mutations.ts'
import { AT } from './scoring-factories.ts'
import { verifyByHand } from './verify-by-hand.ts'

/** One sound signed sheet with a photo, taken apart, and a judge for what is made of it. */
export type Bench = {
  world: World
  made: Made
  parts: Part[]
  /** Name of the photo's entry. */
  photo: string
  judge: (bytes: Buffer) => Promise<{ verdict: Verdict; codes: string[] }>
  close: () => void
}

export function openBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const world = makeWorld(folder)
  const made = sealSheetWithPhoto(world, 'e1')
  const parts = partsOf(made.entries)
  const file = join(folder, 'attack.evp')
  return {
    world,
    made,
    parts,
    photo: parts.at(-1)?.name ?? '',
    judge: async (bytes) => {
      writeFileSync(file, bytes)
      const { verdict, problems } = await verifyIn(world, file)
      return { verdict, codes: problems.map((p) => p.code) }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Exports a package that its author made soundly, checks it by hand, and verifies it. */
export async function judgeSound(world: World, made: Made, over: Partial<VerifyRequest> = {}): Promise<Verification> {
  const file = await exportPackage(world, made)
  const { spki, keyId } = world.keys[made.person]
  const byHand = verifyByHand(file, pemOf(spki))
  if (!byHand.ok || byHand.keyId !== keyId || byHand.digest !== made.digest) throw new Error(JSON.stringify(byHand))
  return verifyIn(world, file, over)
}

/** The world's trust after one more roster with these members. */
export function trustWith(world: World, members: readonly RosterMember[]): ProjectTrust {
  const next = signRoster(world.keys.e1, world.held, { projectId: world.trust.projectId, issuedAt: AT, members })
  return { ...world.trust, rosters: [world.held.roster, next.roster] }
}
