import type { SqlRow, SqlValue, Writer } from './database.ts'

/** How one field lies in its column. */
export type Codec<T> = { toSql: (value: T) => SqlValue; fromSql: (value: SqlValue) => T }
/** One codec for every field of a document: a field without one does not compile. */
export type Columns<T> = { [K in keyof T]: Codec<T[K]> }

/** A string, or one of a closed list of words. */
export const word = <T extends string>(): Codec<T> => ({ toSql: (value) => value, fromSql: (value) => value as T })
export const wordOrNull = <T extends string>(): Codec<T | null> => ({
  toSql: (value) => value,
  fromSql: (value) => value as T | null,
})
export const integer: Codec<number> = { toSql: (value) => value, fromSql: (value) => value as number }
export const integerOrNull: Codec<number | null> = {
  toSql: (value) => value,
  fromSql: (value) => value as number | null,
}
/** true/false as 1/0. */
export const flag: Codec<boolean> = { toSql: (value) => (value ? 1 : 0), fromSql: (value) => value === 1 }
/** Lists and records as JSON text; null is SQL's null. */
export const json = <T>(): Codec<T> => ({
  toSql: (value) => (value === null ? null : JSON.stringify(value)),
  fromSql: (value) => (value === null ? null : JSON.parse(String(value))) as T,
})

const keysOf = <T>(columns: Columns<T>) => Object.keys(columns) as (keyof T & string)[]

/** The column names, quoted, for a SELECT. */
export function columnList<T>(columns: Columns<T>): string {
  return keysOf(columns)
    .map((k) => `"${k}"`)
    .join(', ')
}

export function fromRow<T>(columns: Columns<T>, row: SqlRow): T {
  return Object.fromEntries(keysOf(columns).map((k) => [k, columns[k].fromSql(row[k] ?? null)])) as T
}

function toRow<T>(columns: Columns<T>, value: T): SqlRow {
  return Object.fromEntries(keysOf(columns).map((k) => [k, columns[k].toSql(value[k])]))
}

/** Inserts a document, or replaces the row with the same primary key as a whole; `keys` are the columns that are not fields. */
export function putRow<T>(tx: Writer, table: string, columns: Columns<T>, keys: SqlRow, value: T): void {
  const row = { ...keys, ...toRow(columns, value) }
  const names = Object.keys(row)
  tx.run(
    `INSERT OR REPLACE INTO ${table} (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`,
    row,
  )
}
