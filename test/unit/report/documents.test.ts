import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { create } from 'qrcode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutReport } from '../../../electron/report/pdf/layout.ts'
import { renderReport } from '../../../electron/report/render.ts'
import type { MergedNonconformity } from '../../../shared/domain/result.ts'
import { assignedItems } from '../../../shared/domain/task.ts'
import { buildDocument, buildPack, kindsFor, readiness } from '../../../shared/report/documents/build.ts'
import type { DocumentInput } from '../../../shared/report/documents/context.ts'
import { DOCUMENT_KINDS, OWN_KINDS, PACK_KINDS, type DocumentKind } from '../../../shared/report/documents/kinds.ts'
import { itemCode, pageCode, readCode } from '../../../shared/report/documents/page-code.ts'
import { reportStrings, type Block, type ReportModel } from '../../../shared/report/model.ts'
import { withOwnWords } from '../../../shared/report/template.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { documentInput, memberOf } from '../../support/document-world.ts'
import { isChanged, pageImage } from '../../support/page-images.ts'
import { expectGood } from '../../support/pdf-gates.ts'
import { HAS_POPPLER, HAS_QPDF, pdfjsRead, qpdfComplaints } from '../../support/pdf-readers.ts'
import { FONTS, bare, faces } from '../../support/report-model.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'documents-'))
let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld(join(folder, 'photos'), 2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NOTHING_YET: Partial<DocumentInput> = {
  visit: null,
  own: { nonconformities: [], meetings: [], media: [], acceptedAt: null },
}
let made = 0

async function render(model: ReportModel, further: ReportModel[] = []): Promise<string> {
  const target = join(folder, `${++made}.pdf`)
  const outcome = await renderReport({
    model,
    further,
    fontsDir: FONTS,
    photo: () => null,
    cacheDir: join(folder, 'cache'),
    target,
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return target
}

function build(kind: DocumentKind, over: Partial<DocumentInput> = {}): ReportModel {
  const model = buildDocument(kind, documentInput(world, over))
  if (!model) throw new Error(kind)
  return model
}

const textOf = (model: ReportModel): string =>
  reportStrings(model)
    .map((s) => s.text)
    .join('\n')

describe('every document', () => {
  test.each(DOCUMENT_KINDS.flatMap((kind) => [[kind, 'zh'] as const, [kind, 'en'] as const]))(
    '%s %s passes the gates of reports',
    async (kind, language) => {
      const model = build(kind, { language })
      await expectGood(model, await render(model))
    },
  )

  test.each(DOCUMENT_KINDS.filter((k) => k !== 'summary' && k !== 'signatures'))(
    '%s can be printed before anything is known',
    async (kind) => {
      const model = build(kind, NOTHING_YET)
      await expectGood(model, await render(model))
    },
  )

  test.each(OWN_KINDS)('%s of an expert', async (kind) => {
    const model = build(kind, { me: memberOf(world, 'expert'), visit: null })
    await expectGood(model, await render(model))
  })

  test('has a number, a code of its own on every page, and says which page of which document it is', async () => {
    const numbers = new Set<string>()
    for (const kind of DOCUMENT_KINDS) {
      const model = build(kind)
      numbers.add(model.reportNumber)
      const { pages } = layoutReport(model, faces(), () => null)
      pages.forEach((page, n) => {
        const symbol = page.marks.slice(page.furniture).find((m) => m.kind === 'modules')
        const code = model.checkCode.replaceAll('-', '')
        const text = (model.pageCode ?? '').replace('{page}', String(n + 1)).replace('{pages}', String(pages.length))
        const { taskId } = world.task
        const named = { kind: 'page', taskId, document: kind, page: n + 1, pages: pages.length, code }
        expect(readCode(text)).toEqual(named)
        const { modules } = create(text, { errorCorrectionLevel: 'M' })
        expect(symbol?.kind === 'modules' && symbol.dark).toEqual(Array.from(modules.data, (bit) => bit === 1))
      })
    }
    expect(numbers.size).toBe(DOCUMENT_KINDS.length)
  })

  test('the same facts give the same bytes; one changed word gives another code', async () => {
    const [one, other] = [await render(build('confirmation')), await render(build('confirmation'))]
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true)
    const { task } = world
    const changed = { ...task, enterprise: { ...task.enterprise, address: '别处 1 号', contact: '另一个人' } }
    expect(build('confirmation', { task: changed }).checkCode).toBe(build('confirmation').checkCode)
    const renamed = { ...task, enterprise: { ...task.enterprise, name: '另一家公司' } }
    expect(build('confirmation', { task: renamed }).checkCode).not.toBe(build('confirmation').checkCode)
  })

  test('no clock: the day of the task, or of the issue once there is one', () => {
    expect(build('notice', NOTHING_YET).issuedAt).toBe(world.task.issuedAt)
    expect(build('signatures').issuedAt).toBe(world.result.issuedAt)
  })
})

describe('who may print what', () => {
  test('a lead everything, an expert the own papers, an observer none', () => {
    const expert = documentInput(world, { me: memberOf(world, 'expert') })
    expect(kindsFor(documentInput(world))).toEqual(DOCUMENT_KINDS)
    expect(kindsFor(expert)).toEqual(OWN_KINDS)
    expect(buildDocument('summary', expert)).toBeNull()
    const observer = { ...memberOf(world, 'expert'), role: 'observer' as const }
    expect(kindsFor({ me: observer })).toEqual([])
  })

  test('an expert’s drafts hold nothing of a colleague’s even where the merged visit is at hand', () => {
    const me = memberOf(world, 'expert')
    const ownDraft = { ...world.result.inputs.nonconformities[0], evidence: '只有我写的事实', state: 'draft' as const }
    const own = { nonconformities: [ownDraft as MergedNonconformity], meetings: [], media: [], acceptedAt: null }
    const text = textOf(build('nonconformities', { me, own }))
    expect(text).toContain('只有我写的事实')
    expect(text).toContain('尚未经评价组集体评议')
    for (const n of world.result.inputs.nonconformities) expect(text).not.toContain(n.evidence)
  })

  test('nothing for the enterprise tells a score or the recommendation', () => {
    const { merge } = world.result
    const numbers = [merge.totals.got, ...merge.sections.map((s) => s.base)].map(formatMicro)
    const labels = world.template.conclusions.map((c) => c.label.zh)
    const outward = DOCUMENT_KINDS.filter((k) => !['summary', 'pocket', 'assignment'].includes(k))
    for (const kind of outward) {
      const cells = reportStrings(build(kind)).map((s) => s.text)
      for (const hidden of [...numbers, ...labels]) expect(cells).not.toContain(hidden)
      expect(cells.join('\n')).not.toMatch(/得分率|折算/)
    }
    const inward = textOf(build('summary'))
    expect(inward).toContain(formatMicro(merge.totals.got))
    expect(inward).toContain('不交被评价单位')
  })

  test('what is missing is told, and only what says nothing without it is kept back', () => {
    const stateOf = (kind: DocumentKind, over: Partial<DocumentInput> = {}) =>
      readiness(documentInput(world, over)).find((r) => r.kind === kind)
    expect(stateOf('summary', NOTHING_YET)).toMatchObject({ isReady: false, lacks: ['ownSheetFirst', 'notSettled'] })
    const blanks = { isReady: true, lacks: ['ownSheetFirst', 'noNonconformities'] }
    expect(stateOf('nonconformities', NOTHING_YET)).toMatchObject(blanks)
    for (const kind of DOCUMENT_KINDS) expect(stateOf(kind)?.isReady).toBe(true)
    const draft = { visit: { ...visit(), isIssued: false } }
    expect(stateOf('signatures', draft)).toMatchObject({ isReady: true, lacks: ['notIssued'] })
    for (const over of [{}, NOTHING_YET, { me: memberOf(world, 'expert'), visit: null }]) {
      for (const { kind, isReady } of readiness(documentInput(world, over)))
        expect(buildDocument(kind, documentInput(world, over)) !== null).toBe(isReady)
    }
    expect(textOf(build('signatures'))).toContain('评价结果校验码')
    expect(textOf(build('signatures', { visit: { ...visit(), isIssued: false } }))).not.toContain('评价结果校验码')
  })
})

const visit = (over: Partial<ReportWorld> = {}) => ({ ...world, ...over, isIssued: true })

describe('sizes', () => {
  const withEntries = (change: (first: MergedNonconformity) => MergedNonconformity[]) => {
    const { result } = world
    const [first] = result.inputs.nonconformities
    if (!first) throw new Error('no nonconformity')
    return visit({ result: { ...result, inputs: { ...result.inputs, nonconformities: change(first) } } })
  }

  test('a nonconformity report has a list and a page for each, with none and with sixty', async () => {
    expect(textOf(build('nonconformities', { visit: withEntries(() => []) }))).toContain('未开具')
    const many = withEntries((first) => Array.from({ length: 60 }, (_, n) => ({ ...first, id: `n${n}` })))
    const model = build('nonconformities', { visit: many })
    expect(model.blocks.filter((b) => b.kind === 'pageBreak')).toHaveLength(60)
    await expectGood(model, await render(model))
  })

  test.each(['nonconformities', 'rectification', 'verification'] as const)(
    '%s with words without end',
    async (kind) => {
      const evidence = '现场记录与工艺文件不一致，'.repeat(760)
      const endless = withEntries((first) => [{ ...first, evidence, requirement: 'A\tB\u200bC' }])
      const model = build(kind, { visit: endless })
      await expectGood(model, await render(model))
    },
  )

  test('a visit without sheets, meetings, sites, schedule', async () => {
    const { task, result } = world
    const bare_ = { ...task, schedule: [], carryOver: [], scope: { ...task.scope, sites: [] } }
    const empty = visit({ sheets: [], result: { ...result, text: { ...result.text, meetings: [], sections: [] } } })
    for (const kind of DOCUMENT_KINDS) {
      const model = build(kind, { task: bare_, visit: empty })
      await expectGood(model, await render(model))
    }
  })
})

describe('the pocket list', () => {
  const itemsOf = (model: ReportModel) =>
    model.blocks.filter((b): b is Extract<Block, { kind: 'pocketItem' }> => b.kind === 'pocketItem')

  test('holds the person’s own items, each with a code that leads back to it', () => {
    for (const member of world.task.team) {
      const model = build('pocket', { me: member, visit: null })
      const mine = assignedItems(member, world.template)
      expect(itemsOf(model).map((b) => readCode(b.qr))).toEqual(
        mine.map((i) => ({ kind: 'item', taskId: world.task.taskId, item: i.id })),
      )
      expect(model.isDuplex).toBe(true)
    }
  })

  test('chosen sections, a page for each, with or without hints', () => {
    const me = { ...memberOf(world, 'lead'), assigned: null }
    const [first, second] = world.template.sections
    const sections = [first?.id ?? '', second?.id ?? '']
    const pocket = { sections, ownPages: true, hints: false }
    const model = build('pocket', { me, pocket })
    expect(itemsOf(model)).toHaveLength((first?.items.length ?? 0) + (second?.items.length ?? 0))
    expect(model.blocks.filter((b) => b.kind === 'pageBreak')).toHaveLength(1)
    expect(itemsOf(model).every((b) => b.hints.length === 0)).toBe(true)
    expect(itemsOf(build('pocket', { me })).some((b) => b.hints.length > 0)).toBe(true)
  })

  test('a thousand items of every kind with long titles', async () => {
    const me = { ...memberOf(world, 'lead'), assigned: null }
    const [section] = world.template.sections
    const all = world.template.sections.flatMap((s) => s.items)
    const items = Array.from({ length: 1000 }, (_, n) => {
      const item = all[n % all.length]
      if (!section || !item) throw new Error('no items')
      return { ...item, id: `x${n}`, title: { zh: `${item.title.zh}，`.repeat(1 + (n % 12)), en: '' } }
    })
    const template = { ...world.template, sections: [{ ...(section as NonNullable<typeof section>), items }] }
    const model = build('pocket', { me, template, visit: null })
    expect(itemsOf(model)).toHaveLength(1000)
    expect(qpdfOf(await render(model))).toBe('')
  })

  const qpdfOf = (path: string): string => (HAS_QPDF ? qpdfComplaints(path) : '')
})

describe('the signing pack', () => {
  test('is five documents in one file, each with its own numbers and bookmarks', async () => {
    const [first, ...further] = buildPack(documentInput(world))
    if (!first) throw new Error('empty')
    const all = [first, ...further]
    expect(all.map((m) => m.reportNumber.slice(-2))).toEqual(['QD', 'BF', 'QR', 'HZ', 'QZ'])
    const path = await render(first, further)
    if (HAS_QPDF) expect(qpdfComplaints(path)).toBe('')
    const reading = await pdfjsRead(path)
    let at = 0
    for (const model of all) {
      const { length } = layoutReport(model, faces(), () => null).pages
      for (let n = 0; n < length; n++) {
        const page = bare(reading.pages[at + n] ?? '')
        expect(page).toContain(bare(`${model.footer.left}第 ${n + 1} 页 共 ${length} 页${model.footer.right}`))
      }
      at += length
    }
    expect(reading.pages).toHaveLength(at)
    const titles = all.flatMap((m) => m.blocks.flatMap((b) => (b.kind === 'documentTitle' ? [b.title] : [])))
    expect(reading.outline.map((o) => o.title)).toEqual(expect.arrayContaining(titles))
    expect(Math.max(...reading.outline.map((o) => o.page))).toBeLessThan(at)
  })

  test('leaves out what is not there yet', () => {
    expect(buildPack(documentInput(world, NOTHING_YET))).toHaveLength(PACK_KINDS.length - 2)
  })
})

describe('page codes', () => {
  test('whatever is written is read back', () => {
    const uuid = fc.uuid({ version: 7 })
    const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,31}$/)
    fc.assert(
      fc.property(uuid, id, (taskId, item) => {
        expect(readCode(itemCode(taskId, item))).toEqual({ kind: 'item', taskId, item })
      }),
    )
    const code = 'AB12-CD34-EF56'
    for (const kind of DOCUMENT_KINDS) {
      const text = pageCode(world.task.taskId, kind, code).replace('{page}', '3').replace('{pages}', '12')
      expect(readCode(text)).toMatchObject({ document: kind, page: 3, pages: 12, code: 'AB12CD34EF56' })
    }
  })

  test('foreign and broken codes are nobody’s', () => {
    const { taskId } = world.task
    const good = itemCode(taskId, 'i1.1')
    const page = pageCode(taskId, 'notice', 'AB12-CD34-EF56').replace('{pages}', '2')
    expect(readCode(page.replace('{page}', '2'))).not.toBeNull()
    const bad = [
      '',
      'https://example.org',
      good.replace('YP1', 'YP2'),
      `${good}/X`,
      good.slice(0, 20),
      page,
      page.replace('{page}', '3'),
    ]
    expect(bad.map(readCode)).toEqual(bad.map(() => null))
  })
})

