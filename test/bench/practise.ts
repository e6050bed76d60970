import type { Page } from '@playwright/test'
import type { Args, Calls, MethodName, Returns } from '../../shared/contract/api.ts'
import type { Outcome } from '../../shared/contract/errors.ts'
import type { SheetView } from '../../shared/contract/views.ts'

const PASSPHRASE = 'bench passphrase'

/** One person with the sample task to themselves, made through the window's own operations. */
export async function practise(page: Page): Promise<{ taskId: string; view: SheetView }> {
  await page.waitForFunction(() => 'onsite' in window)
  return await page.evaluate(async (passphrase) => {
    const calls: Calls = window.onsite
    const value = async <M extends MethodName>(name: M, args: Args<M>): Promise<Returns<M>> => {
      const outcome = JSON.parse(await calls[name](args)) as Outcome<Returns<M>>
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
      return outcome.value
    }
    await value('identity.create', { name: '测量', unit: '样例', number: '1', passphrase })
    const project = await value('project.found', { name: '测量', passphrase })
    const [template] = await value('template.list', {})
    const { draft } = await value('task.newDraft', {
      projectId: project.projectId,
      templateSha256: template?.sha256 ?? '',
      fromSample: true,
    })
    const { taskId } = await value('task.issue', { draftId: draft.draftId, passphrase })
    return { taskId, view: await value('sheet.accept', { taskId }) }
  }, PASSPHRASE)
}
