import { duplicates } from '../domain/problem.ts'
import {
  fullOf,
  isScored,
  template as templateSchema,
  templateItems,
  type Item,
  type Template,
} from '../domain/template.ts'
import type { Text } from '../domain/text.ts'
import { tidied } from './draft.ts'
import { finding, schemaFinding, type Finding, type FindingCode } from './finding.ts'
import { englishFindings, itemFindings } from './item-findings.ts'
import { inspectRules } from './rules.ts'

const restSchema = templateSchema.omit({ sections: true })
const sectionSchema = templateSchema.shape.sections.element.omit({ items: true })

/**
 * Everything wrong with a checklist in the making, as it would be issued (tidied): field by field, sums, references, merge
 * settings, and whether its rules decide every case. No finding of severity error = `parseTemplate` takes it and it can be used.
 * Items that did not change since an earlier call are not looked at again.
 */
export function findings(content: Template): Finding[] {
  const { sections, gradeSets, bands, ...rest } = content
  const tidyRest = { ...tidied(rest), gradeSets: tidiedOnce(gradeSets), bands: tidiedOnce(bands) }
  const whole: Template = { ...tidyRest, sections: sections.map((s) => ({ ...s, items: s.items.map(tidiedOnce) })) }
  const parsed = restSchema.safeParse(tidyRest)
  return [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => schemaFinding('', issue))),
    ...headFindings(whole),
    ...gradeFindings(whole),
    ...bandFindings(whole),
    ...sectionFindings(whole),
    ...whole.sections.flatMap((s) => s.items.flatMap((i) => knownFindings(i, whole))),
    ...mergeFindings(whole),
    ...ruleFindings(whole),
  ]
}

/** The same in small steps, one an item, so that whoever runs it can answer others between them. */
export function* findingsInSteps(content: Template): Generator<void, Finding[]> {
  const around = { gradeSets: tidiedOnce(content.gradeSets), bands: tidiedOnce(content.bands) }
  for (const item of templateItems(content)) {
    knownFindings(tidiedOnce(item), around)
    yield
  }
  return findings(content)
}

/** Warnings never forbid issuing. */
export const isIssuable = (found: readonly Finding[]): boolean => found.every((f) => f.severity !== 'error')

const tidy = new WeakMap<object, unknown>()

function tidiedOnce<T extends object>(part: T): T {
  const held = tidy.get(part) as T | undefined
  if (held !== undefined) return held
  const made = tidied(part)
  tidy.set(part, made)
  return made
}

type Around = Pick<Template, 'gradeSets' | 'bands'>
const known = new WeakMap<Item, Around & { found: Finding[] }>()

function knownFindings(item: Item, { gradeSets, bands }: Around): Finding[] {
  const held = known.get(item)
  if (held?.gradeSets === gradeSets && held.bands === bands) return held.found
  const found = itemFindings(item, { gradeSets, bands })
  known.set(item, { gradeSets, bands, found })
  return found
}

function headFindings(t: Template): Finding[] {
  const items = templateItems(t)
  const scored = items.filter(isScored)
  const total = fullOf(items)
  const found: Finding[] = []
  if (t.title.zh === '') found.push(finding('title', 'required'))
  found.push(...englishFindings('title', t.title))
  if (t.sections.length === 0) found.push(finding('sections', 'empty'))
  if (total !== t.totalFull_cp) found.push(finding('totalFull_cp', 'totalFull', String(total)))
  if (items.length > 0 && !scored.some((i) => !i.bonus)) found.push(finding('sections', 'noScored'))
  if (t.declarations.length === 0) found.push(finding('declarations', 'declarationMissing'))
  const hasBonus = scored.some((i) => i.bonus)
  if (hasBonus && t.bonusCap_cp === null) found.push(finding('bonusCap_cp', 'bonusUncapped'))
  if (!hasBonus && t.bonusCap_cp !== null) found.push(finding('bonusCap_cp', 'bonusCapIdle'))
  for (const name of ['declarations', 'openingAgenda', 'closingAgenda'] as const) {
    t[name].forEach((text, n) => found.push(...textFindings(`${name}.${n}`, text)))
  }
  return found
}

