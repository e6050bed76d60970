/** One string a person reads, in both languages. `{{name}}` is filled in by the caller. */
export type Phrase = { zh: string; en: string }
/** The strings of one area of the app, by key. Both languages stand side by side so that neither can be forgotten. */
export type Catalogue = Record<string, Phrase>
