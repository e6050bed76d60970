/** One string a person reads, in both languages. `{{name}}` is filled in by the caller. */
export type Phrase = { zh: string; en: string }
/** The strings of one area of the app, by key. Both languages stand side by side so that neither can be forgotten. */
export type Catalogue = Record<string, Phrase>

/** A string with its places filled in; a place nobody fills stays as it is. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place))

/** A catalogue in one language: answers a string by its key, filled in. */
export const speaker =
  <K extends string>(catalogue: Readonly<Record<K, Phrase>>, language: 'zh' | 'en') =>
  (key: K, values: Readonly<Record<string, string | number>> = {}): string =>
    fill(catalogue[key][language], values)