/** A text that must say something in Chinese, and should in English. */
function textFindings(path: string, text: Text): Finding[] {
  return text.zh === '' ? [finding(path, 'required')] : englishFindings(path, text)
}

function gradeFindings({ gradeSets }: Template): Finding[] {
  const found = duplicates(gradeSets.map((g) => g.id)).map((id) => finding(`gradeSets.${id}`, 'duplicateId', id))
  for (const { id, grades } of gradeSets) {
    const at = `gradeSets.${id}`
    if (grades.some((g, n) => n > 0 && g.bp > (grades[n - 1]?.bp ?? 0))) found.push(finding(at, 'gradesNotDescending'))
    if (grades[0] && grades[0].bp < 10_000) found.push(finding(`${at}.${grades[0].id}`, 'topGradeNotFull'))
    for (const d of duplicates(grades.map((g) => g.id))) found.push(finding(`${at}.${d}`, 'duplicateId', d))
    for (const g of grades) {
      found.push(...textFindings(`${at}.${g.id}.label`, g.label), ...englishFindings(`${at}.${g.id}.text`, g.text))
    }
  }
  return found
}

function bandFindings(t: Template): Finding[] {
  const models = new Set(templateItems(t).flatMap((i) => (i.type === 'maturity' ? [i.spec.model] : [])))
  const found: Finding[] = t.bands.flatMap((b, n) =>
    b.text.zh === '' ? [finding(`bands.${n}`, 'bandBlank')] : englishFindings(`bands.${n}`, b.text),
  )
  for (const model of models) {
    const bands = t.bands.filter((b) => b.model === model)
    if (bands.length === 0) continue
    const texts = Array.from({ length: 21 }, (_, n) => bands.filter((b) => b.from <= 5 * n && 5 * n <= b.to).length)
    const gap = texts.indexOf(0)
    const overlap = texts.findIndex((count) => count > 1)
    if (gap >= 0) found.push(finding('bands', 'bandGap', `${model} ${5 * gap}`))
    if (overlap >= 0) found.push(finding('bands', 'bandOverlap', `${model} ${5 * overlap}`))
  }
  return found
}

function sectionFindings(t: Template): Finding[] {
  const found: Finding[] = []
  const items = templateItems(t)
  const repeated = (values: readonly string[], path: string, code: 'duplicateId' | 'duplicateCode') => {
    for (const d of new Set(duplicates(values))) found.push(finding(`${path}.${d}`, code, d))
  }
  repeated(
    t.sections.map((s) => s.id),
    'sections',
    'duplicateId',
  )
  for (const s of t.sections) {
    const { items: own, ...head } = s
    const at = `sections.${s.id}`
    const parsed = sectionSchema.safeParse(tidied(head))
    if (!parsed.success) found.push(...parsed.error.issues.map((issue) => schemaFinding(at, issue)))
    found.push(...textFindings(`${at}.title`, tidied(s.title)))
    if (own.length === 0) found.push(finding(at, 'sectionEmpty'))
    else if (s.justifyBelow_bp !== null && !own.some((i) => isScored(i) && !i.bonus)) {
      found.push(finding(`${at}.justifyBelow_bp`, 'justifyIdle'))
    }
  }
  found.push(...alikeFindings('sections', t.sections), ...alikeFindings('items', items))
  for (const d of duplicates(t.sections.map((s) => s.code.trim()))) {
    const twin = t.sections.findLast((s) => s.code.trim() === d)
    found.push(finding(`sections.${twin?.id ?? ''}.code`, 'duplicateCode', d))
  }
  repeated(
    items.map((i) => i.id),
    'items',
    'duplicateId',
  )
  for (const d of new Set(duplicates(items.map((i) => i.code)))) {
    const twin = items.findLast((i) => i.code === d)
    if (d !== '') found.push(finding(`items.${twin?.id ?? ''}.code`, 'duplicateCode', d))
  }
  return found
}

