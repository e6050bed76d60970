import type { Args, Returns } from '../../../shared/contract/api.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { MediaView, SheetView } from '../../../shared/contract/views.ts'
import type { Answer, Meeting, Nonconformity, SectionSummary } from '../../../shared/domain/sheet.ts'
import { assignedItems, indicatorRows } from '../../../shared/domain/task.ts'
import { templateItems, type Item, type Row } from '../../../shared/domain/template.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import type { SaveState } from '../../ui/saver.ts'
import { blankAnswer, saysNothing, withScore, type Edit } from '../../parts/judgement/answer-edit.ts'

export type StoreCalls = {
  saveAnswer: (args: Args<'sheet.saveAnswer'>) => Promise<Returns<'sheet.saveAnswer'>>
  failureOf: (error: unknown) => Failure | null
  now: () => string
}

type Pending = { timer: ReturnType<typeof setTimeout> | null; isInFlight: boolean; isDirty: boolean }
type Finding = SheetView['carryOver'][number]
type Undo = { item: string; before: Answer | null }

const TEXT_DELAY_MS = 400
const UNDO_DEPTH = 200

/**
 * The open sheet as the window holds it: read once, changed here first, saved behind. A refused save keeps what was
 * typed and says so. Listeners are told after every change; snapshots keep their identity while nothing in them changed.
 */
export class SheetStore {
  readonly view: SheetView
  readonly items: Item[]
  readonly itemById: ReadonlyMap<string, Item>
  readonly isReadOnly: boolean
  private readonly calls: StoreCalls
  private readonly onSaved: (view: SheetView) => void
  private readonly listeners = new Set<() => void>()
  private readonly saves = new Map<string, SaveState>()
  private readonly pending = new Map<string, Pending>()
  private readonly undos: Undo[] = []
  private answerMap: ReadonlyMap<string, Answer>
  private mediaList: readonly MediaView[]
  private nonconformityList: readonly Nonconformity[]
  private summaryMap: ReadonlyMap<string, SectionSummary>
  private findingMap: ReadonlyMap<string, Finding>
  private witnessed: SheetView['witnessTests']
  private meetingList: readonly Meeting[]

