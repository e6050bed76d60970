import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'

/** Larger files are not scans of papers. */
const MOST_BYTES = 256 * 1024 * 1024
const MOST_PAGES = 200
const MOST_STREAMS = 20_000
/** A dictionary of a picture is shorter than this. */
const DICTIONARY = 2048
/** Smaller pictures are logos and stamps. */
const SMALLEST_SIDE = 200

/**
 * The pictures in a PDF as files of their own, in the order they stand in it: what a scanner or a phone makes of a paper holds one a
 * page, as JPEG or, in black and white, as Group 4 fax. Nothing of the PDF is run or followed: the file is searched for pictures.
 * Null for one that holds none in these forms: a PDF of words, an encrypted one, JBIG2.
 */
export function scannedPages(path: string): Buffer[] | null {
  const bytes = readBounded(path)
  if (bytes === null) return null
  const pages: Buffer[] = []
  let at = 0
  for (let n = 0; n < MOST_STREAMS && pages.length < MOST_PAGES; n++) {
    const word = bytes.indexOf('stream', at)
    if (word === -1) break
    at = word + 'stream'.length
    const before = bytes.toString('latin1', Math.max(0, word - DICTIONARY), word)
    if (before.endsWith('end')) continue
    const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')))
    if (!/\/Subtype\s*\/Image\b/.test(dictionary)) continue
    const from = at + (bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : 1)
    const end = bytes.indexOf('endstream', from)
    if (end === -1) break
    const picture = pictureOf(dictionary, bytes.subarray(from, end))
    if (picture !== null) pages.push(picture)
    at = end + 'endstream'.length
  }
  return pages.length === 0 ? null : pages
}

function readBounded(path: string): Buffer | null {
  const file = openSync(path, 'r')
  try {
    return fstatSync(file).size > MOST_BYTES ? null : readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** A number of a dictionary that stands in it directly; null otherwise. */
function numberOf(dictionary: string, key: string): number | null {
  const found = new RegExp(`/${key}\\s+(-?\\d+)(?!\\d*\\s+\\d+\\s+R)`).exec(dictionary)
  return found === null ? null : Number(found[1])
}

function pictureOf(dictionary: string, data: Buffer): Buffer | null {
  const [width, height] = [numberOf(dictionary, 'Width'), numberOf(dictionary, 'Height')]
  if (width === null || height === null || Math.min(width, height) < SMALLEST_SIDE) return null
  const filter = /\/Filter\s*(?:\[\s*)?\/(\w+)\s*(\/\w+)?/.exec(dictionary)
  // One packed twice over is none a scanner makes.
  if (filter === null || (filter[2] !== undefined && /\/Filter\s*\[/.test(dictionary))) return null
  if (filter[1] === 'DCTDecode') return data[0] === 0xff && data[1] === 0xd8 ? data : null
  if (filter[1] !== 'CCITTFaxDecode' || numberOf(dictionary, 'K') !== -1) return null
  const isTurned = /\/Decode\s*\[\s*1\s+0\s*\]/.test(dictionary)
  return faxPicture({ width, height, data, isInverse: /\/BlackIs1\s+true/.test(dictionary) !== isTurned })
}

type Fax = { width: number; height: number; data: Buffer; isInverse: boolean }

/** Group 4 data as a TIFF of one strip. */
function faxPicture({ width, height, data, isInverse }: Fax): Buffer {
  const LONG = 4
  const entries: readonly [tag: number, value: number][] = [
    [256, width],
    [257, height],
    [258, 1],
    [259, 4], // Group 4
    [262, isInverse ? 1 : 0],
    [273, 8], // the strip begins after the head
    [277, 1],
    [278, height],
    [279, data.length],
  ]
  const padded = data.length + (data.length % 2)
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag, value], n) => {
    directory.writeUInt16LE(tag, 2 + n * 12)
    directory.writeUInt16LE(LONG, 4 + n * 12)
    directory.writeUInt32LE(1, 6 + n * 12)
    directory.writeUInt32LE(value, 10 + n * 12)
  })
  const head = Buffer.alloc(8)
  head.write('II')
  head.writeUInt16LE(42, 2)
  head.writeUInt32LE(8 + padded, 4)
  return Buffer.concat([head, data, Buffer.alloc(padded - data.length), directory])
}
