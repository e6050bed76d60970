import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseAddOn, type AddOn } from '../../shared/domain/layers.ts'
import type { Parsed } from '../../shared/domain/problem.ts'
import { parseTemplate, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'

type BuiltIn<T> = { sha256: string; doc: Uint8Array; document: T }

/** Documents of one assets folder in their stored form, read once. One that does not parse is a bug. */
function reader<T>(name: string, parse: (value: unknown) => Parsed<T>): (assets: string) => BuiltIn<T>[] {
  let read: BuiltIn<T>[] | null = null
  return (assets) => {
    const folder = join(assets, name)
    read ??= readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const parsed = parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
        if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.problems.slice(0, 3))}`)
        const doc = jcsBytes(parsed.value)
        return { sha256: sha256(doc), doc, document: parsed.value }
      })
    return read
  }
}

/** The app's own checklists. */
export const builtInTemplates = reader<Template>('templates', parseTemplate)
/** What products and services add to them. */
export const builtInAddOns = reader<AddOn>('add-ons', parseAddOn)
