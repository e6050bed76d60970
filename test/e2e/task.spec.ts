import { writeFileSync } from 'node:fs'
import { t } from '../support/e2e-text.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { acceptPreview, exportPackage, openFiles, previewOf } from './pages/exchange-page.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { declare, goHome, issue, newDraftFromSample, openPart } from './pages/task-page.ts'

const { enterprise } = sampleTaskContent()

test('the sample task is edited, issued, exported and taken in by an expert', async ({ bench }) => {
  const lead = await bench.open('lead', { from: ['handed', 'lead'] })
  const { page } = lead
  await goHome(lead)
  await newDraftFromSample(lead)
  const uscc = page.getByLabel(t('task', 'uscc'))
  await uscc.fill(`${enterprise.uscc.slice(0, 17)}A`)
  await expect(page.locator('.field').filter({ has: uscc }).locator('.field-error')).toContainText(
    t('task', 'usccCheck', { c: enterprise.uscc.slice(17) }),
  )
  await openPart(lead, 'issue')
  await expect(page.getByRole('button', { name: t('task', 'issue'), exact: true })).toBeDisabled()
  await page
    .getByRole('listitem')
    .filter({ hasText: t('task', 'uscc') })
    .getByRole('button', { name: t('task', 'goThere') })
    .click()
  await uscc.fill(enterprise.uscc.toLowerCase())
  await expect(page.locator('.field').filter({ has: uscc }).locator('.field-error')).toHaveCount(0)
  await page.getByLabel(t('task', 'enterpriseName')).fill('样例二厂有限公司')
  await page.getByLabel(t('task', 'enterpriseName')).blur()
  await expect(page.locator('.saved-state').first()).toContainText(t('common', 'saved', { time: '' }).trim())

  await lead.close()
  const again = await bench.open('lead', { from: ['handed', 'lead'] })
  await expect(again.page.getByText('样例二厂有限公司')).toBeVisible()
  await again.page.getByRole('button', { name: t('home', 'continueDraft') }).click()
  await issue(again, PASSPHRASE)
  // Without a centre there is one way out, and the page says so; after it, what the lead does next.
  await expect(again.page.getByRole('button', { name: t('seal', 'send') })).toBeDisabled()
  await expect(again.page.getByText(t('seal', 'noCentre'))).toBeVisible()
  await exportPackage(again, t('exchange', 'kind_task'), bench.file('task.evp'))
  await expect(again.page.getByText(t('exchange', 'nextAfterTask'))).toBeVisible()
  await again.page.getByRole('button', { name: t('exchange', 'goOverview') }).click()
  await expect(again.page.getByLabel(t('task', 'declarationAgree'))).toBeVisible()

  const expert = await bench.open('expert', { from: ['handed', 'e1'] })
  await openFiles(expert, bench.file('task.evp'))
  const preview = previewOf(expert, 'task.evp')
  await expect(preview).toContainText(t('exchange', 'canAccept'))
  await expect(preview).toContainText('样例二厂有限公司')
  expect(await expert.call('task.list', {})).toHaveLength(1)
  await acceptPreview(preview)
  await expert.page.getByRole('button', { name: t('exchange', 'openTask') }).click()
  await expect(expert.page.getByRole('heading', { level: 1, name: '样例二厂有限公司' })).toBeVisible()
  await declare(expert)
  await addMeetingPhoto(expert, bench.file('sign-in.jpg'))

  await openFiles(expert, bench.file('task.evp'))
  await expect(previewOf(expert, 'task.evp')).toContainText(t('exchange', 'already'))
  expect([...again.complaints, ...expert.complaints]).toEqual([])
})

/** Records the opening meeting with a photo of its sign-in sheet. */
async function addMeetingPhoto(desk: Desk, file: string): Promise<void> {
  const { page } = desk
  const name = t('task', 'meeting_opening')
  writeFileSync(file, await makePhoto(7, { width: 800, height: 600, orientation: 1 }))
  await page.getByRole('button', { name: t('task', 'addMeeting', { name }) }).click()
  const meeting = page.getByRole('group', { name, exact: true })
  await desk.answer(file)
  await meeting.getByRole('button', { name: t('task', 'addPhotos') }).click()
  const thumb = meeting.getByRole('button', { name: t('task', 'openPhoto', { name: 'sign-in.jpg' }) })
  await expect(thumb).toBeVisible()
  await meeting.getByLabel(t('task', 'place')).fill('办公楼 301')
  await meeting.getByLabel(t('task', 'place')).blur()
  const { taskId } = (await desk.call('task.list', {})).find((card) => card.enterprise === '样例二厂有限公司') ?? {}
  await expect
    .poll(async () => (await desk.call('sheet.open', { taskId: taskId ?? '' })).meetings[0])
    .toMatchObject({ place: '办公楼 301', media: [expect.any(String)] })
  await thumb.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('task', 'caption')).fill('首次会议签到表')
  await dialog.getByLabel(t('task', 'caption')).blur()
  await dialog.getByRole('button', { name: t('common', 'close') }).click()
  await expect(meeting.getByRole('button', { name: t('task', 'openPhoto', { name: '首次会议签到表' }) })).toBeVisible()
}
