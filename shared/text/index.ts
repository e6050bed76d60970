import type { Catalogue } from './catalogue.ts'
import { checklist } from './checklist.ts'
import { common, failures } from './common.ts'
import { dialogs } from './dialogs.ts'
import { documents } from './documents.ts'
import { evidence } from './evidence.ts'
import { exchange } from './exchange.ts'
import { find } from './find.ts'
import { help } from './help.ts'
import { home } from './home.ts'
import { identity } from './identity.ts'
import { nonconformity } from './nonconformity.ts'
import { project } from './project.ts'
import { report } from './report.ts'
import { reportTemplates } from './report-templates.ts'
import { revision } from './revision.ts'
import { seal } from './seal.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { task } from './task.ts'
import { team } from './team.ts'
import { findings } from './findings.ts'
import { cellProblems, workbookRefusals } from './template-cells.ts'
import { templateCompare } from './template-compare.ts'
import { templateEditor } from './template-editor.ts'
import { templateImport } from './template-import.ts'
import { layerConflicts, templateLayer } from './template-layer.ts'
import { templates } from './templates.ts'
import { why } from './why.ts'
import { workbooks } from './workbooks.ts'

/** Every string a person reads, by area. */
export const catalogues = {
  cellProblems,
  checklist,
  common,
  dialogs,
  documents,
  evidence,
  exchange,
  failures,
  find,
  help,
  home,
  identity,
  layerConflicts,
  nonconformity,
  project,
  report,
  reportTemplates,
  revision,
  seal,
  settings,
  shell,
  task,
  team,
  findings,
  templateCompare,
  templateEditor,
  templateImport,
  templateLayer,
  templates,
  why,
  workbookRefusals,
  workbooks,
} satisfies Record<string, Catalogue>

type Resources = { [area in keyof typeof catalogues]: Record<string, string> }

/** The catalogue of one language, shaped for i18next: area → key → string. */
export function resourcesOf(language: 'zh' | 'en'): Resources {
  const areas = Object.entries(catalogues).map(([area, phrases]) => [
    area,
    Object.fromEntries(
      Object.entries<{ zh: string; en: string }>(phrases).map(([key, phrase]) => [key, phrase[language]]),
    ),
  ])
  return Object.fromEntries(areas) as Resources
}
