import { ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ProfileName, Template } from '../../shared/domain/template.ts'
import { buildReport } from '../../shared/report/build.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import { specimenOf, type Specimen } from '../../shared/report/specimen.ts'
import type { ReportTemplate } from '../../shared/report/template.ts'
import { sha256 } from '../exchange/crypto.ts'
import { storedTemplate } from '../report/enclosed-template.ts'

export type SpecimenJob = { checklist: Template; draft: ReportTemplate; profile: ProfileName; language: 'zh' | 'en' }

/** Made once a thread: only the built-in checklist of each category is asked for. */
const specimens = new Map<string, Specimen>()

/** The report of a visit that never was, by a report template in the making. Never fails. */
export async function specimenReportJob(order: SpecimenJob): Promise<Outcome<ReportModel>> {
  const { checklist, draft, profile, language } = order
  const key = `${checklist.category} ${language}`
  const specimen = specimens.get(key) ?? specimenOf({ template: checklist, language, hash: sha256 })
  specimens.set(key, specimen)
  return ok(buildReport({ ...specimen, profile, language, words: draft, ownWords: storedTemplate(draft) }))
}
