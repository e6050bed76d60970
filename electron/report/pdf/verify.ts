import { open } from 'node:fs/promises'

const TAIL = 64
const HEAD_OF_OBJECT = 24
/** Small objects lie close together: this much is read at once. */
const WINDOW = 1 << 16

/**
 * Re-opens a finished PDF and checks what readers rely on: header, cross references that hit their objects, page count.
 * Answers what is wrong, null when it is sound. Photos are stepped over, so size does not matter.
 */
export async function checkPdf(path: string, pages: number): Promise<string | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const read = async (at: number, length: number): Promise<string> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
      return buffer.toString('latin1', 0, bytesRead)
    }
    if (!(await read(0, 8)).startsWith('%PDF-1.7')) return 'header'
    const end = /startxref\n(\d+)\n%%EOF\n$/.exec(await read(Math.max(0, size - TAIL), TAIL))
    if (!end) return 'end of file'
    const start = Number(end[1])
    const section = await read(start, size - start)
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
        text = await read(from, WINDOW)
      }
      const object = text.slice(offset - from, offset - from + HEAD_OF_OBJECT)
      if (!object.startsWith(`${number} 0 obj\n`)) return `object ${number}`
      if (/^\d+ 0 obj\n<<\/Type \/Page\n/.test(object)) pageObjects++
    }
    return pageObjects === pages ? null : `${pageObjects} pages instead of ${pages}`
  } finally {
    await file.close()
  }
}
