import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import { buildDocument } from '../../../shared/report/documents/build.ts'
import type { DocumentInput } from '../../../shared/report/documents/context.ts'
import type { DocumentKind } from '../../../shared/report/documents/kinds.ts'
import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import { documentInput, memberOf } from '../../support/document-world.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'handed-'))
let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld(join(folder, 'photos'), 2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function build(kind: DocumentKind, over: Partial<DocumentInput> = {}): ReportModel {
  const model = buildDocument(kind, documentInput(world, over))
  if (!model) throw new Error(kind)
  return model
}

const textOf = (model: ReportModel): string =>
  reportStrings(model)
    .map((s) => s.text)
    .join('\n')

describe('papers handed to the enterprise', () => {
  test('nonconformities show their photos with the numbers of the report; those for evidence only are counted', () => {
    const shown = world.sheets.flatMap((s) => s.sheet.media)
    const [first] = shown
    const [entry, ...rest] = world.result.inputs.nonconformities
    if (!first || !entry) throw new Error('nothing to show')
    const nonconformities = [{ ...entry, media: [first.sha256, 'e'.repeat(64)] }, ...rest]
    const visit = documentInput(world).visit
    if (!visit) throw new Error('no visit')
    const result = { ...world.result, inputs: { ...world.result.inputs, nonconformities } }
    const model = build('nonconformities', { visit: { ...visit, result } })
    const photos = model.blocks.flatMap((b) => (b.kind === 'photoSheet' ? b.photos : []))
    expect(photos.map((p) => p.sha256)).toEqual([first.sha256])
    const report = buildReport({ ...world, profile: 'enterprise', language: 'zh' })
    const inReport = report.blocks.flatMap((b) => (b.kind === 'photoSheet' ? b.photos : []))
    expect(photos[0]?.figure).toBe(inReport.find((p) => p.sha256 === first.sha256)?.figure)
    expect(textOf(model)).toContain(`${photos[0]?.figure}；另存佐证 1 张`)
    const me = memberOf(world, 'expert')
    const own = {
      nonconformities: [{ ...entry, media: [first.sha256] }],
      meetings: [],
      media: [first],
      acceptedAt: null,
    }
    const drafts = build('nonconformities', { me, own }).blocks
    expect(drafts.flatMap((b) => (b.kind === 'photoSheet' ? b.photos.map((p) => p.figure) : []))).toEqual(['图1'])
  })

  test('what goes to the enterprise knows nothing of a mystery visit', () => {
    const entry = world.result.inputs.nonconformities.find((n) => n.kind !== 'observation')
    const template = {
      ...world.template,
      sections: world.template.sections.map((s) => ({
        ...s,
        items: s.items.map((i) => (i.id === entry?.item ? { ...i, methods: ['covert' as const] } : i)),
      })),
    }
    const title = world.template.sections.flatMap((s) => s.items).find((i) => i.id === entry?.item)?.title.zh ?? '?'
    for (const kind of ['nonconformities', 'confirmation', 'rectification'] as const) {
      expect(textOf(build(kind))).toContain(title)
      expect(textOf(build(kind, { template }))).not.toContain(title)
      expect(textOf(build(kind, { template }))).toContain(entry?.evidence)
    }
  })
})
