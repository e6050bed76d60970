import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const TAIL = 64
const HEAD_OF_OBJECT = 24
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
    const entries = section.slice(head[0].length).split('\n').slice(0, Number(head[1]))
    const offsets = entries.map((entry, number) => ({ number, offset: Number(entry.slice(0, 10)) })).slice(1)
    let pageObjects = 0
    let from = 0
    let text = ''
    for (const { number, offset } of offsets.toSorted((a, b) => a.offset - b.offset)) {
      if (offset < from || offset + HEAD_OF_OBJECT > from + text.length) {
        from = offset
        text = read(from, WINDOW)
      }
      const object = text.slice(offset - from, offset - from + HEAD_OF_OBJECT)
      if (!object.startsWith(`${number} 0 obj\n`)) return `object ${number}`
      if (/^\d+ 0 obj\n<<\/Type \/Page\n/.test(object)) pageObjects++
    }
    return pageObjects === pages ? null : `${pageObjects} pages instead of ${pages}`
  } finally {
    closeSync(file)
  }
}
