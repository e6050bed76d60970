import { referencedMedia, type Media, type Meeting, type Sheet } from '../domain/sheet.ts'
import { templateItems, type Item } from '../domain/template.ts'
import type { ReportInput } from './context.ts'

const isCovert = (item: Item): boolean => item.methods.includes('covert')

/**
 * What the enterprise's copy is made of: without mystery visits (their items, tests, registry findings, and the photos and samples
 * taken for nothing else) and without how the team worked among itself (its own meetings, who typed a sheet in, scans of those). A
 * nonconformity found by a mystery visit stays, without naming the item.
 */
export function forEnterprise(input: ReportInput): ReportInput {
  const hidden = new Set(templateItems(input.template).flatMap((i) => (isCovert(i) ? [i.id] : [])))
  const { template, task, result, sheets } = input
  const isShown = ({ item }: { item: string }) => !hidden.has(item)
  const isHanded = ({ kind }: Meeting) => kind !== 'team'
  return {
    ...input,
    template: {
      ...template,
      sections: template.sections.map((s) => ({ ...s, items: s.items.filter((i) => !hidden.has(i.id)) })),
    },
    task: { ...task, prefill: { ...task.prefill, registry: task.prefill.registry.filter(isShown) } },
    sheets: sheets.map(({ digest, sheet }) => {
      const handed = {
        ...sheet,
        proxy: null,
        answers: sheet.answers.filter(isShown),
        witnessTests: sheet.witnessTests.filter(isShown),
        meetings: sheet.meetings.filter(isHanded),
      }
      return { digest, sheet: { ...handed, media: mediaOf(handed, referencedMedia(sheet), hidden) } }
    }),
    result: {
      ...result,
      inputs: {
        ...result.inputs,
        nonconformities: result.inputs.nonconformities.map((n) =>
          n.item !== null && hidden.has(n.item) ? { ...n, item: null } : n,
        ),
      },
      merge: { ...result.merge, items: result.merge.items.filter(isShown) },
      text: {
        ...result.text,
        witnessTests: result.text.witnessTests.filter(isShown),
        meetings: result.text.meetings.filter(isHanded),
      },
    },
  }
}

/** Of a sheet's evidence what is not of hidden items only, nor of records only that are left out. */
function mediaOf(handed: Sheet, before: readonly string[], hidden: ReadonlySet<string>): Media[] {
  const lost = new Set(before)
  for (const sha256 of referencedMedia(handed)) lost.delete(sha256)
  return handed.media.flatMap((media) => {
    const items = media.items.filter((item) => !hidden.has(item))
    const isHidden = items.length === 0 && (media.items.length > 0 || lost.has(media.sha256))
    return isHidden ? [] : [{ ...media, items }]
  })
}
