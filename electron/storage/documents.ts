import { utf8Text } from '../../shared/package/utf8.ts'

/** The value of document bytes that were parsed and checked before they were stored. */
export function documentOf<T>(doc: Uint8Array): T {
  const text = utf8Text(doc)
  if (text === null) throw new Error('a stored document is not UTF-8')
  return JSON.parse(text) as T
}
