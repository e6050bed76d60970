/** What a PDF needs of a JPEG, and which byte ranges of it to copy. `width`, `height` are the stored pixels, unturned. */
export type JpegScan = {
  width: number
  height: number
  components: 1 | 3 | 4
  /** CMYK files written by Adobe tools store inverted values. */
  isInverted: boolean
  /** EXIF 1…8; 1 when absent or nonsense. */
  orientation: number
  /** [from, to) pieces that leave out what any program wrote beside the picture (positions, names, small pictures), and anything after it. */
  keep: [number, number][]
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
/** A JFIF head without a picture of its own in it. */
const JFIF_BYTES = 18

/** Reads the segments of a baseline or progressive JPEG; null when the bytes are not a whole one. */
export function scanJpeg(bytes: Uint8Array): JpegScan | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const keep: [number, number][] = [[0, 2]]
  let frame: Pick<JpegScan, 'width' | 'height' | 'components'> | null = null
  let orientation = 1
  let isAdobe = false
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === EOI) {
      append(keep, at, at + 2)
      return frame && { ...frame, orientation, isInverted: isAdobe && frame.components === 4, keep }
    }
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length) return null
    if (isFrame(marker)) frame = readFrame(view, at)
    if (marker === APP1) orientation = readOrientation(bytes.subarray(at + 4, end)) ?? orientation
    if (marker === APP14) isAdobe = true
    const next = marker === SOS ? endOfScan(bytes, end) : end
    if (isPicturePart(marker, end - at)) append(keep, at, next)
    at = next
    if (at + 2 <= bytes.length && at + 4 > bytes.length && bytes[at + 1] === EOI) {
      append(keep, at, at + 2)
      return frame && { ...frame, orientation, isInverted: isAdobe && frame.components === 4, keep }
    }
  }
  return null
}

/** An EXIF segment that says how the picture is turned and nothing else, to put after the first two bytes. */
export function orientationSegment(orientation: number): Uint8Array {
  const bytes = Buffer.alloc(36)
  bytes.set([0xff, APP1, 0, 34])
  bytes.write('Exif\0\0MM\0*', 4, 'latin1')
  bytes.writeUInt32BE(8, 14)
  bytes.writeUInt16BE(1, 18)
  bytes.writeUInt16BE(0x0112, 20)
  bytes.writeUInt16BE(3, 22)
  bytes.writeUInt32BE(1, 24)
  bytes.writeUInt16BE(orientation, 28)
  return bytes
}

/** Bytes of the pieces that are kept. */
export const lengthOf = (scan: JpegScan): number => scan.keep.reduce((sum, [from, to]) => sum + to - from, 0)

function append(keep: [number, number][], from: number, to: number): void {
  const last = keep.at(-1)
  if (last && last[1] === from) last[1] = to
  else keep.push([from, to])
}

/** Of the segments of programs (APP0…15), reserved ones and comments only the two that say how to read the colours. */
const isPicturePart = (marker: number, bytes: number): boolean => {
  if (marker === APP0) return bytes === JFIF_BYTES
  return marker === APP14 || marker < APP0
}

/** SOF0…SOF15 without the tables that share their range (DHT c4, JPG c8, DAC cc). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function readFrame(view: DataView, at: number): Pick<JpegScan, 'width' | 'height' | 'components'> | null {
  if (at + 10 > view.byteLength || view.getUint8(at + 4) !== 8) return null
  const components = view.getUint8(at + 9)
  const width = view.getUint16(at + 7)
  const height = view.getUint16(at + 5)
  if (width === 0 || height === 0 || (components !== 1 && components !== 3 && components !== 4)) return null
  return { width, height, components }
}

function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

function readOrientation(app1: Uint8Array): number | null {
  if (String.fromCharCode(...app1.subarray(0, 6)) !== 'Exif\0\0' || app1.length < 14) return null
  const tiff = new DataView(app1.buffer, app1.byteOffset + 6, app1.length - 6)
  const isLittle = tiff.getUint16(0) === 0x4949
  const ifd = tiff.getUint32(4, isLittle)
  if (ifd + 2 > tiff.byteLength) return null
  for (let i = 0; i < tiff.getUint16(ifd, isLittle); i++) {
    const entry = ifd + 2 + i * 12
    if (entry + 12 > tiff.byteLength) return null
    if (tiff.getUint16(entry, isLittle) !== 0x0112) continue
    const value = tiff.getUint16(entry + 8, isLittle)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}
