import type { Result } from '../domain/result.ts'
import { isPicture, type Media, type Sheet } from '../domain/sheet.ts'
import { assignedItems, type Task } from '../domain/task.ts'
import { templateItems, type Item, type Profile, type ProfileName, type Template } from '../domain/template.ts'
import { say, type Text } from '../domain/text.ts'
import { lettersFor } from '../scoring/deviation.ts'
import { forEnterprise } from './handed.ts'
import type { Language } from './model.ts'
import type { ReportTemplate } from './template.ts'
import { wordsOf, type Words } from './words.ts'

export type ReportSheet = { digest: string; sheet: Sheet }
/**
 * What a report is made of. Of `result.closing` only `confirmation` is printed, so a report made again from the finished
 * package is the same. `changeNote` is the one stored with a corrected report, '' for none.
 */
export type ReportInput = {
  task: Task
  template: Template
  sheets: readonly ReportSheet[]
  result: Result
  contentSha256: string
  profile: ProfileName
  language: Language
  words: ReportTemplate
  /** `words` as it is stored (JCS), with its hash, when it is not built in: it travels inside the PDF, so that the package of the
   * result still holds all that its report is made of. */
  ownWords?: { sha256: string; json: string } | undefined
  changeNote?: string
}

/** A photo of the report with its number; `by` is whose sheet it comes from. */
export type Figure = { media: Media; by: string; label: string }

export type Context = ReportInput & {
  w: Words
  shows: Profile
  say: (text: Text) => string
  /** How a person is called in this profile; '' where the profile names nobody. */
  person: (personId: string) => string
  items: ReadonlyMap<string, Item>
  code: (itemId: string) => string
  /** The sheets that count, one per person, by personId. */
  counted: readonly ReportSheet[]
  figures: readonly Figure[]
  /** Numbers of the photos among these, as text. */
  figuresOf: (media: Iterable<string>) => string
}

/** Everything a report is drawn from. What the enterprise gets knows nothing of mystery visits and of how the team worked. */
export function contextOf(given: ReportInput): Context {
  const input = given.profile === 'enterprise' ? forEnterprise(given) : given
  const w = wordsOf(input.language)
  const shows = input.template.profiles[input.profile]
  const items = new Map(templateItems(input.template).map((i) => [i.id, i]))
  const counted = countedSheets(input)
  const figures = numberFigures(input.template, counted, shows, w)
  const labels = new Map(figures.map((f) => [f.media.sha256, f.label]))
  return {
    ...input,
    w,
    shows,
    say: (text) => say(text, input.language),
    person: namer(input, shows, w),
    items,
    code: (itemId) => items.get(itemId)?.code ?? itemId,
    counted,
    figures,
    figuresOf: (media) => [...new Set([...media].flatMap((m) => labels.get(m) ?? []))].join(w.joint),
  }
}

/** The newest sheet of everyone who is not excluded, of those the result lists. */
function countedSheets({ sheets, result }: ReportInput): ReportSheet[] {
  const listed = new Set(result.inputs.sheets.map((s) => s.digest))
  const excluded = new Set(result.inputs.excluded.map((e) => e.personId))
  const newest = new Map<string, ReportSheet>()
  for (const entry of sheets.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))) {
    const { personId } = entry.sheet.expert
    if (!listed.has(entry.digest) || excluded.has(personId)) continue
    const known = newest.get(personId)
    if (!known || known.sheet.revision < entry.sheet.revision) newest.set(personId, entry)
  }
  return [...newest.values()].toSorted((a, b) => (a.sheet.expert.personId < b.sheet.expert.personId ? -1 : 1))
}

function namer({ task, template, sheets }: ReportInput, shows: Profile, w: Words): (personId: string) => string {
  if (shows.names === 'none') return () => ''
  const members = new Map(task.team.map((m) => [m.personId, m]))
  if (shows.names === 'names') {
    const signed = new Map(sheets.map((s) => [s.sheet.expert.personId, s.sheet.expert.name]))
    return (id) => members.get(id)?.name ?? signed.get(id) ?? w.office
  }
  const scorers = task.team.filter((m) => assignedItems(m, template).length > 0)
  const letters = lettersFor(scorers.map((m) => m.personId).toSorted())
  return (id) => {
    const letter = letters.get(id)
    return letter !== undefined ? w.person(letter) : members.has(id) ? w.observer : w.office
  }
}

/** Photos marked for the report, by section and item, then hash; a blurred copy stands in where faces are not shown. */
function numberFigures(template: Template, sheets: readonly ReportSheet[], shows: Profile, w: Words): Figure[] {
  const place = new Map(templateItems(template).map((i, n) => [i.id, n]))
  const placeOf = (m: Media) => Math.min(...m.items.map((i) => place.get(i) ?? place.size), place.size)
  const all = new Map<string, { media: Media; by: string }>()
  for (const { sheet } of sheets) {
    for (const media of sheet.media) {
      if (media.inReport && isPicture(media) && !all.has(media.sha256)) {
        all.set(media.sha256, { media, by: sheet.expert.personId })
      }
    }
  }
  const originals = new Set([...all.values()].map((f) => f.media.derivedFrom))
  return [...all.values()]
    .filter((f) => shows.faces || !originals.has(f.media.sha256))
    .toSorted((a, b) => placeOf(a.media) - placeOf(b.media) || (a.media.sha256 < b.media.sha256 ? -1 : 1))
    .map((f, n) => ({ ...f, label: w.figure(n + 1) }))
}
