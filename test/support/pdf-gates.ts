import { expect } from 'vitest'
import { layoutReport } from '../../electron/report/pdf/layout.ts'
import { checkPdf } from '../../electron/report/pdf/verify.ts'
import { reportStrings, type ReportModel } from '../../shared/report/model.ts'
import { HAS_POPPLER, HAS_QPDF, pdfjsRead, popplerText, qpdfComplaints } from './pdf-readers.ts'
import { bare, faces } from './report-model.ts'
import type { ReportWorld } from './report-world.ts'

/** The gates every report passes: sound file, every string found by two readers, no radicals, no wrong line starts. */
export async function expectGood(
  model: ReportModel,
  path: string,
  photos: ReportWorld['photo'] | null = null,
): Promise<void> {
  const reading = await pdfjsRead(path)
  expect(checkPdf(path, reading.pages.length)).toBeNull()
  if (HAS_QPDF) expect(qpdfComplaints(path)).toBe('')
  const texts = [reading.pages.join('')]
  if (HAS_POPPLER) texts.push(popplerText(path))
  for (const text of texts) {
    expect(text).not.toMatch(/[\u2e80-\u2fd5]/)
    const page = bare(text)
    const footer = new RegExp(
      `${escape(bare(model.header.left + model.header.right))}|${escape(bare(model.footer.left))}(?:第\\d+页共\\d+页|Page\\d+of\\d+)${escape(bare(model.footer.right))}`,
      'g',
    )
    const body = page.replaceAll(footer, '')
    const none = { left: '', right: '' }
    const wanted = reportStrings({ ...model, header: none, footer: { ...none, page: '' } })
    const lost = wanted.filter((s) => !inPieces(body, s.text))
    expect(lost).toEqual([])
  }
  const layout = layoutReport(model, faces(), (hash) => (photos?.(hash) ? 1 : null))
  const wholes = new Set(
    reportStrings(model)
      .flatMap((s) => s.text.split('\n'))
      .map((t) => t.slice(0, 1)),
  )
  const bad = layout.pages.flatMap((p) =>
    p.marks.flatMap((m) => (m.kind === 'text' && /^[、，。：；！？）》”’」』】％]/u.test(m.text) ? [m.text] : [])),
  )
  expect(bad.filter((line) => !wholes.has(line.slice(0, 1)))).toEqual([])
  expect(reading.outline.map((o) => o.title)).toEqual(
    model.blocks.flatMap((b) => (b.kind === 'heading' ? [b.text] : b.kind === 'documentTitle' ? [b.title] : [])),
  )
  for (const page of reading.pages) {
    expect(bare(page)).toContain(bare(model.footer.left))
    expect(page).toContain(model.checkCode)
  }
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Found whole, line by line, or torn into long pieces where a row goes over the page. */
function inPieces(body: string, text: string): boolean {
  const wanted = bare(text)
  if (body.includes(wanted)) return true
  return text.split('\n').every((part) => {
    const line = bare(part)
    if (body.includes(line)) return true
    for (let at = line.length - 1; at >= 8; at--)
      if (body.includes(line.slice(0, at))) return inPieces(body, line.slice(at))
    return false
  })
}