describe('a person’s own words', () => {
  test('stand in separate documents in place of the built-in ones', () => {
    const own = {
      mark: '某市市场监督管理局',
      noticeDuties: '带上公章\n\n停车从北门',
      integrityContact: '',
      confirmNote: '',
    }
    const words = withOwnWords(world.words, own)
    const text = textOf(build('notice', { words }))
    for (const typed of ['某市市场监督管理局', '带上公章', '停车从北门']) expect(text).toContain(typed)
    expect(text).not.toContain(world.words.documents.noticeDuties[0]?.zh)
    expect(words.documents.confirmNote).toEqual(world.words.documents.confirmNote)
  })
})

describe.skipIf(!HAS_POPPLER)('approved pages of documents', () => {
  const PAGES: [DocumentKind, number][] = [
    ['notice', 1],
    ['declaration', 1],
    ['pocket', 3],
    ['signIn', 1],
    ['minutes', 1],
    ['nonconformities', 1],
    ['nonconformities', 2],
    ['confirmation', 1],
    ['summary', 1],
    ['signatures', 1],
    ['rectification', 2],
    ['integrity', 1],
    ['verification', 1],
  ]
  test.each(['zh', 'en'] as const)('%s', async (language) => {
    const changed: string[] = []
    for (const [kind, page] of PAGES) {
      const name = `${language}-document-${kind}-${page}`
      if (await isChanged(name, await pageImage(await render(build(kind, { language })), page))) changed.push(name)
    }
    expect(changed).toEqual([])
  })
})
