import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Template } from '../../shared/domain/template.ts'
import { parseReportTemplate, type ReportTemplate } from '../../shared/report/template.ts'

const read = new Map<string, ReportTemplate>()

/** The built-in report template of a category, read once a process. A missing or wrong file of the app itself throws. */
export function reportTemplateOf(assets: string, category: Template['category']): ReportTemplate {
  const path = join(assets, 'report-templates', `${category}.json`)
  const known = read.get(path)
  if (known) return known
  const parsed = parseReportTemplate(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.ok) throw new Error(`${path}: ${JSON.stringify(parsed.problems)}`)
  read.set(path, parsed.value)
  return parsed.value
}
