import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseResult, type Result } from '../../shared/domain/result.ts'
import { parseSheet } from '../../shared/domain/sheet.ts'
import { parseTask, type Task } from '../../shared/domain/task.ts'
import { parseTemplate, type Template } from '../../shared/domain/template.ts'
import type { SheetOf } from '../../shared/package/payload.ts'
import { readContainer, type ContainedFile, type Container } from './container.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import { readJson } from './verify-document.ts'
import { checkResultContent } from './verify-result.ts'
import { readerOf, type Read } from './verify-seal.ts'

/** What a report is made of. Nobody has checked who signed it: `verifyPackage` does that. */
export type ResultPackage = {
  task: Task
  template: Template
  result: Result
  sheets: SheetOf[]
  evidence: ReadonlyMap<string, ContainedFile>
  /** The issued PDFs by profile. */
  reports: ReadonlyMap<string, ContainedFile>
}

/** Reads a result package by itself: strict container, schemas, recomputed merge; no keys. Refuses with the first failure. */
export async function readResultPackage(path: string): Promise<ResultPackage | Refusal> {
  const file = await open(path, 'r')
  try {
    const container = await readContainer(file, {})
    return isRefusal(container) ? container : await readParts(container, readerOf(file, container))
  } finally {
    await file.close()
  }
}

async function readParts(container: Container, read: Read): Promise<ResultPackage | Refusal> {
  const names = [...container.files.keys()]
  const result = await readJson(read, 'data/result.json', parseResult)
  if (isRefusal(result)) return result
  const task = await readJson(read, 'data/task.json', parseTask)
  if (isRefusal(task)) return task
  const template = await readJson(read, `data/template-${result.value.templateSha256}.json`, parseTemplate)
  if (isRefusal(template)) return template
  if (task.sha256 !== result.value.taskSha256 || template.sha256 !== result.value.templateSha256) {
    return refuse('invalidContent', 'data/result.json', 'reference')
  }
  const sheets: SheetOf[] = []
  for (const name of names.filter((n) => /^data\/sheets\/.*\/sheet\.json$/.test(n)).toSorted()) {
    const sheet = await readJson(read, name, parseSheet)
    if (isRefusal(sheet)) return sheet
    sheets.push({ digest: name.split('/')[2] ?? '', sheet: sheet.value })
  }
  const documents = {
    kind: 'result' as const,
    task: task.value,
    template: template.value,
    result: result.value,
    sheets,
  }
  const problems = checkResultContent(documents, container)
  if (problems.length > 0) return { verdict: 'invalidContent', problems }
  const evidence = [...container.files.values()].filter((f) => f.name.startsWith('data/media/'))
  const reports = [...container.files.values()].flatMap((f) => {
    const profile = /^data\/report-(.+)\.pdf$/.exec(f.name)?.[1]
    return profile === undefined ? [] : [[profile, f] as const]
  })
  return { ...documents, evidence: new Map(evidence.map((f) => [f.sha256, f])), reports: new Map(reports) }
}

/** Copies one contained file into a folder under its own name, once; the path there. Synchronous: for callers that ask one by one. */
export function extractContained(packagePath: string, file: ContainedFile, folder: string): string {
  const target = join(folder, file.name.slice(file.name.lastIndexOf('/') + 1))
  if (existsSync(target)) return target
  const source = openSync(packagePath, 'r')
  try {
    const bytes = new Uint8Array(file.size)
    for (let at = 0; at < bytes.length;) {
      const read = readSync(source, bytes, at, bytes.length - at, file.offset + at)
      if (read === 0) throw new Error(`package changed while it was read: ${file.name}`)
      at += read
    }
    writeFileSync(target, bytes)
    return target
  } finally {
    closeSync(source)
  }
}
