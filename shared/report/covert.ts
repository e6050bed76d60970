import type { Media } from '../domain/sheet.ts'
import { templateItems, type Item } from '../domain/template.ts'
import type { ReportInput } from './context.ts'

const isCovert = (item: Item): boolean => item.methods.includes('covert')

/**
 * What a report is made of without mystery visits: their items, the photos and samples taken for nothing else, the tests and registry
 * findings of them. A nonconformity found so stays, without naming the item.
 */
export function withoutCovert(input: ReportInput): ReportInput {
  const hidden = new Set(templateItems(input.template).flatMap((i) => (isCovert(i) ? [i.id] : [])))
  if (hidden.size === 0) return input
  const { template, task, result, sheets } = input
  const isShown = ({ item }: { item: string }) => !hidden.has(item)
  const isOnlyHidden = ({ items }: Media) => items.length > 0 && items.every((item) => hidden.has(item))
  return {
    ...input,
    template: {
      ...template,
      sections: template.sections.map((s) => ({ ...s, items: s.items.filter((i) => !hidden.has(i.id)) })),
    },
    task: { ...task, prefill: { ...task.prefill, registry: task.prefill.registry.filter(isShown) } },
    sheets: sheets.map(({ digest, sheet }) => ({
      digest,
      sheet: {
        ...sheet,
        answers: sheet.answers.filter(isShown),
        media: sheet.media
          .filter((m) => !isOnlyHidden(m))
          .map((m) => ({ ...m, items: m.items.filter((item) => !hidden.has(item)) })),
      },
    })),
    result: {
      ...result,
      inputs: {
        ...result.inputs,
        nonconformities: result.inputs.nonconformities.map((n) =>
          n.item !== null && hidden.has(n.item) ? { ...n, item: null } : n,
        ),
      },
      merge: { ...result.merge, items: result.merge.items.filter(isShown) },
      text: { ...result.text, witnessTests: result.text.witnessTests.filter(isShown) },
    },
  }
}
