import type { Status } from './facets.ts'

/** What one can jump to: anything missing, or one status. */
export type Target = 'missing' | Status

/** Letters that lead to the next item of a kind, with Shift to the previous one: first letters of 未判定, 证据, 理由, 适用 … */
export const JUMP_KEYS = {
  g: 'missing',
  w: 'unanswered',
  z: 'evidence',
  l: 'reason',
  x: 'failed',
  v: 'veto',
  s: 'na',
} as const satisfies Record<string, Target>

const JUMPS: Partial<Record<string, Target>> = JUMP_KEYS

/** What a letter (small) jumps to. */
export const targetOfKey = (letter: string): Target | null => JUMPS[letter] ?? null

/** The key that jumps to a kind, capital; null when there is none. */
export const jumpKeyOf = (target: Target): string | null =>
  Object.entries(JUMP_KEYS)
    .find(([, one]) => one === target)?.[0]
    .toUpperCase() ?? null