  constructor(view: SheetView, calls: StoreCalls, onSaved: (view: SheetView) => void) {
    this.view = view
    this.calls = calls
    this.onSaved = onSaved
    this.items = view.me === null ? [] : assignedItems(view.me, view.template)
    this.itemById = new Map(templateItems(view.template).map((item) => [item.id, item]))
    this.isReadOnly = view.sheetState === 'sealed' || view.declaration === null || view.me?.role === 'observer'
    this.answerMap = new Map(view.answers.map((answer) => [answer.item, answer]))
    this.mediaList = view.media
    this.nonconformityList = view.nonconformities
    this.summaryMap = new Map(view.sections.map((summary) => [summary.section, summary]))
    this.findingMap = new Map(view.carryOver.map((finding) => [finding.id, finding]))
    this.witnessed = view.witnessTests
    this.meetingList = view.meetings
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly answers = (): ReadonlyMap<string, Answer> => this.answerMap
  readonly answer = (item: string): Answer | null => this.answerMap.get(item) ?? null
  readonly media = (): readonly MediaView[] => this.mediaList
  readonly nonconformities = (): readonly Nonconformity[] => this.nonconformityList
  readonly saveState = (item: string): SaveState | null => this.saves.get(item) ?? null
  readonly meetings = (): readonly Meeting[] => this.meetingList
  readonly witnessTests = (): SheetView['witnessTests'] => this.witnessed
  readonly finding = (id: string): Finding | null => this.findingMap.get(id) ?? null
  readonly summary = (section: string): SectionSummary =>
    this.summaryMap.get(section) ?? { section, facts: '', strengths: '', gaps: '', suggestions: '' }
  readonly canUndo = (): boolean => this.undos.length > 0 && !this.isReadOnly

  rows(item: Item): Row[] {
    return indicatorRows(this.view.task, item)
  }

  /** Changes one record. `when` typing waits for a pause in the typing, now saves at once. */
  edit(itemId: string, edit: Edit, when: 'now' | 'typing' = 'now'): void {
    const item = this.itemById.get(itemId)
    if (item === undefined || this.isReadOnly) return
    const before = this.answer(itemId)
    const changed = edit(before ?? blankAnswer(itemId, this.calls.now()))
    const next = withScore(item, changed, this.rows(item), this.view.template)
    const isSameBurst =
      when === 'typing' && this.undos.at(-1)?.item === itemId && (this.pending.get(itemId)?.timer ?? null) !== null
    if (!isSameBurst) this.remember({ item: itemId, before })
    this.put(itemId, saysNothing(next) ? null : next)
    this.schedule(itemId, when === 'typing' ? TEXT_DELAY_MS : 0)
  }

  /** Back to 未判定: the whole record goes; undo brings it back. */
  clear(itemId: string): void {
    const before = this.answer(itemId)
    if (before === null || this.isReadOnly) return
    this.remember({ item: itemId, before })
    this.put(itemId, null)
    this.schedule(itemId, 0)
  }

  /** Takes the last change back and returns its item, or null when there is none. */
  undo(): string | null {
    const last = this.isReadOnly ? undefined : this.undos.pop()
    if (last === undefined) return null
    this.put(last.item, last.before)
    this.schedule(last.item, 0)
    return last.item
  }

  retry(itemId: string): void {
    this.schedule(itemId, 0)
  }

  /** Saves at once whatever still waits for a pause in the typing. */
  flush(): void {
    for (const [item, entry] of this.pending) if (entry.timer !== null) this.schedule(item, 0)
  }

  putMedia(changed: readonly MediaView[]): void {
    const byHash = new Map(this.mediaList.map((medium) => [medium.sha256, medium]))
    for (const medium of changed) byHash.set(medium.sha256, medium)
    this.mediaList = [...byHash.values()]
    this.tellSaved()
  }

  dropMedia(sha256: string): void {
    this.mediaList = this.mediaList.filter((medium) => medium.sha256 !== sha256)
    this.answerMap = new Map(
      [...this.answerMap].map(([item, a]) => [item, { ...a, media: a.media.filter((m) => m !== sha256) }]),
    )
    this.tellSaved()
  }

  /** What filing by code made of the meetings; the forms for them are elsewhere. */
  putMeetings(changed: readonly Meeting[]): void {
    this.meetingList = changed
    this.tellSaved()
  }

  putNonconformity(changed: Nonconformity): void {
    const others = this.nonconformityList.filter((n) => n.id !== changed.id)
    this.nonconformityList = [...others, changed]
    this.tellSaved()
  }

  putSummary(changed: SectionSummary): void {
    this.summaryMap = new Map(this.summaryMap).set(changed.section, changed)
    this.tellSaved()
  }

  putFinding(changed: Finding): void {
    this.findingMap = new Map(this.findingMap).set(changed.id, changed)
    this.tellSaved()
  }

  putWitnessTests(changed: SheetView['witnessTests']): void {
    this.witnessed = changed
    this.tellSaved()
  }

  /** Whether anything typed is not on disk yet; such a store must not be thrown away. */
  hasUnsaved(): boolean {
    return [...this.saves.values()].some((state) => state.kind !== 'saved')
  }

  private remember(undo: Undo): void {
    this.undos.push(undo)
    if (this.undos.length > UNDO_DEPTH) this.undos.shift()
  }

  private put(item: string, answer: Answer | null): void {
    const next = new Map(this.answerMap)
    if (answer === null) next.delete(item)
    else next.set(item, answer)
    this.answerMap = next
    this.setSave(item, { kind: 'saving' })
  }

  private setSave(item: string, state: SaveState): void {
    this.saves.set(item, state)
    for (const listener of this.listeners) listener()
  }

  private tellSaved(): void {
    for (const listener of this.listeners) listener()
    this.onSaved({
      ...this.view,
      answers: this.items.flatMap((item) => this.answer(item.id) ?? []),
      media: [...this.mediaList],
      nonconformities: [...this.nonconformityList],
      sections: [...this.summaryMap.values()],
      carryOver: [...this.findingMap.values()],
      witnessTests: this.witnessed,
      meetings: [...this.meetingList],
    })
  }

  private schedule(item: string, delay: number): void {
    const entry = this.pending.get(item) ?? { timer: null, isInFlight: false, isDirty: false }
    this.pending.set(item, entry)
    entry.isDirty = true
    if (entry.timer !== null) clearTimeout(entry.timer)
    entry.timer = null
    if (delay === 0) void this.save(item, entry)
    else
      entry.timer = setTimeout(() => {
        entry.timer = null
        void this.save(item, entry)
      }, delay)
  }

  /** One call at a time for a record; what changed meanwhile goes in the next one, so the newest words win. */
  private async save(item: string, entry: Pending): Promise<void> {
    if (entry.isInFlight) return
    entry.isInFlight = true
    while (entry.isDirty && entry.timer === null) {
      entry.isDirty = false
      const sent = this.answer(item)
      this.setSave(item, { kind: 'saving' })
      try {
        const saved = await this.calls.saveAnswer({
          taskId: this.view.task.taskId,
          item,
          answer: sent === null ? null : cleanAnswer({ ...sent, updatedAt: this.calls.now() }),
        })
        if (!entry.isDirty) this.setSave(item, { kind: 'saved', at: saved.savedAt })
        this.tellSaved()
      } catch (error) {
        const failure = this.calls.failureOf(error)
        if (!entry.isDirty) this.setSave(item, { kind: 'failed', failure: failure ?? { code: 'storageFailed' } })
        if (failure === null) reportError(error)
      }
    }
    entry.isInFlight = false
  }
}

const line = (value: string): string => cleanText(value).replaceAll(/[\n\t]+/g, ' ')

/** Free text and lines as they may be stored; the window keeps what was typed. */
function cleanAnswer(a: Answer): Answer {
  return {
    ...a,
    reason: cleanText(a.reason),
    note: cleanText(a.note),
    facts: cleanText(a.facts),
    noEvidence: cleanText(a.noEvidence),
    pending: a.pending === null ? null : { ...a.pending, who: line(a.pending.who) },
    documents: a.documents.map((d) => ({ name: line(d.name), number: line(d.number), date: line(d.date) })),
    people: a.people.map(line),
    units: a.units.map((u) => ({ ...u, name: line(u.name), note: cleanText(u.note) })),
    samples: a.samples.map((s) => ({
      ...s,
      population: line(s.population),
      how: line(s.how),
      id: line(s.id),
      result: line(s.result),
    })),
  }
}

const kept = new Map<string, SheetStore>()

/** The store of a task: the one left behind with unsaved words if there is one, else a new one. */
export function openStore(view: SheetView, make: () => SheetStore): SheetStore {
  const left = kept.get(view.task.taskId)
  kept.delete(view.task.taskId)
  return left !== undefined && left.hasUnsaved() && left.view.revision === view.revision && !left.isReadOnly
    ? left
    : make()
}

/** Saves what waits and keeps the store while something is not on disk. */
export function leaveStore(store: SheetStore): void {
  store.flush()
  if (store.hasUnsaved()) kept.set(store.view.task.taskId, store)
}
