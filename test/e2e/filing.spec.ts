import { writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { toBuffer } from 'qrcode'
import sharp from 'sharp'
import { itemCode, pageCode } from '../../shared/report/documents/page-code.ts'
import { startOf, t } from '../support/e2e-text.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { expect, test, type Bench } from './fixtures.ts'

const ANOTHER_TASK = '01234567-89ab-7def-8123-456789abcdef'

/** A photo taken at that minute, with these codes on the wall. */
async function photo(bench: Bench, name: string, minute: number, ...texts: string[]): Promise<string> {
  const symbols = await Promise.all(texts.map((text) => toBuffer(text, { width: 240 })))
  const wall = await makePhoto(60 + minute, { width: 1600, height: 1200 })
  const placed = symbols.map((input, n) => ({ input, left: 60 + n * 280, top: 80 }))
  const picture = sharp(wall).composite(placed).jpeg({ quality: 75 })
  const taken = `2026:11:24 10:${String(minute).padStart(2, '0')}:00`
  writeFileSync(bench.file(name), await picture.withExif({ IFD2: { DateTimeOriginal: taken } }).toBuffer())
  return bench.file(name)
}

test('photographed codes file their pictures, what follows is offered, what belongs elsewhere stays; all of it can be undone', async ({
  bench,
}) => {
  const desk = await bench.open('e2', { from: ['handed', 'e2'] })
  const { page } = desk
  const { taskId } = bench
  await desk.call('sheet.accept', { taskId })
  const signIn = pageCode(taskId, 'signIn', 'AB12-CD34-EF56').replace('{page}', '1').replace('{pages}', '2')
  await desk.answer([
    await photo(bench, 'code.jpg', 1, itemCode(taskId, 'v7')),
    await photo(bench, 'machine.jpg', 2),
    await photo(bench, 'valve.jpg', 3),
    await photo(bench, 'foreign.jpg', 4, itemCode(taskId, 'v7'), itemCode(ANOTHER_TASK, 'v7')),
    await photo(bench, 'floor.jpg', 5),
    await photo(bench, 'signed.jpg', 6, signIn),
  ])
  await desk.go(`/task/${taskId}/checklist?extra=tray`)
  const tray = page.getByRole('region', { name: t('checklist', 'extra_tray') })
  await tray.getByRole('button', { name: t('checklist', 'addToTray') }).click()
  const report = tray.getByRole('region', { name: t('evidence', 'filedByCode') })
  await expect(report.getByRole('status')).toHaveText(t('evidence', 'filedCounts', { filed: 1, left: 5 }))
  const row = (name: string) =>
    report.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }).first() })
  await expect(row('code.jpg')).toContainText(t('evidence', 'filedItem', { codes: 'V7' }))
  await expect(row('foreign.jpg')).toContainText(t('evidence', 'why_otherTask'))
  await expect(row('signed.jpg')).toContainText(t('documents', 'doc_signIn'))
  await expect(row('signed.jpg')).toContainText(startOf(t('evidence', 'why_noMeeting')))
  await expect(row('floor.jpg')).toHaveCount(0)

  await report.getByRole('button', { name: t('evidence', 'followAll', { n: 2 }) }).click()
  await expect(report.getByRole('status')).toHaveText(t('evidence', 'filedCounts', { filed: 3, left: 3 }))
  await report.getByRole('button', { name: t('evidence', 'unfileName', { name: 'valve.jpg' }) }).click()
  await expect(row('valve.jpg')).toContainText(t('evidence', 'unfiledAgain'))
  const filed = (await desk.call('sheet.open', { taskId })).media.filter((m) => m.items.length > 0)
  expect(Object.fromEntries(filed.map((m) => [m.name, m.items]))).toEqual({ 'code.jpg': ['v7'], 'machine.jpg': ['v7'] })

  const meeting = { kind: 'opening' as const, at: '2026-11-24T01:00:00.000Z', place: '', clockNote: '', minutes: '' }
  await desk.call('sheet.saveMeetings', { taskId, meetings: [{ ...meeting, attendance: [], media: [] }] })
  await tray.getByRole('button', { name: t('evidence', 'fileByCode') }).click()
  await expect(row('signed.jpg')).toContainText(
    t('evidence', 'filedMeeting', { meetings: t('task', 'meeting_opening') }),
  )
  const { meetings, media } = await desk.call('sheet.open', { taskId })
  expect(meetings[0]?.media).toEqual(media.filter((m) => m.name === 'signed.jpg').map((m) => m.sha256))
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map((v) => v.id)).toEqual([])
  expect(desk.complaints).toEqual([])
})
