import type { Member } from '../../shared/domain/task.ts'
import type { DocumentInput } from '../../shared/report/documents/context.ts'
import { sha256, type ReportWorld } from './report-world.ts'

/** What separate documents of the sample visit are made of; by the lead of the finished visit unless said otherwise. */
export function documentInput(world: ReportWorld, over: Partial<DocumentInput> = {}): DocumentInput {
  const me = over.me ?? memberOf(world, 'lead')
  const own = world.sheets.find((s) => s.sheet.expert.personId === me.personId)?.sheet
  return {
    task: world.task,
    template: world.template,
    words: world.words,
    language: 'zh',
    me,
    visit: { result: world.result, sheets: world.sheets, contentSha256: world.contentSha256, isIssued: true },
    own: {
      nonconformities: own?.nonconformities ?? [],
      meetings: own?.meetings ?? [],
      media: own?.media ?? [],
      acceptedAt: own?.declaration.acceptedAt ?? null,
    },
    pocket: { sections: null, ownPages: false, hints: true },
    hash: sha256,
    ...over,
  }
}

export function memberOf(world: ReportWorld, role: Member['role']): Member {
  const member = world.task.team.find((m) => m.role === role)
  if (!member) throw new Error(role)
  return member
}
