import { describe, expect, it } from 'vitest'
import { duplicateItem } from '../../../shared/checklist/edits.ts'
import { finding } from '../../../shared/checklist/finding.ts'
import { findings, findingsInSteps } from '../../../shared/checklist/findings.ts'
import { blankContent } from '../../../shared/checklist/draft.ts'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { EditorStore } from '../../../renderer/features/templates/editor/editor-store.ts'
import { besideFinding, groupsOf } from '../../../renderer/features/templates/editor/finding-groups.ts'
import { fieldAt } from '../../../renderer/features/templates/editor/finding-place.ts'
import { movePicked } from '../../../renderer/features/templates/editor/moves.ts'
import { outlineRows } from '../../../renderer/features/templates/editor/outline.ts'
import { itemsBetween, toggled } from '../../../renderer/features/templates/editor/picking.ts'
import { industrialTemplate } from '../../support/sample-task.ts'

const content = industrialTemplate()
const rows = outlineRows(content, new Set(), '')
const [first, second] = content.sections
const idsOf = (section: Template['sections'][number] | undefined) => section?.items.map(({ id }) => id) ?? []
const store = () =>
  new EditorStore('d', content, [], {
    save: async () => Promise.resolve({ savedAt: '' }),
    check: findingsInSteps,
    now: () => 0,
    avoid: new Set(),
  })

describe('choosing several', () => {
  it('from one row to another takes the items between, whichever way, and no sections', () => {
    const end = idsOf(first).length + 2
    expect(itemsBetween(rows, 1, end)).toEqual([...idsOf(first), ...idsOf(second).slice(0, 1)])
    expect(itemsBetween(rows, end, 1)).toEqual(itemsBetween(rows, 1, end))
  })

  it('a section ticks all of its items, and unticks them when all are ticked', () => {
    const [head] = rows
    if (head === undefined) throw new Error('no rows')
    const all = toggled(new Set(), rows, head)
    expect([...all]).toEqual(idsOf(first))
    expect(toggled(all, rows, head).size).toBe(0)
  })

  it('ends when one merely chooses, when fewer than two are left, and survives undo', () => {
    const editor = store()
    const [a = '', b = '', c = ''] = idsOf(first)
    editor.pick([a, b, c])
    expect(editor.state().picked.size).toBe(3)
    editor.edit((before) => movePicked(before, editor.state().picked, { id: second?.id ?? '', where: 'inside' }))
    expect(idsOf(editor.state().content.sections[1]).slice(-3)).toEqual([a, b, c])
    editor.undo()
    expect(editor.state().content).toBe(content)
    expect(editor.state().picked.size).toBe(3)
    editor.pick([a])
    expect(editor.state()).toMatchObject({ selection: { kind: 'item', id: a } })
    expect(editor.state().picked.size).toBe(0)
    editor.pick([a, b])
    editor.select({ kind: 'item', id: a })
    expect(editor.state().picked.size).toBe(0)
    const copy = duplicateItem(content, a)
    editor.edit(() => copy.content)
    editor.pick([a, copy.id])
    editor.undo()
    expect(editor.state().picked.size).toBe(0)
  })
})

describe('findings in the list', () => {
  const some = [
    finding('items.a.guidance', 'guidanceMissing'),
    finding('number', 'required'),
    finding('items.b.guidance', 'guidanceMissing'),
    finding('title', 'englishMissing'),
    finding('title', 'required'),
  ]
  const groups = groupsOf(some, (path) => path)

  it('errors first and each field by itself, warnings like with like, missing English last', () => {
    expect(groups.map(({ code, all }) => [code, all.length])).toEqual([
      ['required', 1],
      ['required', 1],
      ['guidanceMissing', 2],
      ['englishMissing', 1],
    ])
  })

  it('lead on one after another and round', () => {
    let at = besideFinding(groups, null, 1)
    const seen: string[] = []
    for (let n = 0; n < 6; n += 1) {
      seen.push(at?.path ?? '')
      at = besideFinding(groups, at, 1)
    }
    expect(seen).toEqual(['number', 'title', 'items.a.guidance', 'items.b.guidance', 'title', 'number'])
    expect(besideFinding(groups, null, -1)?.code).toBe('englishMissing')
    expect(besideFinding([], null, 1)).toBeNull()
  })

  it('of a blank checklist and of one with everything empty all name their field', () => {
    const blank = findings(blankContent(content)).filter((one) => one.code === 'required' || one.code === 'id')
    const emptied = findings({
      ...content,
      sections: content.sections.map((section) => ({
        ...section,
        code: '',
        title: { zh: '', en: '' },
        items: section.items.map((item) => ({ ...item, code: '', title: { zh: '', en: '' } })),
      })),
    }).filter((one) => one.severity === 'error')
    expect(blank.length).toBeGreaterThan(1)
    expect(emptied.length).toBeGreaterThan(templateItems(content).length)
    for (const one of [...blank, ...emptied]) expect([one.path, fieldAt(one.path)]).not.toContain(null)
  })
})
