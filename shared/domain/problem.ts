import type { z } from 'zod'

/** One thing wrong with a document: where (dotted path), which rule. Problems are data, never exceptions. */
export type Problem = { path: string; code: string; message: string }

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

/** Parses with a closed schema and then with the rules a schema cannot say. */
export function parseWith<T>(schema: z.ZodType<T>, check: (value: T) => Problem[] = () => []) {
  return (value: unknown): Parsed<T> => {
    const parsed = schema.safeParse(value)
    if (!parsed.success) {
      return {
        ok: false,
        problems: parsed.error.issues.map((issue) => ({
          path: issue.path.join('.'),
          code: issue.code === 'custom' ? issue.message : issue.code,
          message: issue.message,
        })),
      }
    }
    const problems = check(parsed.data)
    return problems.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems }
  }
}

/** Later occurrences of a value already seen. */
export function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((v) => seen.size === seen.add(v).size)
}
