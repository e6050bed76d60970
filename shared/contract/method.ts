import { z } from 'zod'

/** An operation: `args` parses what the window sends; the result type is the main process's promise. */
export type Method<A extends z.ZodType, R> = { args: A; result: Promised<R> }

/** Carries a type and nothing else. */
type Promised<R> = { readonly of?: (value: R) => R }
export const returns = <R>(): Promised<R> => ({})

export const method = <A extends z.ZodType, R>(args: A, result: Promised<R>): Method<A, R> => ({ args, result })

export const none = z.strictObject({})
