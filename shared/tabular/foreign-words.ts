import type { ChecklistMapping } from '../contract/template-methods.ts'
import type { Item, ItemType } from '../domain/template.ts'
import { distinct, type Grid } from './grid.ts'
import { hundredthsOf, parseNumber, plainWidth } from './numerals.ts'

/** Points as a checklist writes them. `grades` = the points of each grade, best first, where several stand; `odd` = what to look at again. */
export type Points = { full_cp: number; grades: number[] | null; odd: 'range' | 'percent' | 'wordsAround' | null }

/** Longer texts are words, whatever numbers are in them. */
const LONGEST_POINTS = 100
const LONGEST_HEADING = 200

/** "10", "10分", "１０", "0-10", "3/1/0", "满分10分"; null for anything without a number, with a negative one, or with more than two decimals. */
export function parsePoints(text: string): Points | null {
  if (text.length > LONGEST_POINTS) return null
  const plain = plainWidth(text).replaceAll(/[−–—]/g, '-').trim()
  const bare = plain.replace(/\s*(分|points?|pts?\.?|marks?)\s*$/i, '').trim()
  const single = parseNumber(bare)
  if (single !== null) return pointsOf([single], null)
  if (/^\d+(\.\d+)?\s*%$/.test(bare)) return pointsOf([Number.parseFloat(bare)], 'percent')
  const parts = bare.split(/\s*[/、;,；|]\s*/).map((part) => parseNumber(part.replace(/分$/, '')))
  if (parts.length > 1 && parts.every((p) => p !== null)) return pointsOf(parts, null)
  const range = /^(\d+(?:\.\d+)?)\s*(?:分)?\s*(?:-|~|至|到|to)\s*(\d+(?:\.\d+)?)$/i.exec(bare)
  if (range) return pointsOf([Math.max(Number(range[1]), Number(range[2]))], 'range')
  const within = [...bare.matchAll(/(\d+(?:\.\d+)?)\s*(?:分|points?)/gi)]
  const stated = within[0]?.[1] ?? /^\D*?(\d+(?:\.\d+)?)\D*$/.exec(bare)?.[1] ?? null
  return stated === null || /^-|扣/.test(bare) ? null : pointsOf([Number(stated)], 'wordsAround')
}

function pointsOf(values: readonly number[], odd: Points['odd']): Points | null {
  const cps = values.map((value) => hundredthsOf(value))
  if (!cps.every((cp) => cp !== null && cp >= 0)) return null
  const sorted = (cps as number[]).toSorted((a, b) => b - a)
  return { full_cp: sorted[0] ?? 0, grades: sorted.length > 1 ? sorted : null, odd }
}

const TOTAL = /^(合计|总计|总分|满分|总分值|共计|小计|本章小计|小计分|total|subtotal|sum|grandtotal)[:：]?$/i
/** A row that adds up. `isWhole`: over everything, not one section. */
export const isTotalWord = (text: string): boolean =>
  text.length < 40 && TOTAL.test(plainWidth(text).replaceAll(/\s+/g, ''))
/** Whether a row of sums means the whole table, not a part of it. */
export const isWholeTotal = (text: string): boolean => !/小计|subtotal/i.test(text)

/** A remark under the table. */
export const isRemark = (text: string): boolean =>
  /^(注|备注|说明|填表说明|note|remark)s?\s*\d*\s*[:：.、]/i.test(plainWidth(text))

/** A line to be signed under the table. */
export const isToSign = (text: string): boolean => /(签字|签名|签章|盖章|signature)\s*[)）]?\s*[:：_]/i.test(text)

/** Words that make an item a veto. */
export const saysVeto = (text: string): boolean => /一票否决|否决项|否决$|^否决|\bveto\b/i.test(text)
const MARKS = '★☆▲※*＊'
/** A mark of importance before or after the words. */
export const hasMark = (text: string): boolean =>
  text !== '' && (MARKS.includes(text[0] ?? ' ') || '★▲※'.includes(text.at(-1) ?? ' '))
/** The words without the marks before and after them. */
export function withoutMark(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && MARKS.includes(text[from] ?? ' ')) from++
  while (to > from && '★▲※'.includes(text[to - 1] ?? ' ')) to--
  return text.slice(from, to).trim()
}

const TYPES: readonly (readonly [ItemType, RegExp])[] = [
  ['veto', /否决|veto/i],
  ['gate', /前置|必备|准入|gate|precondition/i],
  ['deduction', /扣分|deduct/i],
  ['maturity', /成熟|maturity|ADLI|LeTCI/i],
  ['indicator', /指标|数值|测量|indicator/i],
  ['conformity', /符合|是否|判定|conform|comply|yes.?no/i],
  ['points', /评分|打分|计分|分值|points?|score/i],
]
/** The item type a word means; null for an unknown one. */
export const typeOfWord = (text: string): ItemType | null =>
  TYPES.find(([, pattern]) => pattern.test(text))?.[0] ?? null

