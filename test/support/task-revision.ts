import { rmSync } from 'node:fs'
import type { TaskContent } from '../../shared/contract/drafts.ts'
import type { DraftView, PackagePreview, TaskCard } from '../../shared/contract/views.ts'
import { templateItems, type Template } from '../../shared/domain/template.ts'
import { PASSPHRASE, job, type Machine, type World } from './app-world.ts'

/** Opens the next revision of a task and keeps what `change` makes of it. */
export async function drafted(
  machine: Machine,
  taskId: string,
  change: (content: TaskContent) => TaskContent,
  templateSha256?: string,
): Promise<DraftView> {
  const { draft } = await machine.call('task.revise', { taskId })
  return await machine.call('task.saveDraft', {
    draft: { ...draft, templateSha256: templateSha256 ?? draft.templateSha256, content: change(draft.content) },
  })
}

/** The same, issued and written to a file. */
export async function revised(
  world: World,
  machine: Machine,
  taskId: string,
  change: (content: TaskContent) => TaskContent,
  templateSha256?: string,
): Promise<{ card: TaskCard; file: string }> {
  const view = await drafted(machine, taskId, change, templateSha256)
  if (view.problems.length > 0) throw new Error(JSON.stringify(view.problems))
  const card = await machine.call('task.issue', { draftId: view.draft.draftId, passphrase: PASSPHRASE })
  const file = world.file(`task-${card.revision}.evp`)
  rmSync(file, { force: true })
  machine.answers.push(file)
  await machine.call('package.export', { digest: card.taskPackage?.digest ?? '', job: job() })
  return { card, file }
}

/** What a machine sees of one file before it accepts it. */
export async function previewed(machine: Machine, file: string): Promise<PackagePreview> {
  machine.answers.push(file)
  const [preview] = (await machine.call('package.open', { job: job() })) ?? []
  if (preview === undefined) throw new Error('no preview')
  return preview
}

export type NextEdition = { sha256: string; dropped: string; changed: string; added: string }

/**
 * The next edition of a checklist, issued on this machine: one scored item gone, another worth its points too, a new one in the
 * place of the gone one for a part of them.
 */
export async function nextEdition(machine: Machine, sha256: string, items: [string, string]): Promise<NextEdition> {
  const { draftId, content } = await machine.call('template.newDraft', { from: { kind: 'edition', sha256 } })
  const [dropped, changed] = items
  await machine.call('template.saveDraft', { draftId, json: JSON.stringify(changedEdition(content, dropped, changed)) })
  const card = await machine.call('template.issue', { draftId })
  return { sha256: card.sha256, dropped, changed, added: 'new-item' }
}

function changedEdition(template: Template, dropped: string, changed: string): Template {
  const gone = templateItems(template).find((i) => i.id === dropped)
  if (gone === undefined || gone.full_cp === null) throw new Error('not a scored item')
  const share = gone.full_cp / 2
  const sections = template.sections.map((section) => ({
    ...section,
    items: section.items.flatMap((item): Template['sections'][number]['items'] => {
      if (item.id === changed && item.type === 'maturity') return [{ ...item, full_cp: item.full_cp + share }]
      if (item.id !== dropped || item.type !== 'conformity') return [item]
      const spec = { ...item.spec, points_cp: null }
      return [{ ...item, id: 'new-item', code: `${item.code}a`, full_cp: share, spec }]
    }),
  }))
  return { ...template, sections }
}
