/** The first of `prefix1`, `prefix2`, … not taken yet. */
export function newId(prefix: string, taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`${prefix}${n}`)) n += 1
  return `${prefix}${n}`
}
