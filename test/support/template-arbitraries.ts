import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { blankContent } from '../../shared/checklist/draft.ts'
import { findings } from '../../shared/checklist/findings.ts'
import { isScored, parseTemplate, templateItems, type Item, type Template } from '../../shared/domain/template.ts'
import { arbTemplate } from './scoring-arbitraries.ts'

/** Free text as people and machines write it: formulas, zeros, several lines, other scripts, what XML and CSV stumble over. */
const arbText = fc
  .oneof(
    fc.constantFrom(
      '',
      '',
      '=1+1',
      '+86 10',
      '-',
      '@x',
      "'",
      "'=",
      '007',
      '1.10',
      ' 前后 ',
      'a\tb\nc',
      '<b>&amp;"]]>',
      '_x000D_',
      '是',
      '\uffff',
      '😀𠮷',
      '1月1日',
      '50%',
      '１２',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  .map((s) => s.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, '').normalize('NFC'))
const arbBoth = fc.record({ zh: arbText, en: arbText })
const arbLine = arbText.map((s) => s.replaceAll(/[\n\t]/g, ''))
const arbBp = fc.option(fc.integer({ min: 0, max: 10_000 }))

const arbWords = fc.record({
  title: arbBoth,
  basis: arbLine,
  evidence: arbBoth,
  guidance: arbBoth,
  methods: fc.array(fc.constantFrom('document', 'observe', 'witness', 'covert'), { maxLength: 3 }),
  starred: fc.boolean(),
  demand: fc.record({
    minPhotos: fc.nat(9),
    minSamples: fc.nat(9),
    noteAtOrBelow_bp: arbBp,
    noteAtFull: fc.boolean(),
    evidenceAtOrBelow_bp: arbBp,
    evidenceAtFull: fc.boolean(),
    perExpert: fc.boolean(),
  }),
})

const arbProfile = fc.record({
  scores: fc.boolean(),
  personalScores: fc.boolean(),
  names: fc.constantFrom('names', 'letters', 'none'),
  conclusion: fc.boolean(),
  faces: fc.boolean(),
  gps: fc.boolean(),
  sections: fc.array(fc.integer({ min: 0, max: 16 })),
})

const SAMPLE = join(import.meta.dirname, '../../assets/templates/industrial.json')
/** What an import takes from when a table does not say it. */
export const BASE = blankContent(JSON.parse(readFileSync(SAMPLE, 'utf8')) as Template)

/** What the editor would hold against a checklist, besides missing points. */
export const errorsOf = (t: Template): string[] => findings(t).flatMap((f) => (f.severity === 'error' ? [f.code] : []))

/** Valid checklists with every field filled at random: what has to survive a way out and back. */
export const arbFullTemplate: fc.Arbitrary<Template> = arbTemplate.chain((t) => {
  const items = templateItems(t)
  return fc
    .record({
      words: fc.array(arbWords, { minLength: items.length, maxLength: items.length }),
      anchors: fc.option(fc.array(arbBoth, { minLength: 5, maxLength: 5 })),
      head: fc.record({
        number: arbLine.map((s) => `N${s}`),
        edition: fc.integer({ min: 1, max: 99 }),
        category: fc.constantFrom('agriculture', 'industry', 'service', 'region'),
        sample: fc.boolean(),
        title: arbBoth,
        effectiveDate: fc.option(fc.constant('2026-02-28')),
        previous: fc.option(fc.constant('ab'.repeat(32))),
        layers: fc.array(fc.constant({ number: '=L', edition: 3, sha256: 'cd'.repeat(32) }), { maxLength: 2 }),
        declarations: fc.array(arbBoth, { maxLength: 3 }),
        openingAgenda: fc.array(arbBoth, { maxLength: 3 }),
        closingAgenda: fc.array(arbBoth, { maxLength: 2 }),
        profiles: fc.record({ committee: arbProfile, archive: arbProfile, enterprise: arbProfile }),
      }),
      labels: fc.array(arbBoth, { minLength: t.conclusions.length, maxLength: t.conclusions.length }),
      section: fc.record({ title: arbBoth, justifyBelow_bp: arbBp }),
    })
    .map(({ words, anchors, head, labels, section }) => {
      let at = 0
      const dress = (item: Item): Item => {
        const own = words[at++]
        if (own === undefined) throw new Error('fewer words than items')
        const dressed = { ...item, ...own } as Item
        return dressed.type === 'points' ? { ...dressed, spec: { ...dressed.spec, anchors: anchors ?? [] } } : dressed
      }
      const made: Template = {
        ...t,
        ...head,
        conclusions: t.conclusions.map((c, n) => ({ ...c, label: labels[n] ?? c.label })),
        sections: t.sections.map((s) => ({ ...s, ...section, items: s.items.map(dress) })),
        totalFull_cp: items.reduce((sum, i) => sum + (isScored(i) && !i.bonus ? i.full_cp : 0), 0),
      }
      const parsed = parseTemplate(made)
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 3)))
      return parsed.value
    })
})
