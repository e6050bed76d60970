import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const TAIL = 64
const HEAD_OF_OBJECT = 32
/** Bytes of an entry of the cross reference table. */
const ENTRY = 20
/** Small objects lie close together: this much is read at once. */
const WINDOW = 1 << 14

/**
 * Re-opens a finished PDF and checks what readers rely on: header, cross references that hit their objects, page count.
 * Answers what is wrong, null when it is sound. Photos are stepped over, so size does not matter.
 */
export function checkPdf(path: string, pages: number): string | null {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const read = (at: number, length: number): string => {
      const bytes = Buffer.allocUnsafe(length)
      return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, at))
    }
    if (!read(0, 8).startsWith('%PDF-1.7')) return 'header'
    const end = /startxref\n(\d+)\n%%EOF\n$/.exec(read(Math.max(0, size - TAIL), TAIL))
    if (!end) return 'end of file'
    const start = Number(end[1])
    const section = read(start, size - start)
    const head = /^xref\n0 (\d+)\n/.exec(section)
    if (!head) return 'cross reference table'
    const count = Number(head[1])
    // Objects in the order they stand in, each as one number of its place and its own.
    const order = new Float64Array(Math.max(0, count - 1))
    for (let number = 1, at = head[0].length + ENTRY; number < count; number++, at += ENTRY)
      order[number - 1] = Number(section.slice(at, at + 10)) * count + number
    let pageObjects = 0
    let from = 0
    let text = ''
    for (const key of order.sort()) {
      const number = key % count
      const offset = (key - number) / count
      if (offset < from || offset + HEAD_OF_OBJECT > from + text.length) {
        from = offset
        text = read(from, WINDOW)
      }
      const start = `${number} 0 obj\n`
      if (!text.startsWith(start, offset - from)) return `object ${number}`
      if (text.startsWith('<</Type /Page\n', offset - from + start.length)) pageObjects++
    }
    return pageObjects === pages ? null : `${pageObjects} pages instead of ${pages}`
  } finally {
    closeSync(file)
  }
}
