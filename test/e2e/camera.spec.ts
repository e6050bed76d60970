import { writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { t } from '../support/e2e-text.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { expect, test } from './fixtures.ts'
import { toItem } from './pages/checklist-page.ts'

/** A camera that shows a moving picture; the system's own question is answered by our permission handler alone. */
const FAKE_CAMERA = ['--use-fake-device-for-media-stream']

test('photos are shot with the computer’s camera; nothing but the camera is granted to the page', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['handed', 'e2'], args: FAKE_CAMERA })
  const { page } = desk
  const { taskId } = bench
  await desk.call('sheet.accept', { taskId })
  await toItem(desk, taskId, 'v7', 'V7')
  const strip = page.getByRole('region', { name: t('checklist', 'evidence') })
  await strip.getByRole('button', { name: t('evidence', 'takePhotos') }).click()
  const camera = page.getByRole('dialog', { name: t('evidence', 'cameraFor', { what: 'V7' }) })
  const shoot = camera.getByRole('button', { name: t('evidence', 'shoot') })
  await shoot.click()
  await expect(camera.getByRole('status').first()).toHaveText(t('evidence', 'shotsSaved', { n: 1 }))
  await shoot.click()
  await expect(camera.getByRole('status').first()).toHaveText(t('evidence', 'shotsSaved', { n: 2 }))
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map((v) => v.id)).toEqual([])
  await camera.getByRole('button', { name: t('common', 'close') }).click()
  const { media } = await desk.call('sheet.open', { taskId })
  expect(media.map((m) => [m.road, m.ext, m.items])).toEqual([
    ['camera', 'jpg', ['v7']],
    ['camera', 'jpg', ['v7']],
  ])
  const refused = await page.evaluate(async () => {
    const asked = [{ audio: true }, { audio: true, video: true }].map((wanted) =>
      navigator.mediaDevices.getUserMedia(wanted).then(
        () => 'granted',
        (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
      ),
    )
    return [...(await Promise.all(asked)), await Notification.requestPermission()]
  })
  expect(refused).toEqual(['NotAllowedError', 'NotAllowedError', 'denied'])
  expect(desk.complaints).toEqual([])
})

test('a computer without a camera says so and offers what is left', async ({ bench }) => {
  const desk = await bench.open('e2', {
    from: ['handed', 'e2'],
    args: ['--use-fake-device-for-media-stream=device-count=0'],
  })
  const { page } = desk
  await desk.call('sheet.accept', { taskId: bench.taskId })
  await toItem(desk, bench.taskId, 'v7', 'V7')
  const strip = page.getByRole('region', { name: t('checklist', 'evidence') })
  await strip.getByRole('button', { name: t('evidence', 'takePhotos') }).click()
  await expect(page.getByRole('alert')).toContainText(t('evidence', 'cameraNone'))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  writeFileSync(bench.file('phone.jpg'), await makePhoto(70))
  await desk.answer(bench.file('phone.jpg'))
  await page.keyboard.press('p')
  await expect(strip.getByRole('button', { name: t('checklist', 'openPhoto', { name: 'phone.jpg' }) })).toBeVisible()
})
