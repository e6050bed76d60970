import { Refusal } from './refusal.ts'

/** Names without their prefix. `attribute` answers '' for one that is not there. */
export type XmlHandler = {
  open: (name: string, attribute: (name: string) => string) => void
  close: (name: string) => void
  text: (text: string) => void
}

const MAX_TAG = 256 * 1024
const MAX_TEXT = 4 * 1024 * 1024
const MAX_DEPTH = 64
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Reads XML as it arrives, in bounded memory. Knows only what spreadsheets need: a document type (and so any entity of its own) is refused.
 * Throws Refusal.
 */
export class XmlReader {
  readonly #handler: XmlHandler
  readonly #open: string[] = []
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(chunk: string): void {
    const input = this.#rest + chunk
    let at = 0
    while (at < input.length) {
      const next = input[at] === '<' ? this.#markup(input, at) : this.#characters(input, at)
      if (next === null) break
      at = next
    }
    this.#rest = input.slice(at)
    if (this.#rest.length > MAX_TEXT) throw new Refusal('bomb')
  }

  end(): void {
    if (this.#open.length > 0 || this.#rest.trim() !== '') throw new Refusal('damaged')
  }

  /** Text up to the next tag; null while its end (or an entity's) has not arrived. */
  #characters(input: string, at: number): number | null {
    const next = input.indexOf('<', at)
    if (next === -1) return null
    if (this.#open.length > 0) this.#handler.text(resolveEntities(input.slice(at, next)))
    return next
  }

  #markup(input: string, at: number): number | null {
    if (input.startsWith('<?', at)) return after(input, '?>', at)
    if (input.startsWith('<!', at)) return this.#declaration(input, at)
    const end = tagEnd(input, at)
    if (end === null) {
      if (input.length - at > MAX_TAG) throw new Refusal('bomb')
      return null
    }
    this.#tag(input.slice(at + 1, end))
    return end + 1
  }

  #declaration(input: string, at: number): number | null {
    if (input.startsWith('<!--', at)) return after(input, '-->', at + 4)
    if (input.startsWith('<![CDATA[', at)) {
      const end = after(input, ']]>', at)
      if (end !== null) this.#handler.text(input.slice(at + 9, end - 3))
      return end
    }
    if ('<![CDATA['.startsWith(input.slice(at)) || '<!--'.startsWith(input.slice(at))) return null
    throw new Refusal('doctype')
  }

  #tag(tag: string): void {
    if (tag.startsWith('/')) {
      const name = local(tag.slice(1).trim())
      if (this.#open.pop() !== name) throw new Refusal('damaged')
      this.#handler.close(name)
      return
    }
    const isEmpty = tag.endsWith('/')
    const body = isEmpty ? tag.slice(0, -1) : tag
    const space = body.search(/\s/)
    const name = local(space === -1 ? body : body.slice(0, space))
    if (name === '' || this.#open.length >= MAX_DEPTH) throw new Refusal('damaged')
    const attributes = space === -1 ? '' : body.slice(space)
    this.#handler.open(name, (wanted) => attributeOf(attributes, wanted))
    if (isEmpty) this.#handler.close(name)
    else this.#open.push(name)
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function after(input: string, mark: string, from: number): number | null {
  const at = input.indexOf(mark, from)
  return at === -1 ? null : at + mark.length
}

/** The `>` that ends the tag: one in quotes does not. */
function tagEnd(input: string, at: number): number | null {
  const end = input.indexOf('>', at)
  if (end === -1) return null
  const quotes = input.slice(at, end)
  if (!quotes.includes('"') && !quotes.includes("'")) return end
  let quote = ''
  for (let i = at; i < input.length; i++) {
    const c = input[i]
    if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '"' || c === "'") quote = c
    else if (c === '>') return i
  }
  return null
}

/** Linear in the length of the tag, whatever is in it. Names are compared as they are written: `r:id` is not `id`. */
function attributeOf(attributes: string, wanted: string): string {
  let at = 0
  for (;;) {
    const equals = attributes.indexOf('=', at)
    if (equals === -1) return ''
    const name = attributes.slice(at, equals).trim()
    let open = equals + 1
    while (
      attributes[open] === ' ' ||
      attributes[open] === '\n' ||
      attributes[open] === '\t' ||
      attributes[open] === '\r'
    )
      open++
    const quote = attributes[open]
    const close = quote === '"' || quote === "'" ? attributes.indexOf(quote, open + 1) : -1
    if (close === -1) throw new Refusal('damaged')
    if (name === wanted) return resolveEntities(attributes.slice(open + 1, close))
    at = close + 1
  }
}

function resolveEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&([^;&]{0,12});?/g, (_, name: string) => {
    const known = NAMED[name]
    if (known !== undefined) return known
    const code = /^#x[0-9a-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : Number.NaN
    if (!(code > 0 && code <= 0x10_ff_ff)) throw new Refusal('damaged')
    return String.fromCodePoint(code)
  })
}
