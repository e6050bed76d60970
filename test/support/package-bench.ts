import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '../../shared/package/verdict.ts'
import { makeWorld, sealSheetWithPhoto, verifyIn, type Made, type World } from './package-factories.ts'
import { partsOf, type Part } from './package-mutations.ts'

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
