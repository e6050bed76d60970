import { basename, extname, join, resolve } from 'node:path'
import { blankContent } from '../../shared/checklist/draft.ts'
import type { ImportPreview } from '../../shared/contract/template-methods.ts'
import { CATEGORIES, parseTemplate, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { parseLoose } from '../../shared/package/json.ts'
import { itemSheet, templateWorkbook } from '../../shared/tabular/template-write.ts'
import type { Workbook } from '../../shared/tabular/workbook.ts'
import { builtInTemplates } from '../api/built-in.ts'
import { writeWhole } from '../storage/files.ts'
import { importWorkbookJob, openWorkbookJob, workbookBytes } from '../tabular/jobs.ts'
import { readInput } from './trust-files.ts'
import { UsageError, complain, readArguments, say } from './usage.ts'

const ASSETS = join(import.meta.dirname, '..', '..', 'assets')
const INPUTS = ['.xlsx', '.xlsm', '.csv', '.tsv', '.txt', '.json']
const OUTPUTS = ['.json', '.xlsx', '.csv'] as const
const ALONE = { signal: new AbortController().signal, progress: () => {} }

/** `onsite template`: checklist ⇄ tables by the files' endings. Doubts as one object a line on stderr; 1 when refused or not fit to be issued. */
export async function templateCommand(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    category: { type: 'string', default: 'industry' },
    output: { type: 'string', short: 'o' },
  })
  const [file, ...more] = positionals
  const category = CATEGORIES.find((one) => one === values.category)
  const ending = OUTPUTS.find((one) => one === extname(values.output ?? '').toLowerCase())
  if (file === undefined || more.length > 0) throw new UsageError('one file expected 需要一个文件')
  if (!INPUTS.includes(extname(file).toLowerCase())) throw new UsageError(`${INPUTS.join(' ')}: ${file}`)
  if (category === undefined) throw new UsageError(`--category: ${CATEGORIES.join('|')}`)
  if (values.output === undefined || ending === undefined) throw new UsageError(`-o: ${OUTPUTS.join(' ')}`)
  const content = extname(file).toLowerCase() === '.json' ? readJson(file) : await readTables(file, category)
  if (content === null) return 1
  const parsed = parseTemplate(content)
  if (!parsed.ok) for (const problem of parsed.problems) complain(JSON.stringify(problem))
  if (ending === '.json' && !parsed.ok) return 1
  writeWhole(resolve(values.output), await bytesOf(content, ending))
  return parsed.ok ? 0 : 1
}

async function bytesOf(template: Template, ending: (typeof OUTPUTS)[number]): Promise<Uint8Array> {
  if (ending === '.json') return jcsBytes(template)
  const workbook: Workbook = ending === '.csv' ? { sheets: [itemSheet(template)] } : templateWorkbook(template)
  return await workbookBytes(workbook, ending === '.csv' ? 'csv' : 'xlsx')
}

/** A checklist as it is stored; null (said on stderr) when it breaks a rule. */
function readJson(file: string): Template | null {
  const json = parseLoose(readInput(file))
  const parsed = json.ok ? parseTemplate(json.value) : null
  if (parsed?.ok === true) return parsed.value
  for (const problem of parsed?.problems ?? [{ path: '', code: 'json', message: file }])
    complain(JSON.stringify(problem))
  return null
}

/** A checklist from tables, mapped by the heads; null (said on stderr) when the file is refused or has no head. */
async function readTables(file: string, category: Template['category']): Promise<Template | null> {
  readInput(file)
  const opened = await openWorkbookJob({ path: resolve(file) }, ALONE)
  if (!opened.ok) {
    complain(JSON.stringify({ file, ...opened.failure }))
    return null
  }
  const { book, view } = opened.value
  const model = builtInTemplates(ASSETS).find((b) => b.document.category === category)
  if (model === undefined) throw new Error(`no built-in checklist: ${category}`)
  const mapping =
    view.guess === null ? null : { ...view.guess, category, number: view.guess.number || basename(file, extname(file)) }
  const made = await importWorkbookJob({ book, kind: view.kind, mapping, base: blankContent(model.document) }, ALONE)
  if (!made.ok) {
    complain(JSON.stringify({ file, ...made.failure }))
    return null
  }
  return told(made.value.preview)
}

function told({ content, problems, counts, total }: ImportPreview): Template {
  for (const problem of problems) complain(JSON.stringify(problem))
  say(JSON.stringify({ ...counts, ...total }))
  return content
}
