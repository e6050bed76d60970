import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import { templateItems } from '../../shared/domain/template.ts'
import { jcs, jcsBytes } from '../../shared/package/jcs.ts'
import { listedSheet, signedContent, type PackageDocuments } from '../../shared/package/payload.ts'
import { checkConclusion } from '../../shared/scoring/conclusion.ts'
import { checkDecision } from '../../shared/scoring/decision.ts'
import { mergeSheets } from '../../shared/scoring/merge.ts'
import type { ContainedFile } from './container.ts'
import { sha256 } from './crypto.ts'
import { checkSheetContent, within } from './verify-document.ts'

const NAME = 'data/result.json'

/** The files of a package, or of one about to be. */
type Named = { files: ReadonlyMap<string, Pick<ContainedFile, 'name' | 'sha256'>> }
type ResultDocuments = Extract<PackageDocuments, { kind: 'result' }>

/** A result against its sheets: inputs are the embedded sheets, the whole merge recomputes byte for byte, closing fits the content. */
export function checkResultContent(documents: ResultDocuments, container: Named): Problem[] {
  const { result, sheets, task, template } = documents
  const problems = checkInputs(result, sheets)
  for (const { digest, sheet } of sheets) {
    problems.push(...checkSheetContent(`data/sheets/${digest}/sheet.json`, sheet, { task, template }))
  }
  problems.push(...within(NAME, checkReferences(documents)))
  if (problems.length > 0) return problems
  return [...within(NAME, checkMerge(documents)), ...within(NAME, checkClosing(result, container))]
}

function checkInputs(result: Result, sheets: ResultDocuments['sheets']): Problem[] {
  const listed = result.inputs.sheets.map((s) => jcs(s))
  const embedded = sheets.map((s) => jcs(listedSheet(s, sha256)))
  const isSame = listed.join() === embedded.join()
  const people = new Set(sheets.map((s) => s.sheet.expert.personId))
  if (isSame && people.size === sheets.length) return []
  return [{ path: `${NAME}#inputs.sheets`, code: isSame ? 'twoSheets' : 'reference', message: '' }]
}

/** Everything a result names exists: items of decisions and register, sections, people, its own report number. */
function checkReferences({ result, task, template, sheets }: ResultDocuments): Problem[] {
  const problems: Problem[] = []
  const items = new Map(templateItems(template).map((i, n) => [i.id, n]))
  const sections = new Set(template.sections.map((s) => s.id))
  const people = new Set(task.team.map((m) => m.personId))
  const digests = new Set(sheets.map((s) => s.digest))
  const add = (path: string, code: string, message = '') => problems.push({ path, code, message })
  let last = -1
  for (const d of result.inputs.decisions) {
    const at = items.get(d.item)
    if (at === undefined) add(`inputs.decisions.${d.item}`, 'unknownItem', d.item)
    else if (at <= last) add(`inputs.decisions.${d.item}`, 'order', d.item)
    last = at ?? last
  }
  for (const n of result.inputs.nonconformities) {
    if (n.item !== null && !items.has(n.item)) add(`inputs.nonconformities.${n.id}`, 'unknownItem', n.item)
    for (const source of n.sources)
      if (!digests.has(source.digest)) add(`inputs.nonconformities.${n.id}`, 'unknownSheet', source.digest)
  }
  for (const e of result.inputs.excluded)
    if (!people.has(e.personId)) add(`inputs.excluded.${e.personId}`, 'unknownPerson', e.personId)
  for (const s of result.text.sections)
    if (!sections.has(s.section)) add(`text.sections.${s.section}`, 'unknownSection', s.section)
  if (result.reportNumber !== task.reportNumber) add('reportNumber', 'reference')
  return problems
}

function checkMerge({ result, task, template, sheets }: ResultDocuments): Problem[] {
  const { merge, voters } = mergeSheets({ task, template, sheets, inputs: result.inputs, hash: sha256 })
  if (jcs(merge) !== jcs(result.merge))
    return [{ path: 'merge', code: 'mergeDiffers', message: firstDifference(merge, result.merge) }]
  if (merge.status !== 'closed') return [{ path: 'merge.status', code: 'open', message: '' }]
  const items = new Map(templateItems(template).map((i) => [i.id, i]))
  const merged = new Map(merge.items.map((m) => [m.item, m]))
  const decisions = result.inputs.decisions.flatMap((decision) => {
    const item = items.get(decision.item)
    const at = merged.get(decision.item)
    if (item === undefined || at === undefined) return []
    return checkDecision(item, decision, at, voters, template).map((code) => ({
      path: `inputs.decisions.${decision.item}`,
      code,
      message: '',
    }))
  })
  const conclusion = checkConclusion(template, merge, result.inputs.conclusion, voters)
  return [...decisions, ...conclusion.map((code) => ({ path: 'inputs.conclusion', code, message: '' }))]
}

/** The part of the merge that differs first, for the person who has to find the reason. */
function firstDifference(computed: Result['merge'], stored: Result['merge']): string {
  const keys = Object.keys(computed) as (keyof Result['merge'])[]
  const key = keys.find((k) => jcs(computed[k]) !== jcs(stored[k]))
  if (key !== 'items') return key ?? ''
  const item = computed.items.find((m, i) => jcs(m) !== jcs(stored.items[i] ?? null))
  return `items.${item?.item ?? ''}`
}

/** Signatures are over this content; a report in the package is the newest one listed for its profile. */
function checkClosing(result: Result, container: Named): Problem[] {
  const { closing } = result
  if (closing === null) return []
  const content = sha256(jcsBytes(signedContent(result)))
  const problems: Problem[] = []
  closing.signatures.forEach((s, i) => {
    if (s.contentSha256 !== content)
      problems.push({ path: `closing.signatures.${i}`, code: 'contentDiffers', message: content })
  })
  for (const file of container.files.values()) {
    const profile = /^data\/report-(.+)\.pdf$/.exec(file.name)?.[1]
    if (profile === undefined) continue
    const newest = closing.reports.filter((r) => r.profile === profile).toSorted((a, b) => b.version - a.version)[0]
    if (newest?.sha256 !== file.sha256)
      problems.push({ path: `closing.reports.${profile}`, code: 'reportDiffers', message: file.sha256 })
  }
  return problems
}
