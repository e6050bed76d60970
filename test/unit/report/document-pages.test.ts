import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from '../../../electron/report/pdf/display.ts'
import { BOTTOM, TOP } from '../../../electron/report/pdf/flow.ts'
import { layoutReport } from '../../../electron/report/pdf/layout.ts'
import { buildDocument } from '../../../shared/report/documents/build.ts'
import type { DocumentInput } from '../../../shared/report/documents/context.ts'
import { DOCUMENT_KINDS, type DocumentKind } from '../../../shared/report/documents/kinds.ts'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { documentInput } from '../../support/document-world.ts'
import { faces } from '../../support/report-model.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'document-pages-'))
let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld(join(folder, 'photos'), 2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NOTHING_YET: Partial<DocumentInput> = {
  visit: null,
  own: { nonconformities: [], meetings: [], media: [], acceptedAt: null },
}

function build(kind: DocumentKind, over: Partial<DocumentInput> = {}): ReportModel {
  const model = buildDocument(kind, documentInput(world, over))
  if (!model) throw new Error(kind)
  return model
}

describe('pages', () => {
  /** How far down each page is filled, of its room for text. */
  const filled = (model: ReportModel): number[] =>
    layoutReport(model, faces(), () => 4 / 3).pages.map(({ marks, furniture }) => {
      const ends = marks
        .slice(0, furniture)
        .map((m) => ('y' in m ? m.y + ('height' in m ? m.height : 0) : 'y2' in m ? Math.max(m.y1, m.y2) : 0))
      return (Math.max(TOP, ...ends) - TOP) / (BOTTOM - TOP)
    })

  test.each(['zh', 'en'] as const)('%s: no form ends on a page with next to nothing on it', (language) => {
    const name = { zh: '某某省某某市经济技术开发区重型装备与智能制造产业（集团）股份有限公司', en: 'A'.repeat(9) }[
      language
    ]
    const { task } = world
    const long = { ...task, enterprise: { ...task.enterprise, name: `${name} ${name}` } }
    for (const given of [task, long]) {
      for (const over of [{}, NOTHING_YET]) {
        for (const kind of DOCUMENT_KINDS.filter((k) => k !== 'pocket')) {
          const model = buildDocument(kind, documentInput(world, { task: given, language, ...over }))
          const shares = model === null ? [] : filled(model)
          expect(
            shares.slice(1).every((share) => share > 0.2),
            `${kind} ${shares.join(' ')}`,
          ).toBe(true)
        }
      }
    }
  })

  test('a form that spills by a little is set closer, one that spills by much is not', () => {
    const lines = (count: number): Block[] =>
      Array.from({ length: count }, (_, n) => ({ kind: 'paragraph', text: `第 ${n + 1} 段`, tone: 'body' }))
    const pages = (count: number) =>
      layoutReport({ ...build('schedule'), blocks: lines(count) }, faces(), () => 1).pages
    const [usual, spilling, more] = [pages(29), pages(31), pages(45)]
    expect([usual.length, spilling.length, more.length]).toEqual([1, 1, 2])
    const step = (page: Page | undefined) => {
      const [one, other] = (page?.marks ?? []).flatMap((m) => (m.kind === 'text' ? [m.y] : []))
      return (other ?? 0) - (one ?? 0)
    }
    expect(step(spilling[0])).toBeLessThan(step(usual[0]))
    expect(step(more[0])).toBe(step(usual[0]))
  })

  test('questions left open or not, the parts of the confirmation are numbered without a gap', () => {
    const { task } = world
    const heads = (carryOver: typeof task.carryOver) =>
      build('confirmation', { task: { ...task, carryOver } }).blocks.flatMap((b) =>
        b.kind === 'heading' && b.level === 2 ? [b.text.charAt(0)] : [],
      )
    expect(heads(task.carryOver)).toEqual(['一', '二', '三', '四', '五', '六', '七'])
    expect(heads([])).toEqual(['一', '二', '三', '四', '五', '六'])
  })
})