const METHODS: readonly (readonly [Item['methods'][number], RegExp])[] = [
  ['document', /查(?!验)|文件|资料|记录|档案|台账|证书|document|record|review/i],
  ['observe', /观察|现场|实地|查验|(^|[、，,；;\s])看|observ|on.?site/i],
  ['interview', /访谈|询问|座谈|交谈|(^|[、，,；;\s])问|interview/i],
  ['test', /检测|检验|测试|试验|test|measure/i],
  ['witness', /见证|witness/i],
  ['open', /公开|open/i],
  ['covert', /暗访|神秘|covert|mystery/i],
]
/** Words that name methods and nothing else; others say more than the marks can keep. */
export const isMethodOnly = (text: string): boolean =>
  text.split(/[、，,；;/+\s]+/).every((word) => word === '' || (word.length <= 4 && methodsOfWords(word).length > 0))
/** The methods a text names, in the order of the list; none when it names none. */
export const methodsOfWords = (text: string): Item['methods'] =>
  METHODS.filter(([, pattern]) => pattern.test(text)).map(([m]) => m)

/** The type of a row that is no item but heads the items under it. */
export const saysSection = (text: string): boolean => /^(章节|章|节|分组|section|group|chapter|heading)$/i.test(text)

/** Yes in a column of marks. */
export const isYes = (text: string): boolean => text !== '' && !/^(否|无|不|no?|false|0|-|—|\/|×|x)$/i.test(text)

/** A row that holds one text besides a number of its own and perhaps its points: the name of what follows. */
export function looksLikeHeading(grid: Grid, row: number, columns: ChecklistMapping['columns']): boolean {
  const texts = grid.rows[row] ?? []
  const titled = columns.title === undefined ? '' : (texts[columns.title] ?? '')
  const others = distinct(texts.filter((_, c) => c !== columns.code && c !== columns.points))
  const points = columns.points === undefined ? '' : (texts[columns.points] ?? '')
  if (others.length !== 1) {
    const code = columns.code === undefined ? '' : (texts[columns.code] ?? '')
    return others.length === 0 && isWords(code) && !isTotalWord(code) && !isRemark(code) && !isToSign(code)
  }
  const [text = ''] = others
  if (text.length > LONGEST_HEADING || isTotalWord(text) || isRemark(text)) return false
  const isAcross = texts.some((t, c) => t === text && grid.isRepeat(row, c, true))
  const isNumbered = CHAPTER.test(text)
  const isElsewhere = titled === ''
  return (
    isAcross ||
    isNumbered ||
    isElsewhere ||
    (points === '' && columns.points !== undefined && text.length <= 30 && !saysVeto(text))
  )
}

/** More than a number, even where it states points: "一、基本条件（30分）". */
const isWords = (text: string): boolean =>
  text !== '' && (parsePoints(text) === null || /\p{Script=Han}{2,}/u.test(text))

const CHAPTER =
  /^(第[一二三四五六七八九十百\d]+[章节部篇]|[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十]+[)）])\s*/

/** How deep a heading stands by its mark: 第一章 and 一、 1, （一） 2, 1. 3, 1.1 4 …; null where it has none. */
export function headingLevel(text: string): number | null {
  if (/^第[一二三四五六七八九十百\d]+[章部篇]/.test(text)) return 0
  if (/^第[一二三四五六七八九十百\d]+节|^[一二三四五六七八九十]+\s*[、.．]/.test(text)) return 1
  if (/^[（(][一二三四五六七八九十]+[)）]/.test(text)) return 2
  const digits = /^\d+(\.\d+)*(?=[\s、.．]|[\u4e00-\u9fff])/.exec(text)?.[0]
  return digits === undefined ? null : 3 + digits.split('.').length
}

/** A heading taken apart: its number, its words, and the points it states for what follows. */
export function headingParts(text: string): { code: string; title: string; stated_cp: number | null } {
  const mark = CHAPTER.exec(text)?.[0] ?? /^\d+(\.\d+)*[\s、.．]+/.exec(text)?.[0] ?? ''
  const rest = text.slice(mark.length).trim()
  const stated = /[（([]\s*(?:(?:共|满分|总分|计)\s*)?(?:[:：]\s*)?(\d+(?:\.\d+)?)\s*(?:分|points?)\s*[)）\]]/i.exec(
    plainWidth(rest),
  )
  return {
    code: mark.replaceAll(/[\s、.．（()）]+$|^[（(]/g, ''),
    title:
      rest === ''
        ? text
        : rest
            .replace(/[（([]\s*(?:(?:共|满分|总分|计)\s*)?(?:[:：]\s*)?[\d０-９.]+\s*(?:分|points?)\s*[)）\]]\s*$/i, '')
            .trim(),
    stated_cp: stated === null ? null : hundredthsOf(Number(stated[1])),
  }
}
