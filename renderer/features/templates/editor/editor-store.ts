import { withTotals } from '../../../../shared/checklist/edits.ts'
import { finding, type Finding } from '../../../../shared/checklist/finding.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { inTurns } from '../../../turns.ts'
import { Saver, type SaveState } from '../../../ui/saver.ts'
import { NO_HISTORY, remember, stepBack, stepForward, type History } from './history.ts'
import { TrialSheet } from './trial-sheet.ts'
import { isSameSelection, stillPicked, stillThere, targetOf, type Selection } from './selection.ts'

/** What the left-hand side shows. */
export type Side = 'outline' | 'parts' | 'findings'

/** Text in a control that is no number: `isLive` while the place still holds what it held when that was typed. */
export type Unread = { text: string; isLive: (content: Template) => boolean }

export type EditorState = {
  content: Template
  selection: Selection
  /** Items chosen together, by id: empty, or two and more. */
  picked: ReadonlySet<string>
  /** Rows are ticked by pressing them, without any key. */
  isPicking: boolean
  /** Text being pasted as items; null when nothing is. */
  pasting: string | null
  /** Closed sections, by id. */
  closed: ReadonlySet<string>
  search: string
  side: Side
  /** How an item is shown: to be edited, or to be tried as experts will. */
  view: 'fields' | 'preview'
  findings: readonly Finding[]
  /** False while the findings are older than the content. */
  isChecked: boolean
  /** By path; kept until corrected or taken back, and an error until then. */
  unread: ReadonlyMap<string, Unread>
  canUndo: boolean
  canRedo: boolean
  /** A place to bring into view and focus: its path, and a number so that the same place can be asked for twice. */
  wanted: { path: string; nth: number } | null
  /** The finding last gone to. */
  found: Finding | null
}

