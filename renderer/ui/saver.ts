import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Failure } from '../../shared/contract/errors.ts'
import { failureOf } from '../queries.ts'

export type SaveState =
  | { kind: 'idle' | 'pending' | 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; failure: Failure }

type Save<T> = (value: T) => Promise<{ savedAt: string }>
type Snapshot<T> = { value: T; state: SaveState }
/** `clean` makes of a value what is stored of it; a stored value equal to that does not disturb the typing. */
type SavingOptions<T> = { delay?: number; clean?: (value: T) => T }

/** Holds what a person types until it is stored: one save at a time, the newest value last, nothing dropped on failure. */
export class Saver<T> {
  #snapshot: Snapshot<T>
  #save: Save<T>
  #stored: T
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  #isComposing = false
  /** What was said of the value that is stored now. */
  #settled: SaveState = { kind: 'idle' }
  readonly #delay: number
  readonly #clean: (value: T) => T
  readonly #listeners = new Set<() => void>()

  constructor(stored: T, save: Save<T>, { delay = 400, clean = (value) => value }: SavingOptions<T> = {}) {
    this.#snapshot = { value: stored, state: { kind: 'idle' } }
    this.#stored = stored
    this.#save = save
    this.#delay = delay
    this.#clean = clean
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = () => this.#snapshot

  setSave(save: Save<T>): void {
    this.#save = save
  }

  /** Takes over what is stored now, unless the person's own text is not stored yet. */
  adopt(stored: T): void {
    if (this.#isDirty() || this.#clean(this.#snapshot.value) === stored) return
    this.#stored = stored
    if (stored !== this.#snapshot.value) this.#set({ value: stored })
  }

  type(value: T): void {
    this.#set({ value, state: { kind: 'pending' } })
    this.#schedule()
  }

  /** While an input method composes, nothing is saved. */
  compose(isComposing: boolean): void {
    this.#isComposing = isComposing
    if (!isComposing && this.#isDirty()) this.#schedule()
  }

  /** Stores what is not stored yet, and what is typed meanwhile; answers why that failed, null when all is stored. */
  readonly flush = async (): Promise<Failure | null> => {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (!this.#isDirty()) {
      // Typed and taken back (undo): nothing is left to store.
      if (this.#snapshot.state.kind === 'pending') this.#set({ state: this.#settled })
      return null
    }
    this.#running = this.#store(this.#snapshot.value).finally(() => (this.#running = null))
    await this.#running
    const { state } = this.#snapshot
    return state.kind === 'failed' ? state.failure : await this.flush()
  }

  #isDirty(): boolean {
    return this.#snapshot.value !== this.#stored
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (!this.#isComposing) this.#timer = setTimeout(() => void this.flush(), this.#delay)
  }

  async #store(value: T): Promise<void> {
    this.#set({ state: { kind: 'saving' } })
    try {
      const { savedAt } = await this.#save(this.#clean(value))
      this.#stored = value
      this.#settled = { kind: 'saved', at: savedAt }
      if (this.#isDirty()) this.#schedule()
      else this.#set({ state: this.#settled })
    } catch (error) {
      const failure = failureOf(error) ?? { code: 'storageFailed' }
      this.#set({ state: { kind: 'failed', failure } })
      if (failureOf(error) === null) reportError(error)
    }
  }

  #set(change: Partial<Snapshot<T>>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** A value kept in the control and stored 400 ms after the last change, on `flush` and when the control goes away. */
export function useSaving<T>(stored: T, save: Save<T>, options?: SavingOptions<T>) {
  const [saver] = useState(() => new Saver(stored, save, options))
  const { value, state } = useSyncExternalStore(saver.subscribe, saver.snapshot)
  useEffect(() => saver.setSave(save), [saver, save])
  useEffect(() => saver.adopt(stored), [saver, stored])
  useEffect(() => () => void saver.flush(), [saver])
  return useMemo(
    () => ({
      value,
      state,
      change: (next: T) => saver.type(next),
      flush: saver.flush,
      compose: (isComposing: boolean) => saver.compose(isComposing),
    }),
    [saver, value, state],
  )
}
