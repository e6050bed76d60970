import { unzipSync } from 'fflate'

export type Tag = { name: string; attributes: Record<string, string> }
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u
const NAME = '[A-Za-z_][\\w.:-]*'
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, 'y')
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

/** Every tag of a well-formed XML text and, under the name '', the texts between them. Throws at the first thing XML 1.0 does not allow. */
export function parseXml(source: string): Tag[] {
  const wrong = NOT_XML.exec(source)
  if (wrong) throw new Error(`a character XML cannot hold at ${wrong.index}: ${JSON.stringify(wrong[0])}`)
  const tags: Tag[] = []
  const open: string[] = []
  let at = source.startsWith('<?xml') ? source.indexOf('?>') + 2 : 0
  while (at < source.length) {
    const end =
      source[at] === '<' ? source.indexOf('>', at) + 1 : (source.indexOf('<', at) + 1 || source.length + 1) - 1
    const piece = source.slice(at, end)
    at = end
    if (!piece.startsWith('<')) {
      if (piece.trim() !== '' && open.length === 0) throw new Error(`text outside: ${piece.slice(0, 80)}`)
      tags.push({ name: '', attributes: { text: resolved(piece) } })
      continue
    }
    const close = new RegExp(`^</(${NAME})\\s*>$`).exec(piece)?.[1]
    if (close !== undefined) {
      if (open.pop() !== close) throw new Error(`tags cross at ${piece}`)
      continue
    }
    const tag = tagOf(piece)
    tags.push(tag)
    if (!piece.endsWith('/>')) open.push(tag.name)
  }
  if (open.length > 0) throw new Error(`left open: ${open.join()}`)
  return tags
}

function tagOf(piece: string): Tag {
  const name = new RegExp(`^<(${NAME})`).exec(piece)?.[1]
  if (name === undefined) throw new Error(`no tag: ${piece.slice(0, 80)}`)
  const attributes: Record<string, string> = {}
  ATTRIBUTE.lastIndex = name.length + 1
  let end = ATTRIBUTE.lastIndex
  for (let found = ATTRIBUTE.exec(piece); found; found = ATTRIBUTE.exec(piece)) {
    const [, key = '', value = ''] = found
    if (Object.hasOwn(attributes, key)) throw new Error(`${key} twice: ${piece.slice(0, 80)}`)
    attributes[key] = resolved(value)
    end = ATTRIBUTE.lastIndex
  }
  if (!/^\s*\/?>$/.test(piece.slice(end))) throw new Error(`no attributes: ${piece.slice(0, 200)}`)
  return { name, attributes }
}

const resolved = (text: string): string =>
  text.replaceAll(/&([^;&]*);?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
    const known = code
      ? String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10))
      : ENTITIES[name]
    if (known === undefined || !whole.endsWith(';') || NOT_XML.test(known))
      throw new Error(`no entity: ${whole.slice(0, 20)}`)
    return known
  })

/** Every text and attribute of the XML parts of an Office file; throws when a part is not well-formed. */
export function officeTexts(bytes: Uint8Array): string[] {
  return Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
    /\.(xml|rels)$/.test(name)
      ? parseXml(new TextDecoder('utf-8', { fatal: true }).decode(part)).flatMap((t) => Object.values(t.attributes))
      : [],
  )
}
