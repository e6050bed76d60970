import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { VERDICT_TEXT, type Verdict } from '../../shared/package/verdict.ts'
import { t } from '../support/e2e-text.ts'
import { expect, test, type Bench } from './fixtures.ts'
import { acceptPreview, openFiles, previewOf } from './pages/exchange-page.ts'
import type { Desk } from './pages/desk.ts'

/** Opens one file and expects its verdict in words, and nothing to take in. */
async function refused(desk: Desk, file: string, verdict: Verdict): Promise<void> {
  await openFiles(desk, file)
  const preview = desk.page
    .getByRole('article')
    .filter({ hasText: file.split('/').at(-1) ?? '' })
    .first()
  await expect(preview).toContainText(VERDICT_TEXT[verdict].zh)
  await expect(preview.getByRole('button', { name: t('exchange', 'accept'), exact: true })).toHaveCount(0)
  await preview.getByRole('button', { name: t('exchange', 'closeCard') }).click()
}

function flipped(bench: Bench, at: number): string {
  const bytes = readFileSync(bench.seedFile('sheet-e1.evp'))
  const index = Math.floor(bytes.length * at)
  bytes[index] = (bytes[index] ?? 0) ^ 1
  const file = bench.file(`flipped-${at}.evp`)
  writeFileSync(file, bytes)
  return file
}

test('damaged, forged and foreign packages are named as what they are and not taken in', async ({ bench }) => {
  const lead = await bench.open('lead', { from: ['sealed', 'lead'] })
  await refused(lead, flipped(bench, 0.5), 'damaged')
  await refused(lead, bench.seedFile('notAuthentic.evp'), 'notAuthentic')
  await refused(lead, bench.seedFile('unknownSigner.evp'), 'unknownSigner')
  await refused(lead, bench.seedFile('notPermitted.evp'), 'notPermitted')
  expect((await lead.call('team.open', { taskId: bench.taskId })).arrived).toHaveLength(1)
  await openFiles(lead, bench.seedFile('sheet-e1.evp'))
  await acceptPreview(previewOf(lead, 'sheet-e1.evp'))
  await expect(lead.page.getByText(t('exchange', 'acceptedSheet'))).toBeVisible()
  expect((await lead.call('team.open', { taskId: bench.taskId })).arrived).toHaveLength(2)
  await refused(lead, bench.seedFile('sheet-e1.evp'), 'duplicate')
  expect(lead.complaints).toEqual([])
})

test('whatever the order of arrival, the merge is the same', async ({ bench }) => {
  const merges: unknown[] = []
  for (const [n, order] of [
    ['e1', 'e2', 'e3', 'e4'],
    ['e4', 'e3', 'e2', 'e1'],
    ['e3', 'e1', 'e4', 'e2'],
  ].entries()) {
    const lead = await bench.open(`lead-${n}`, { from: ['sealed', 'lead'] })
    for (const files of [order.slice(0, 3), order.slice(3)]) {
      await openFiles(
        lead,
        files.map((person) => bench.seedFile(`sheet-${person}.evp`)),
      )
      for (const person of files) await acceptPreview(previewOf(lead, `sheet-${person}.evp`))
      await expect(lead.page.getByText(t('exchange', 'acceptedSheet'))).toHaveCount(
        files.length === 1 ? 4 : files.length,
      )
    }
    const team = await lead.call('team.open', { taskId: bench.taskId })
    expect(team.outcome?.missingMembers).toEqual([])
    merges.push(team.outcome?.merge)
    await lead.close()
  }
  expect(merges[1]).toEqual(merges[0])
  expect(merges[2]).toEqual(merges[0])
})

test('a full stick is told as one and leaves no half file', async ({ bench }) => {
  test.skip(process.getuid?.() !== 0, 'needs a small file system')
  const stick = bench.file('stick')
  mkdirSync(stick)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', stick])
  try {
    const desk = await bench.open('e1', { from: ['sealed', 'e1'] })
    await desk.go(`/task/${bench.taskId}/seal`)
    await desk.answer(`${stick}/sheet.evp`)
    await desk.page.getByRole('button', { name: t('seal', 'export') }).click()
    await expect(desk.page.getByRole('alert')).toContainText(t('failures', 'diskFull'))
    expect(readdirSync(stick)).toEqual([])
    await desk.answer(bench.file('control.evp'))
    await desk.page
      .getByRole('button', { name: t('seal', 'export') })
      .first()
      .click()
    await expect.poll(() => existsSync(bench.file('control.evp'))).toBe(true)
    await desk.close()
  } finally {
    execFileSync('umount', [stick])
  }
})
