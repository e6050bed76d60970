import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepareElectron, sandboxArguments } from '../../electron/runtime/electron-program.ts'
import { ROOT } from '../../electron/runtime/workspace.ts'
import { t } from '../support/e2e-text.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { openPage, openTask, openTaskPage } from './pages/frame.ts'
import { unlock } from './pages/identity-page.ts'

/** Starts the app without a driver, its error box written to `said` instead of shown; answers the exit code. */
async function startAlone(profile: string, folder: string, said: string): Promise<number | null> {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'alone', type: 'module', main: 'main.js' }))
  writeFileSync(
    join(folder, 'main.js'),
    `import { dialog } from 'electron'
import { writeFileSync } from 'node:fs'
dialog.showErrorBox = (title, text) => writeFileSync(${JSON.stringify(said)}, text)
await import(${JSON.stringify(pathToFileURL(join(ROOT, 'out/main/main.js')).href)})
`,
  )
  const { folder: program } = await prepareElectron()
  const child = spawn(join(program, 'electron'), [...sandboxArguments(), '--disable-gpu', folder], {
    env: { ...process.env, YOUPIN_PROFILE: profile },
    stdio: 'ignore',
  })
  return await new Promise((done) => child.once('exit', done))
}

test('a second app on the same profile is turned away with a word; the first goes on', async ({ bench }) => {
  const first = await bench.open('shared', { from: ['handed', 'e1'] })
  expect(await startAlone(first.profile, bench.file('alone'), bench.file('said'))).toBe(1)
  expect(readFileSync(bench.file('said'), 'utf8')).toContain('正被另一个已打开的程序使用')
  expect(await first.call('task.list', {})).toHaveLength(1)
})

test('a draft copy made on one machine brings the work back on another', async ({ bench }) => {
  const { taskId } = bench
  const stick = bench.file('stick')
  mkdirSync(stick)
  const desk = await bench.open('old', { from: ['filled', 'e2'] })
  await openPage(desk, 'settings')
  await desk.answer(stick)
  await desk.page.getByRole('button', { name: t('settings', 'chooseFolder') }).click()
  await expect(desk.page.getByText(stick)).toBeVisible()
  await desk.page.getByRole('button', { name: t('settings', 'backupNow') }).click()
  await expect(desk.page.getByText(t('settings', 'mediaCount', { n: 1 }))).toBeVisible()
  const before = await desk.call('sheet.open', { taskId })
  await desk.close()
  const [copy = ''] = readdirSync(stick, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ypc'))
    .toSorted()
    .toReversed()

  const other = await bench.open('new')
  const { page } = other
  await page.getByRole('button', { name: t('identity', 'recoverCopy') }).click()
  await page.getByLabel(t('common', 'passphrase')).fill('not the passphrase')
  await other.answer(join(stick, copy))
  await page.getByRole('button', { name: t('identity', 'chooseCopy') }).click()
  await expect(page.getByRole('alert')).toContainText(t('failures', 'wrongPassphrase'))
  await page.getByLabel(t('common', 'passphrase')).fill(PASSPHRASE)
  await other.answer(join(stick, copy))
  await page.getByRole('button', { name: t('identity', 'chooseCopy') }).click()
  await expect(page.getByText(t('identity', 'copyFound'))).toBeVisible()
  await expect(page.getByText('赵启航')).toBeVisible()
  await page.getByRole('button', { name: t('identity', 'restore') }).click()
  await unlock(other, PASSPHRASE, '赵启航')
  await openTask(other, sampleTaskContent().enterprise.name)
  await openTaskPage(other, 'seal')
  await expect(page.getByText(t('seal', 'complete'))).toBeVisible()
  const after = await other.call('sheet.open', { taskId })
  expect(after.answers).toEqual(before.answers)
  expect(after.media).toEqual(before.media)
})
