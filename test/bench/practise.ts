import type { Page } from '@playwright/test'
import type { SheetView } from '../../shared/contract/views.ts'

const PASSPHRASE = 'bench passphrase'

/** One person with the sample task to themselves, made through the window's own operations. */
export async function practise(page: Page): Promise<{ taskId: string; view: SheetView }> {
  await page.waitForFunction(() => 'onsite' in window)
  return await page.evaluate(async (passphrase) => {
    const { onsite } = window
    const value = async <T>(
      answer: Promise<{ ok: true; value: T } | { ok: false; failure: { code: string } }>,
    ): Promise<T> => {
      const outcome = await answer
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
      return outcome.value
    }
    await value(onsite['identity.create']({ name: '测量', unit: '样例', number: '1', passphrase }))
    const project = await value(onsite['project.found']({ name: '测量', passphrase }))
    const [template] = await value(onsite['template.list']({}))
    const { draft } = await value(
      onsite['task.newDraft']({
        projectId: project.projectId,
        templateSha256: template?.sha256 ?? '',
        fromSample: true,
      }),
    )
    const { taskId } = await value(onsite['task.issue']({ draftId: draft.draftId, passphrase }))
    return { taskId, view: await value(onsite['sheet.accept']({ taskId })) }
  }, PASSPHRASE)
}
