import { describe, expect, test } from 'vitest'
import { facetCounts, passes, statusesOf, type Facet } from '../../../renderer/search/facets.ts'
import { makeIndex, searchItems, type Index } from '../../../renderer/search/item-search.ts'
import { readingsOf } from '../../../renderer/search/readings-of.ts'
import { excerptAround, findPinyin, fold, joined } from '../../../renderer/search/text-match.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { answerOf, conformityItem, gateItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const said = (zh: string) => ({ zh, en: '' })
const items: Item[] = [
  conformityItem('a1', 10, {
    code: '1.1',
    title: said('重要原辅料的进货检验'),
    basis: 'GB/T 19001—2016 8.4',
    guidance: said('查台账\n抽三批核对检验报告'),
  }),
  conformityItem('a2', 10, { code: '1.2', title: said('计量器具（强检）'), basis: 'JJF 1033' }),
  conformityItem('b1', 10, { code: '12.1', title: said('顾客反馈与改进'), guidance: said('') }),
]
const readings = readingsOf(items.flatMap((item) => [...item.title.zh]))
const instantly = { now: () => 0, rest: async () => undefined, signal: new AbortController().signal }

async function found(query: string, answers: Answer[] = []) {
  const index = (await makeIndex(items, 'zh', instantly)) as Index
  const answerOfItem = (id: string) => answers.find((a) => a.item === id) ?? null
  return searchItems(index, query, { readings, answerOf: answerOfItem })
}
const ids = async (query: string, answers?: Answer[]) => [...((await found(query, answers))?.keys() ?? [])]

describe('pinyin', () => {
  const title = '重要原辅料的进货检验'
  test.each([
    ['zyyfl', [0, 5]],
    ['chongyao', [0, 2]],
    ['zhongyaoyuan', [0, 3]],
    ['jinhuojy', [6, 10]],
    ['jinhuoji', [6, 9]],
    ["jin'huo", [6, 8]],
  ])('%s is found', (term, at) => expect(findPinyin(title, term, readings)).toEqual(at))

  test.each(['z', 'zyyz', 'hy', '进货'])('%s is not', (term) => expect(findPinyin(title, term, readings)).toBeNull())

  test('signs between characters are stepped over, not begun with', () => {
    expect(findPinyin('计量器具（强检）', 'qjqj', readings)).toEqual([2, 7])
  })
})

describe('words', () => {
  test('full-width and capital letters are the same as plain ones, place by place', () => {
    expect(fold('ＧＢ／Ｔ 19001　A')).toBe('gb/t 19001 a')
  })
  test('code, title, basis, guidance and own words are all looked at', async () => {
    expect(await ids('2.1')).toEqual(['b1'])
    expect(await ids('jjf')).toEqual(['a2'])
    expect(await ids('三批')).toEqual(['a1'])
    expect(await ids('张工', [answerOf('b1', null, { note: '问过张工' })])).toEqual(['b1'])
  })
  test('every word must be found, wherever it stands', async () => {
    expect(await ids('检验 19001')).toEqual(['a1'])
    expect(await ids('检验 jjf')).toEqual([])
    expect(await ids('  ')).toEqual([])
    expect(await found('  ')).toBeNull()
  })
  test('what was found is marked', async () => {
    const hit = (await found('jyan 台账'))?.get('a1')
    expect(hit?.title).toEqual([[8, 10]])
    expect(hit?.excerpt).toEqual({ place: 'guidance', text: '查台账 抽三批核对检验报告 ', at: [1, 3] })
  })
  test('a long text is shown around the place', () => {
    const text = `${'前'.repeat(100)}要点${'后'.repeat(100)}`
    const piece = excerptAround(text, [100, 102])
    expect(piece.text.slice(...piece.at)).toBe('要点')
    expect(piece.text.length).toBeLessThan(70)
  })
  test('marks that touch become one', () => {
    expect(
      joined([
        [4, 6],
        [0, 2],
        [1, 4],
        [8, 9],
      ]),
    ).toEqual([
      [0, 6],
      [8, 9],
    ])
  })
})

test('the index gives way after every slice and stops when nobody wants it any more', async () => {
  let clock = 0
  let rests = 0
  const controller = new AbortController()
  const turn = { now: () => (clock += 5), rest: async () => void (rests += 1), signal: controller.signal, sliceMs: 8 }
  expect(await makeIndex(items, 'zh', turn)).not.toBeNull()
  expect(rests).toBeGreaterThan(0)
  controller.abort()
  expect(await makeIndex(items, 'zh', turn)).toBeNull()
})

describe('filters', () => {
  const veto = vetoItem('v1')
  const gate = gateItem('g1')
  const template = templateOf([[...items, veto, gate]])
  test('each lack is told apart', () => {
    const [item] = items
    if (item === undefined) throw new Error('no item')
    const none = answerOf('a1', 'none')
    expect(statusesOf(item, null, ['unanswered'], template)).toEqual(['unanswered'])
    expect(statusesOf(item, none, ['nonconformityMissing', 'photos'], template)).toEqual([
      'failed',
      'evidence',
      'reason',
    ])
    expect(statusesOf(item, answerOf('a1', null, { state: 'na' }), ['reason'], template)).toEqual(['na', 'reason'])
    expect(statusesOf(veto, answerOf('v1', 'pending'), [], template)).toEqual(['veto'])
    expect(statusesOf(gate, answerOf('g1', 'no'), [], template)).toEqual(['failed'])
    expect(statusesOf(veto, answerOf('v1', 'pass'), [], template)).toEqual([])
  })
  test('filters of one kind widen, kinds narrow', () => {
    const all: Facet[][] = [['unanswered', 'owner'], ['evidence', 'owner'], ['evidence'], ['starred']]
    const shown = (...chosen: Facet[]) => all.filter((facets) => passes(facets, chosen)).length
    expect(shown()).toBe(4)
    expect(shown('unanswered', 'evidence')).toBe(3)
    expect(shown('unanswered', 'evidence', 'owner')).toBe(2)
    expect(facetCounts(all, ['unanswered'])).toEqual(
      new Map([
        ['unanswered', 1],
        ['owner', 1],
        ['evidence', 2],
      ]),
    )
  })
})
