import Database from 'better-sqlite3'
import { fail, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'

/** What SQLite columns hold here. Integers stay within ±(2^53−1); booleans are 0/1. */
export type SqlValue = string | number | null | Uint8Array
export type SqlRow = { [column: string]: SqlValue }
type Parameters = readonly SqlValue[] | { readonly [name: string]: SqlValue }

declare const readable: unique symbol
declare const writable: unique symbol

/** Can only look. `R` is the caller's statement of the row's shape: it names the columns it selects. */
export type Reader = {
  readonly [readable]: true
  get: <R>(sql: string, parameters?: Parameters) => R | undefined
  all: <R>(sql: string, parameters?: Parameters) => R[]
}

/** Exists only inside `write`, so every change is part of a transaction. `run` answers how many rows changed. */
export type Writer = Reader & {
  readonly [writable]: true
  run: (sql: string, parameters?: Parameters) => number
}

/** One open database of one person: a reader, and through `write` the only way to change anything. */
export type Store = Reader & { readonly path: string; close: () => void }

type Inner = {
  connection: Database.Database
  writer: Writer
  writes: number
  isHurt: boolean
  isClosed: boolean
  connect: () => Database.Database
}
const inners = new WeakMap<Store, Inner>()

/** Thrown by whatever still used a store after `close`: its person has locked, nothing more may be read or written. */
export class StoreClosed extends Error {}

class RolledBack extends Error {
  readonly failure: Outcome<never>
  constructor(failure: Outcome<never>) {
    super('rolled back')
    this.failure = failure
  }
}

export type Connecting = {
  path: string
  /** Opened, configured and migrated. */
  connection: Database.Database
  /** Opens the file anew after an I/O error; throws while it cannot. */
  connect: () => Database.Database
  beforeClose: (connection: Database.Database) => void
}

/** Wraps a connection; statements are prepared once each. */
export function makeStore({ path, connection, connect, beforeClose }: Connecting): Store {
  let statements = new Map<string, Database.Statement>()
  const inner = {
    connection,
    writes: 0,
    isHurt: false,
    isClosed: false,
    connect: () => {
      statements = new Map()
      return connect()
    },
  }
  const prepared = (sql: string): Database.Statement => {
    if (inner.isClosed) throw new StoreClosed(path)
    const known = statements.get(sql)
    if (known !== undefined) return known
    const fresh = inner.connection.prepare(sql)
    statements.set(sql, fresh)
    return fresh
  }
  const reader = {
    get: <R>(sql: string, parameters: Parameters = []) => prepared(sql).get(parameters) as R | undefined,
    all: <R>(sql: string, parameters: Parameters = []) => prepared(sql).all(parameters) as R[],
  } as Reader
  const writer = {
    ...reader,
    run: (sql: string, parameters: Parameters = []) => prepared(sql).run(parameters).changes,
  } as Writer
  const close = (): void => {
    inner.isClosed = true
    if (!inner.connection.open) return
    if (!full.isHurt) beforeClose(inner.connection)
    inner.connection.close()
  }
  const full: Inner = Object.assign(inner, { writer })
  const store: Store = { ...reader, path, close }
  inners.set(store, full)
  return store
}

/** The failure a SQLite error means to a person, or null when the error is a bug (constraint, syntax). */
export function storageFailure(error: unknown): FailureCode | null {
  if (!(error instanceof Database.SqliteError)) return null
  if (error.code === 'SQLITE_FULL') return 'diskFull'
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return 'busy'
  if (error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_PERM')) return 'notWritable'
  if (/^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN)/.test(error.code)) return 'storageFailed'
  return null
}

/**
 * Runs `change` in one immediate transaction, durable when it answers ok. A failing outcome or a throw rolls everything back.
 * Own failures: diskFull, busy, notWritable, storageFailed. After an I/O error nothing the connection believes can be trusted
 * (the kernel may have dropped pages it calls clean), so the next write first opens and checks the file anew.
 */
export function write<T>(store: Store, change: (tx: Writer) => Outcome<T>): Outcome<T> {
  const inner = inners.get(store)
  if (inner === undefined) throw new TypeError('not a store')
  if (inner.isClosed) throw new StoreClosed(store.path)
  inner.writes += 1
  try {
    if (inner.isHurt) reopen(inner)
    return inner.connection
      .transaction(() => {
        const outcome = change(inner.writer)
        if (!outcome.ok) throw new RolledBack(outcome)
        return outcome
      })
      .immediate()
  } catch (error) {
    if (error instanceof RolledBack) return error.failure
    const code = storageFailure(error)
    if (code === null) throw error
    if (code === 'storageFailed') inner.isHurt = true
    return fail(code, { detail: error instanceof Error ? error.message : '' })
  }
}

/** How often something was written, or tried to be: while it is the same, what was read is still so. */
export function writesOf(store: Store): number {
  return inners.get(store)?.writes ?? 0
}

function reopen(inner: Inner): void {
  try {
    inner.connection.close()
  } catch (error) {
    if (storageFailure(error) === null) throw error
  }
  inner.connection = inner.connect()
  inner.isHurt = false
}
