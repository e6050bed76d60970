import { join } from 'node:path'
import { initCentre, startCentre } from '../support/e2e-centre.ts'
import { t } from '../support/e2e-text.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { openPage } from './pages/frame.ts'
import { enrol, openRequest, readDigits, saveInvitation } from './pages/project-page.ts'

test('a sheet goes to the centre and counts as received only with its receipt', async ({ bench }) => {
  const desk = await bench.open('lead', { from: ['sealed', 'lead'] })
  const { page } = desk
  const folder = bench.file('centre')
  await openPage(desk, 'project')
  const digits = (await readDigits(page.getByRole('list', { name: t('project', 'rootDigits') }))).join(' ')
  initCentre(folder, bench.seedFile('invitation.json'), digits)
  await openRequest(desk, join(folder, 'centre-request.json'))
  await enrol(desk, PASSPHRASE, 'centre')
  await saveInvitation(desk, bench.file('invitation-2.json'))
  initCentre(folder, bench.file('invitation-2.json'), digits)
  const centre = await startCentre(folder)
  try {
    await page.getByLabel(t('project', 'centreUrl')).fill(centre.url)
    await page.getByRole('button', { name: t('project', 'centreSave') }).click()
    await expect(page.getByText(t('project', 'centreSaved'))).toBeVisible()
  } finally {
    await centre.stop()
  }

  await desk.go(`/task/${bench.taskId}/exchange`)
  const queue = page.getByRole('listitem').filter({ hasText: t('exchange', 'kind_sheet') })
  const card = page
    .getByRole('region', { name: t('exchange', 'packages') })
    .getByRole('article')
    .filter({ hasText: t('exchange', 'kind_sheet') })
    .first()
  await card.getByRole('button', { name: t('seal', 'send') }).click()
  await expect(queue).toContainText(t('failures', 'offline'))
  await expect(card).toContainText(t('shell', 'receivedAtNot'))
  const again = await startCentre(folder, centre.port)
  try {
    await expect(queue).toContainText(t('exchange', 'state_received'), { timeout: 60_000 })
    await expect(card.locator('.delivery li').filter({ hasText: t('shell', 'receivedAt') })).toHaveAttribute(
      'data-done',
      'true',
    )
    const [entry] = await desk.call('package.queue', {})
    expect(entry).toMatchObject({ state: 'received', receivedAt: expect.any(String) })
  } finally {
    await again.stop()
  }
  await desk.close()
  const later = await bench.open('lead', { from: ['sealed', 'lead'] })
  expect((await later.call('package.queue', {}))[0]?.state).toBe('received')
})
