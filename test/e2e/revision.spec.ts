import { templateItems } from '../../shared/domain/template.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { t } from '../support/e2e-text.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { acceptPreview, exportPackage, openFiles, previewOf } from './pages/exchange-page.ts'
import { choose, givePassphrase, openTask, openTaskPage } from './pages/frame.ts'
import { openPart } from './pages/task-page.ts'

const { enterprise } = sampleTaskContent()
const GONE = 'i1.1'
const CHANGED = 'i1.5'

/** The next edition of the task's checklist: one item gone, its points with another. */
async function issueEdition(lead: Desk, taskId: string): Promise<void> {
  const { task } = await lead.call('sheet.open', { taskId })
  const from = { kind: 'edition' as const, sha256: task.templateSha256 }
  const { draftId, content } = await lead.call('template.newDraft', { from })
  const points = templateItems(content).find((i) => i.id === GONE)?.full_cp ?? 0
  const sections = content.sections.map((section) => ({
    ...section,
    items: section.items.flatMap((item) => {
      if (item.id === GONE) return []
      return [item.id === CHANGED && item.type === 'maturity' ? { ...item, full_cp: item.full_cp + points } : item]
    }),
  }))
  await lead.call('template.saveDraft', { draftId, json: JSON.stringify({ ...content, sections }) })
  await lead.call('template.issue', { draftId })
}

test('a handed task is revised; its expert previews, moves the sheet to the new edition and moves it back', async ({
  bench,
}) => {
  test.setTimeout(180_000)
  const { taskId } = bench
  const lead = await bench.open('lead', { from: ['filled', 'lead'] })
  await issueEdition(lead, taskId)
  await openTask(lead, enterprise.name)
  await lead.page.getByRole('button', { name: t('revision', 'revise') }).click()
  await expect(lead.page.getByText(t('revision', 'editAll', { to: 2 }))).toBeVisible()
  await openPart(lead, 'issue')
  await expect(lead.page.getByText(t('task', 'problem_nothingChanged'))).toBeVisible()
  const issue = lead.page.getByRole('button', { name: t('revision', 'issue', { to: 2 }), exact: true })
  await expect(issue).toBeDisabled()

  await openPart(lead, 'rules')
  const edition = t('task', 'templateEdition', { n: 2 })
  await choose(lead, lead.page.getByLabel(t('task', 'template'), { exact: true }), edition)
  await openPart(lead, 'issue')
  await expect(lead.page.getByText(t('revision', 'template', { from: 1, to: 2 }))).toBeVisible()
  await issue.click()
  await givePassphrase(lead, PASSPHRASE, t('revision', 'issue', { to: 2 }))
  await expect(lead.page.getByRole('heading', { level: 1, name: t('exchange', 'taskTitle') })).toBeVisible()
  await exportPackage(
    lead,
    new RegExp(`${t('exchange', 'kind_task')}.*${t('exchange', 'revisionN', { n: 2 })}`),
    bench.file('task-2.evp'),
  )

  const expert = await bench.open('expert', { from: ['filled', 'e1'] })
  const before = await expert.call('sheet.open', { taskId })
  await openFiles(expert, bench.file('task-2.evp'))
  const preview = previewOf(expert, 'task-2.evp')
  await expect(preview).toContainText(t('revision', 'arrival', { from: 1, to: 2 }))
  await expect(preview).toContainText(t('revision', 'arrival_move'))
  await acceptPreview(preview)
  await expert.page.getByRole('button', { name: t('exchange', 'openTask') }).click()
  await expect(expert.page.getByRole('heading', { name: t('revision', 'moveTitle') })).toBeVisible()
  expect((await expert.call('sheet.open', { taskId })).answers).toEqual(before.answers)

  await openTaskPage(expert, 'seal')
  await expect(expert.page.getByText(t('revision', 'sealBlocked'))).toBeVisible()
  await openTaskPage(expert, 'overview')
  await expert.page.getByRole('button', { name: t('revision', 'look') }).click()
  const dialog = expert.page.getByRole('dialog')
  await expect(dialog).toContainText(t('revision', 'why_removed'))
  await expect(dialog.getByRole('button', { name: t('revision', 'outcome_kept') })).toBeVisible()
  await dialog.getByRole('button', { name: t('revision', 'moveConfirm', { n: 2 }) }).click()
  await expect(expert.page.getByText(t('revision', 'movedTitle', { n: 2 }))).toBeVisible()
  const moved = await expert.call('sheet.open', { taskId })
  expect(moved.answers.map((a) => a.item)).toEqual(before.answers.map((a) => a.item).filter((i) => i !== GONE))

  await expert.page.getByRole('button', { name: t('revision', 'moveBack') }).click()
  await expert.page
    .getByRole('dialog')
    .getByRole('button', { name: t('revision', 'moveBackConfirm') })
    .click()
  await expect(expert.page.getByRole('heading', { name: t('revision', 'moveTitle') })).toBeVisible()
  const back = await expert.call('sheet.open', { taskId })
  expect(back.answers.map((a) => [a.item, a.value, a.score])).toEqual(
    before.answers.map((a) => [a.item, a.value, a.score]),
  )
  expect([...lead.complaints, ...expert.complaints]).toEqual([])
})