type Options = {
  save: (content: Template) => Promise<{ savedAt: string }>
  check: (content: Template) => Iterator<void, Finding[]>
  now: () => number
  /** Ids of the edition before, where they mean something else: new sections and items take others. */
  avoid: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/** After the last key (ms). */
const CHECK_DELAY = 250
const SAVE_DELAY = 600

/** A checklist being edited: its content, what can be undone, what is wrong with it, and where the person is. */
export class EditorStore {
  readonly draftId: string
  readonly saver: Saver<Template>
  /** Judgements given to try the checklist; never stored. */
  readonly trial = new TrialSheet(() => this.#state.content)
  #state: EditorState
  #history: History = NO_HISTORY
  #timer: ReturnType<typeof setTimeout> | undefined
  #checking: Promise<void> | null = null
  readonly avoid: ReadonlySet<string>
  readonly #options: Options
  readonly #listeners = new Set<() => void>()

  constructor(draftId: string, content: Template, findings: readonly Finding[], options: Options) {
    this.draftId = draftId
    this.#options = options
    this.avoid = options.avoid
    this.saver = new Saver(content, options.save, { delay: SAVE_DELAY })
    const first = content.sections[0]
    this.#state = {
      content,
      selection: content.number === '' || !first ? { kind: 'part', part: 'basics' } : { kind: 'section', id: first.id },
      picked: NONE,
      isPicking: false,
      pasting: null,
      closed: new Set(),
      search: '',
      side: content.number === '' ? 'parts' : 'outline',
      view: 'fields',
      findings,
      isChecked: true,
      unread: new Map(),
      canUndo: false,
      canRedo: false,
      wanted: null,
      found: null,
    }
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): EditorState => this.#state

  /** Changes the content as one step; edits with the same `key` in quick succession become one. `select` goes somewhere else at once. */
  edit(
    change: (content: Template) => Template,
    { key = null, select }: { key?: string | null; select?: Selection } = {},
  ) {
    const before = this.#state
    const content = withTotals(change(before.content))
    if (content === before.content) return
    this.#history = remember(this.#history, before, key, this.#options.now())
    this.#put(content, select ?? before.selection)
  }

  /** Keeps text that cannot be read as a number; null when it was put right. */
  keepUnread(path: string, text: Unread | null): void {
    const unread = new Map(this.#state.unread)
    if (!unread.delete(path) && text === null) return
    if (text !== null) unread.set(path, text)
    this.#set({ unread, isChecked: false })
    this.#checkSoon()
  }

  hasUnread(): boolean {
    const { content, unread } = this.#state
    return [...unread.values()].some(({ isLive }) => isLive(content))
  }

  readonly undo = () => this.#step(stepBack(this.#history, this.#state))
  readonly redo = () => this.#step(stepForward(this.#history, this.#state))

  select(selection: Selection): void {
    if (!isSameSelection(selection, this.#state.selection) || this.#state.picked.size > 0)
      this.#set({ selection, picked: NONE, wanted: null })
  }

  /** Chooses several items together; a single one is merely chosen. `at`: the row one is on. */
  pick(ids: Iterable<string>, at?: Selection): void {
    const picked = new Set(ids)
    const [only] = picked
    const selection = at ?? this.#state.selection
    if (picked.size > 1) this.#set({ picked, selection, wanted: null })
    else this.#set({ picked: NONE, selection: only === undefined ? selection : { kind: 'item', id: only } })
  }

  /** Leaves choosing several. */
  endPicking(): void {
    this.#set({ picked: NONE, isPicking: false })
  }

  /** Shows a place and puts the focus there. */
  goTo(selection: Selection, path: string): void {
    this.#set({ selection, picked: NONE, view: 'fields', wanted: { path, nth: (this.#state.wanted?.nth ?? 0) + 1 } })
  }

  goToFinding(found: Finding): void {
    this.#set({ found })
    this.goTo(targetOf(found.path, this.#state.content), found.path)
  }

  show(change: Partial<Pick<EditorState, 'side' | 'view' | 'search' | 'closed' | 'isPicking' | 'pasting'>>): void {
    this.#set(change)
  }

  toggle(section: string): void {
    const closed = new Set(this.#state.closed)
    if (!closed.delete(section)) closed.add(section)
    this.#set({ closed })
  }

  /** Closes every section, or opens them all when all are closed. */
  toggleAll(): void {
    const { content, closed } = this.#state
    const isAllClosed = content.sections.every((section) => closed.has(section.id))
    this.#set({ closed: new Set(isAllClosed ? [] : content.sections.map((section) => section.id)) })
  }

  /** Puts the findings of the content in place and answers them; what changes meanwhile is looked at too. */
  readonly check = async (): Promise<readonly Finding[]> => {
    clearTimeout(this.#timer)
    this.#checking ??= this.#look().finally(() => (this.#checking = null))
    await this.#checking
    return this.#state.findings
  }

  async #look(): Promise<void> {
    while (!this.#state.isChecked) {
      const { content, unread } = this.#state
      const isSame = () => content === this.#state.content && unread === this.#state.unread
      const found = await inTurns(this.#options.check(content), isSame)
      if (found === null || !isSame()) continue
      const live = [...unread].filter(([, { isLive }]) => isLive(content))
      const typed = live.map(([path, { text }]) => finding(path, 'number', text))
      this.#set({ findings: [...found, ...typed], isChecked: true })
    }
  }

  #step(step: ReturnType<typeof stepBack>): void {
    if (step === null) return
    this.#history = step.history
    const { content, selection } = step.to
    this.#put(content, stillThere(selection, content))
  }

  #put(content: Template, selection: Selection): void {
    this.#set({
      content,
      selection: stillThere(selection, content),
      picked: stillPicked(this.#state.picked, content),
      isChecked: false,
      canUndo: this.#history.past.length > 0,
      canRedo: this.#history.future.length > 0,
    })
    this.saver.type(content)
    this.#checkSoon()
  }

  #checkSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.check(), CHECK_DELAY)
  }

  #set(change: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

const isUnsaved = (state: SaveState) => state.kind !== 'idle' && state.kind !== 'saved'

/** Editors left with content not stored or text not read: opening the draft again goes on with it, nothing is lost. */
const left = new Map<string, EditorStore>()

export const openEditor = (draftId: string, make: () => EditorStore): EditorStore => left.get(draftId) ?? make()

export async function leaveEditor(store: EditorStore): Promise<void> {
  left.set(store.draftId, store)
  await store.saver.flush()
  if (!isUnsaved(store.saver.snapshot().state) && !store.hasUnread()) left.delete(store.draftId)
}

/** A draft that is gone has nothing to store. */
export const forgetEditor = (draftId: string): void => void left.delete(draftId)
