import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startOf, t } from '../support/e2e-text.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { expect, test, type Bench } from './fixtures.ts'
import { pane, toItem } from './pages/checklist-page.ts'
import type { Desk } from './pages/desk.ts'
import { choose } from './pages/frame.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The original as the profile keeps it. */
function original({ profile }: Desk, hash: string): Buffer {
  const [identity = ''] = readdirSync(join(profile, 'identities'))
  return readFileSync(join(profile, 'identities', identity, 'media', hash.slice(0, 2), hash))
}

async function openItem(bench: Bench): Promise<Desk> {
  const desk = await bench.open('e2', { from: ['handed', 'e2'] })
  await desk.call('sheet.accept', { taskId: bench.taskId })
  await toItem(desk, bench.taskId, 'v7', 'V7')
  return desk
}

test('photos come in by dialog and by dropping, are kept bit by bit, filed under two items and marked for the report', async ({
  bench,
}) => {
  const desk = await openItem(bench)
  const { page } = desk
  const strip = page.getByRole('region', { name: t('checklist', 'evidence') })
  const chosen = await makePhoto(7, { width: 1600, height: 1200, orientation: 6 })
  writeFileSync(bench.file('现场 1.jpg'), chosen)
  writeFileSync(bench.file('清单.docx'), 'PK not a picture')
  await desk.answer([bench.file('现场 1.jpg'), bench.file('清单.docx')])
  await strip.getByRole('button', { name: t('checklist', 'addPhotos') }).click()
  const refused = strip.getByRole('alert')
  await expect(refused).toContainText('清单.docx')
  await expect(refused).toContainText(t('failures', 'unsupportedFile'))
  await refused.getByRole('button', { name: t('checklist', 'understood') }).click()
  const thumb = strip.getByRole('button', { name: t('checklist', 'openPhoto', { name: '现场 1.jpg' }) })
  await expect
    .poll(async () => await thumb.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(50)
  expect(original(desk, sha256(chosen)).equals(chosen)).toBe(true)

  const dropped = await makePhoto(8, { width: 900, height: 600, orientation: 1 })
  const transfer = await page.evaluateHandle(
    (bytes) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(bytes)], 'dropped.jpg', { type: 'image/jpeg' }))
      return data
    },
    [...dropped],
  )
  await strip.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(strip.getByRole('button', { name: startOf(t('checklist', 'openPhoto')) })).toHaveCount(2)
  expect(original(desk, sha256(dropped)).equals(dropped)).toBe(true)

  await thumb.click()
  const viewer = page.getByRole('dialog')
  await expect
    .poll(
      async () =>
        await viewer
          .getByRole('img')
          .first()
          .evaluate((img: HTMLImageElement) => img.naturalHeight),
    )
    .toBeGreaterThan(400)
  await viewer.getByLabel(t('checklist', 'caption')).fill('试验站安全阀铅封')
  await choose(desk, viewer.getByRole('combobox', { name: t('checklist', 'belongsTo') }), /^2\.1 /)
  await viewer.getByRole('heading').first().click()
  await viewer.getByLabel(t('checklist', 'inReport')).check()
  await expect(viewer.locator('.saved-state')).toHaveAttribute('data-state', 'saved')
  await viewer.getByRole('button', { name: t('checklist', 'close'), exact: true }).click()
  const { media } = await desk.call('sheet.open', { taskId: bench.taskId })
  expect(media.find((m) => m.sha256 === sha256(chosen))).toMatchObject({
    caption: '试验站安全阀铅封',
    items: ['v7', 'i2.1'],
    inReport: true,
  })
  await toItem(desk, bench.taskId, 'i2.1', '2.1')
  await expect(
    pane(desk, '2.1').getByRole('button', { name: t('checklist', 'openPhoto', { name: '试验站安全阀铅封' }) }),
  ).toContainText(t('checklist', 'inReportShort'))
  expect(desk.complaints).toEqual([])
})

test('a photo withdrawn at the enterprise’s request is destroyed, one put aside comes back', async ({ bench }) => {
  const desk = await openItem(bench)
  const { page } = desk
  const photo = await makePhoto(9, { width: 800, height: 600, orientation: 1 })
  writeFileSync(bench.file('secret.jpg'), photo)
  await desk.answer(bench.file('secret.jpg'))
  await page.keyboard.press('p')
  const thumb = page.getByRole('button', { name: t('checklist', 'openPhoto', { name: 'secret.jpg' }) })
  await thumb.click()
  const viewer = page.getByRole('dialog')
  await viewer.getByRole('button', { name: t('checklist', 'withdraw') }).click()
  await expect(viewer.getByRole('button', { name: t('checklist', 'withdrawConfirm') })).toBeDisabled()
  await viewer.getByLabel(t('checklist', 'withdrawReason')).fill('企业技术秘密')
  await viewer.getByRole('button', { name: t('checklist', 'withdrawConfirm') }).click()
  await expect(thumb).toHaveCount(0)
  const view = await desk.call('sheet.open', { taskId: bench.taskId })
  expect(view.media).toEqual([])
  expect(view.withdrawn).toMatchObject([{ sha256: sha256(photo), reason: '企业技术秘密' }])
  expect(() => original(desk, sha256(photo))).toThrow()
})
