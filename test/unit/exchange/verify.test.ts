import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  exportPackage,
  makeWorld,
  pemOf,
  sealResult,
  sealSheet,
  sealSheetWithPhoto,
  sealTask,
  verifyIn,
  type Made,
  type World,
} from '../../support/package-factories.ts'
import { verifyByHand } from '../../support/verify-by-hand.ts'

let folder: string
let world: World
let sheets: Made[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  world = makeWorld(folder)
  sheets = [sealSheetWithPhoto(world, 'e1', 1), sealSheetWithPhoto(world, 'e2', 2), sealSheet(world, 'e3')]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a sound package', () => {
  test.each(['task', 'sheet', 'result'] as const)('of kind %s passes here and by hand', async (kind) => {
    const made = kind === 'task' ? sealTask(world) : kind === 'sheet' ? sheets[0]! : sealResult(world, sheets)
    const file = await exportPackage(world, made)
    const verified = await verifyIn(world, file)
    expect(verified.problems).toEqual([])
    expect(verified.verdict).toBe('ok')
    expect(verified.digest).toBe(made.digest)
    const { keyId, spki } = world.keys[made.person]
    expect(verifyByHand(file, pemOf(spki))).toEqual({ ok: true, keyId, digest: made.digest })
  })
})