/** Codes nobody can tell apart on paper; the same code twice is another finding. */
function alikeFindings(kind: 'sections' | 'items', all: readonly { id: string; code: string }[]): Finding[] {
  const first = new Map<string, string>()
  return all.flatMap(({ id, code }) => {
    const look = lookOf(code)
    const other = first.get(look)
    if (other === undefined) first.set(look, code.trim())
    return look === '' || other === undefined || other === code.trim()
      ? []
      : [finding(`${kind}.${id}.code`, 'codesAlike', `${code.trim()} ≈ ${other}`)]
  })
}

/** One width, small letters, one kind of dash, no spaces. */
const lookOf = (code: string): string =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/\s+/g, '')

function mergeFindings({ merge }: Template): Finding[] {
  const { method, weights } = merge
  const roles = weights.map((w) => w.role)
  const found = duplicates(roles).map((role) => finding('merge.weights', 'duplicateRole', role))
  if (method === 'owner') found.push(finding('merge.method', 'ownersNeeded'))
  if (method === 'trimmedTotal') found.push(finding('merge.method', 'everybodyNeeded'))
  if (method === 'weighted') {
    for (const role of ['lead', 'expert'] as const) {
      if (!roles.includes(role)) found.push(finding('merge.weights', 'weightMissing', role))
    }
  }
  return found
}

function ruleFindings(t: Template): Finding[] {
  const conclusions = t.conclusions.map((c) => c.id)
  const found = duplicates(conclusions).map((id) => finding(`conclusions.${id}`, 'duplicateId', id))
  for (const c of t.conclusions) found.push(...textFindings(`conclusions.${c.id}.label`, c.label))
  if (t.rules.length === 0) return [...found, finding('rules', 'scoreOnly')]
  const { rules, undecided, unreached } = inspectRules(t)
  t.rules.forEach((r, n) => {
    if (!conclusions.includes(r.then)) found.push(finding(`rules.${n}.then`, 'unknownConclusion', r.then))
    const isElse = Object.values(r.when).every((test) => test === undefined)
    if (isElse !== (n === t.rules.length - 1)) found.push(finding(`rules.${n}.when`, 'lastRuleIsElse'))
    const reach = rules[n]
    if (!reach || reach.example !== null) return
    if (reach.shadowedBy.length === 0) found.push(finding(`rules.${n}`, impossibleBecause(r.when, t)))
    else found.push(finding(`rules.${n}`, 'ruleShadowed', reach.shadowedBy.map((j) => j + 1).join(',')))
  })
  if (undecided !== null) found.push(finding('rules', 'caseUndecided'))
  for (const id of unreached) found.push(finding(`conclusions.${id}`, 'conclusionUnreached'))
  return [...found, ...idleFindings(t)]
}

/** Why no case of this checklist can meet a rule: mostly it lacks what the rule asks for. */
function impossibleBecause(when: Template['rules'][number]['when'], t: Template): FindingCode {
  const has = (type: Item['type']) => templateItems(t).some((i) => i.type === type)
  if ((when.anyVetoFail === true || when.anyVetoPending === true) && !has('veto')) return 'ruleWithoutVeto'
  return when.anyGateNo === true && !has('gate') ? 'ruleWithoutGate' : 'ruleImpossible'
}

/** Items that exist to decide the conclusion, and no rule that asks for them. */
function idleFindings(t: Template): Finding[] {
  const has = (type: Item['type']) => templateItems(t).some((i) => i.type === type)
  const asks = (test: keyof Template['rules'][number]['when']) => t.rules.some((r) => r.when[test] !== undefined)
  const found: Finding[] = []
  if (has('veto') && !asks('anyVetoFail')) found.push(finding('rules', 'vetoWithoutRule'))
  if (has('veto') && !asks('anyVetoPending')) found.push(finding('rules', 'pendingWithoutRule'))
  if (has('gate') && !asks('anyGateNo')) found.push(finding('rules', 'gateWithoutRule'))
  return found
}
