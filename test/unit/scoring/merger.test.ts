import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jcs } from '../../../shared/package/jcs.ts'
import { mergerOf, mergeSheets } from '../../../shared/scoring/merge.ts'
import { arbTeamWork } from '../../support/scoring-arbitraries.ts'
import { nonconformityOf, sha256 } from '../../support/scoring-factories.ts'

describe('settling over sheets that stay', () => {
  test('answers what merging everything anew answers, after every decision made and taken back', () => {
    const steps = arbTeamWork.chain((work) =>
      fc.record({
        work: fc.constant(work),
        order: fc.array(fc.nat(Math.max(0, work.decisions.length - 1)), { maxLength: 6 }),
        majors: fc.nat(2),
      }),
    )
    fc.assert(
      fc.property(steps, ({ work, order, majors }) => {
        const { visit, sheets, excluded } = work
        const given = { ...visit, sheets, excluded, hash: sha256 }
        const merger = mergerOf(given)
        const made = new Set<number>()
        for (const at of [-1, ...order]) {
          if (!made.delete(at)) made.add(at)
          const settled = {
            decisions: work.decisions.filter((_, n) => made.has(n)),
            nonconformities: Array.from({ length: majors }, (_, n) => nonconformityOf(`n${n}`, { kind: 'major' })),
          }
          const outcome = merger.settle(settled)
          const anew = mergeSheets({ ...visit, sheets, inputs: { excluded, ...settled }, hash: sha256 })
          expect(outcome).toEqual(anew)
          expect(jcs(outcome.merge)).toBe(jcs(anew.merge))
          for (const item of anew.merge.items) {
            const decision = settled.decisions.find((d) => d.item === item.item) ?? null
            expect(merger.item(item.item, decision)).toEqual(item)
          }
          expect([merger.voters, merger.item('nobody', null)]).toEqual([anew.voters, null])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('hashes what a decision rests on once', () => {
    const [work] = fc.sample(
      arbTeamWork.filter((w) => w.decisions.length > 2),
      { numRuns: 1, seed: 7 },
    )
    if (work === undefined) throw new Error('no sample')
    let hashed = 0
    const counting = (bytes: Uint8Array) => {
      hashed += 1
      return sha256(bytes)
    }
    const { visit, sheets, excluded, decisions } = work
    const merger = mergerOf({ ...visit, sheets, excluded, hash: counting })
    merger.settle({ decisions, nonconformities: [] })
    const once = hashed
    merger.settle({ decisions, nonconformities: [] })
    expect([once, hashed]).toEqual([decisions.length, decisions.length])
  })
})
