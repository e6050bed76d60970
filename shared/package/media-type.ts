import type { MEDIA_EXTENSIONS } from '../domain/sheet.ts'

export type MediaExtension = (typeof MEDIA_EXTENSIONS)[number]

/** Brands of ISO base media files (ISO/IEC 14496-12 §4.3) by what they hold. */
const BRANDS: readonly { ext: MediaExtension; brands: readonly string[] }[] = [
  { ext: 'heic', brands: ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'] },
  { ext: 'm4a', brands: ['M4A ', 'M4B '] },
  {
    ext: 'mp4',
    brands: [
      'isom',
      'iso2',
      'iso3',
      'iso4',
      'iso5',
      'iso6',
      'mp41',
      'mp42',
      'avc1',
      'M4V ',
      'dash',
      '3gp4',
      '3gp5',
      '3gp6',
    ],
  },
]

/** The kind of evidence a file is, from its first bytes (16 are enough); null = nothing we take, whatever its name says. */
export function sniffMedia(head: Uint8Array): MediaExtension | null {
  const has = (at: number, text: string) => ascii(head, at, text.length) === text
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpg'
  if (head[0] === 0x89 && has(1, 'PNG\r\n\u001a\n')) return 'png'
  if (has(0, 'RIFF') && has(8, 'WEBP')) return 'webp'
  if (has(0, '%PDF-')) return 'pdf'
  if (!has(4, 'ftyp')) return null
  const brand = ascii(head, 8, 4)
  return BRANDS.find((b) => b.brands.includes(brand))?.ext ?? null
}

/** Width × height a picture's header claims, or null when `head` (its first bytes) does not say. Decodes nothing. */
export function claimedPixels(ext: MediaExtension, head: Uint8Array): number | null {
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  switch (ext) {
    case 'png':
      return head.length < 24 ? null : view.getUint32(16) * view.getUint32(20)
    case 'jpg':
      return jpegPixels(view)
    case 'webp':
      return webpPixels(head, view)
    case 'heic':
      return heicPixels(head, view)
    default:
      return null
  }
}

/** Walks the segments to the first start of frame (ITU-T T.81 Annex B). */
function jpegPixels(view: DataView): number | null {
  let at = 2
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

function webpPixels(head: Uint8Array, view: DataView): number | null {
  if (head.length < 30) return null
  switch (ascii(head, 12, 4)) {
    case 'VP8X':
      return (1 + uint24(view, 24)) * (1 + uint24(view, 27))
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return (1 + (bits & 0x3fff)) * (1 + ((bits >>> 14) & 0x3fff))
    }
    case 'VP8 ':
      return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff)
    default:
      return null
  }
}

/** The largest `ispe` box (ISO/IEC 23008-12 §6.5.3): tiles have smaller ones. */
function heicPixels(head: Uint8Array, view: DataView): number | null {
  let largest: number | null = null
  for (let at = head.indexOf(0x69); at >= 0 && at + 16 <= head.length; at = head.indexOf(0x69, at + 1)) {
    if (ascii(head, at, 4) !== 'ispe') continue
    largest = Math.max(largest ?? 0, view.getUint32(at + 8) * view.getUint32(at + 12))
  }
  return largest
}

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2)
