/** A stretch of text that stands in both editions, only in the earlier (`removed`) or only in the later one (`added`). */
export type TextPiece = { kind: 'same' | 'removed' | 'added'; text: string }

/** Beyond so many differing words two texts have too little in common to be worth comparing word by word. */
const MAX_EDITS = 800

/** Han and other unspaced letters one by one, Latin words and numbers whole, blanks in one, every mark by itself. */
const WORDS = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{Nd}]+|\s+|./gsu

/**
 * What changed from one text to the other, in reading order; `same` and `removed` joined are the earlier text, `same` and `added`
 * the later. A letter or two kept between rewritten phrases joins them, so that they read as one change. Bounded: texts with more
 * than MAX_EDITS differing words show their differing middle as replaced whole.
 */
export function diffText(earlier: string, later: string): TextPiece[] {
  const a = earlier.match(WORDS) ?? []
  const b = later.match(WORDS) ?? []
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const pieces: TextPiece[] = [
    { kind: 'same', text: a.slice(0, head).join('') },
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ]
  return readable(joined(pieces))
}

/** Myers' shortest edit script; gives up beyond MAX_EDITS. */
function middle(a: readonly string[], b: readonly string[]): TextPiece[] {
  const whole: TextPiece[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ]
  if (a.length === 0 || b.length === 0) return whole
  const limit = Math.min(MAX_EDITS, a.length + b.length)
  /** Furthest place in `a` reached on each diagonal, after each number of edits. */
  const history: Int32Array[] = []
  let reached = new Int32Array(2 * limit + 3)
  const at = (diagonal: number) => diagonal + limit + 1
  for (let edits = 0; edits <= limit; edits += 1) {
    history.push(reached.slice(at(-edits - 1), at(edits + 1) + 1))
    const next = new Int32Array(reached)
    for (let k = -edits; k <= edits; k += 2) {
      const isDown = k === -edits || (k !== edits && (reached[at(k - 1)] ?? 0) < (reached[at(k + 1)] ?? 0))
      let x = isDown ? (reached[at(k + 1)] ?? 0) : (reached[at(k - 1)] ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      next[at(k)] = x
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, history)
    }
    reached = next
  }
  return whole
}

/** The way back from the end; `history[d]` holds the diagonals −d−1 … d+1 before edit `d`. */
function walkBack(a: readonly string[], b: readonly string[], history: readonly Int32Array[]): TextPiece[] {
  const pieces: TextPiece[] = []
  let [x, y] = [a.length, b.length]
  for (let edits = history.length - 1; edits >= 0; edits -= 1) {
    const before = history[edits] ?? new Int32Array(0)
    const reached = (diagonal: number) => before[diagonal + edits + 1] ?? 0
    const k = x - y
    const isDown = k === -edits || (k !== edits && reached(k - 1) < reached(k + 1))
    const fromX = edits === 0 ? 0 : reached(isDown ? k + 1 : k - 1)
    const fromY = edits === 0 ? 0 : fromX - (isDown ? k + 1 : k - 1)
    const [afterX, afterY] = edits === 0 ? [0, 0] : isDown ? [fromX, fromY + 1] : [fromX + 1, fromY]
    if (x > afterX) pieces.push({ kind: 'same', text: a.slice(afterX, x).join('') })
    if (afterX > fromX) pieces.push({ kind: 'removed', text: a.slice(fromX, afterX).join('') })
    if (afterY > fromY) pieces.push({ kind: 'added', text: b.slice(fromY, afterY).join('') })
    ;[x, y] = [fromX, fromY]
  }
  return pieces.toReversed()
}

/** Neighbours of one kind in one; between two kept stretches first what went, then what came. */
function joined(pieces: readonly TextPiece[]): TextPiece[] {
  const result: TextPiece[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed !== '') result.push({ kind: 'removed', text: removed })
    if (added !== '') result.push({ kind: 'added', text: added })
    ;[removed, added] = ['', '']
  }
  for (const { kind, text } of pieces) {
    if (text === '') continue
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      flush()
      const last = result.at(-1)
      if (last?.kind === 'same') result[result.length - 1] = { kind, text: last.text + text }
      else result.push({ kind, text })
    }
  }
  flush()
  return result
}

/** A kept letter or two between rewritten phrases only chops them up: it goes with them, as both removed and added. */
function readable(pieces: readonly TextPiece[]): TextPiece[] {
  /** Letters rewritten right beside a kept stretch: 0 where something only came or only went. */
  const rewritten = (index: number, step: 1 | -1): number => {
    const [one, other] = [pieces[index + step], pieces[index + 2 * step]]
    if (one === undefined || other === undefined || one.kind === 'same' || other.kind === 'same') return 0
    return Math.min(one.text.length, other.text.length)
  }
  return joined(
    pieces.flatMap((piece, index): TextPiece[] => {
      const isChopped =
        piece.kind === 'same' &&
        piece.text.length <= 2 &&
        !piece.text.includes('\n') &&
        rewritten(index, -1) > piece.text.length &&
        rewritten(index, 1) > piece.text.length
      if (!isChopped) return [piece]
      return [
        { kind: 'removed', text: piece.text },
        { kind: 'added', text: piece.text },
      ]
    }),
  )
}
