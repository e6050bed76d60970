import { annexes, integrity } from './annex.ts'
import { heading } from './blocks.ts'
import { conclusion, nonconformities, rectification, signatures, statement, strengths } from './conclusion.ts'
import { contextOf, type Context, type ReportInput } from './context.ts'
import { indicators, samples, sections, vetoes } from './findings.ts'
import { cover, overview, standing, summary, titleOf } from './front.ts'
import { checkCodeOf, type Block, type ReportModel } from './model.ts'
import { scores } from './scores.ts'
import { carryOver, enterprise, teamAndSchedule } from './visit.ts'
import { headText } from './values.ts'
import { chaptersOf, ENCLOSED_TEMPLATE } from './template.ts'
import type { Words } from './words.ts'

/** The chapters by the number a template's profiles name them with; 0 is the cover. */
const CHAPTERS: Record<keyof Words['chapters'], { draw: (c: Context) => Block[]; onNewPage?: boolean }> = {
  1: { draw: overview, onNewPage: true },
  2: { draw: teamAndSchedule },
  3: { draw: enterprise },
  4: { draw: carryOver },
  5: { draw: vetoes },
  6: { draw: sections },
  7: { draw: indicators },
  8: { draw: samples },
  9: { draw: (c) => (c.shows.scores ? scores(c) : []), onNewPage: true },
  10: { draw: nonconformities },
  11: { draw: strengths },
  12: { draw: conclusion },
  13: { draw: rectification },
  14: { draw: statement },
  15: { draw: signatures, onNewPage: true },
  16: { draw: annexes },
}

/**
 * The report of a result in one profile and language: cover, 一览表, contents, the profile's chapters, integrity page. Pure: the
 * same input gives the same model. Chapters are numbered through those the profile shows.
 */
export function buildReport(input: ReportInput): ReportModel {
  const c = contextOf(input)
  const { w, result, task, shows } = c
  const checkCode = checkCodeOf(input.contentSha256)
  const title = titleOf(c)
  const isSample = task.sample || input.template.sample
  return {
    language: input.language,
    profile: input.profile,
    title,
    reportNumber: result.reportNumber,
    checkCode,
    contentSha256: input.contentSha256,
    issuedAt: result.issuedAt,
    header: {
      left: headText(title, task.enterprise.name),
      right: isSample ? `${w.profiles[input.profile]} · ${w.sampleShort}` : w.profiles[input.profile],
    },
    footer: { left: `${w.reportNumber} ${result.reportNumber}`, page: w.page, right: `${w.checkCode} ${checkCode}` },
    ...(input.ownWords === undefined ? {} : { enclosure: { name: ENCLOSED_TEMPLATE, text: input.ownWords.json } }),
    blocks: [
      ...(shows.sections.includes(0) ? [cover(c), { kind: 'pageBreak' as const }] : []),
      ...summary(c),
      { kind: 'pageBreak' },
      { kind: 'toc', title: w.contents },
      ...chapters(c),
      { kind: 'pageBreak' },
      ...integrity(c),
    ],
  }
}

/** Signed, sealed and scanned back: nothing else stands on that page. */
const SIGNATURES = 15
const ANNEXES = 16

function chapters(c: Context): Block[] {
  const blocks: Block[] = []
  let number = 0
  let before = 0
  for (const key of chaptersOf(c.words, c.profile, c.shows.sections)) {
    const chapter = CHAPTERS[key as keyof typeof CHAPTERS]
    const drawn = chapter.draw(c)
    if (drawn.length === 0) continue
    number++
    const title = c.w.chapters[key as keyof Words['chapters']]
    if (chapter.onNewPage || number === 1 || before === SIGNATURES || (key === ANNEXES && c.figures.length > 0))
      blocks.push({ kind: 'pageBreak' })
    const isEmpty = drawn.every((b) => b.kind === 'paragraph' && b.tone === 'note')
    const said = key === 1 || isEmpty ? [] : standing(c, key)
    blocks.push(heading(1, c.w.chapter(number, title), `chapter:${key}`), ...said, ...drawn)
    before = key
  }
  return blocks
}
