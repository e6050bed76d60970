import { existsSync } from 'node:fs'
import { t } from '../support/e2e-text.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { begin, createIdentity, unlock } from './pages/identity-page.ts'

const LIN = { name: '林晓岚', unit: '样例省质量协会', number: 'YP-02', passphrase: PASSPHRASE }
const ZHAO = { name: '赵启航', unit: '样例省泵业研究所', passphrase: 'another horse altogether' }

test('an identity is made, locked, unlocked and still there after a restart', async ({ bench }) => {
  const desk = await bench.open('me')
  const { page } = desk
  await page.getByRole('button', { name: t('identity', 'create') }).click()
  await expect(page.getByText(t('identity', 'nameRequired'))).toBeVisible()
  await expect(page.getByText(t('identity', 'passphraseShort'))).toBeVisible()

  const code = await createIdentity(desk, LIN)
  expect(code.replaceAll(/[\s-]/g, '').length).toBeGreaterThanOrEqual(20)
  await expect(page.getByRole('button', { name: t('identity', 'begin') })).toBeDisabled()
  await desk.answer(bench.file('kit.json'))
  await page.getByRole('button', { name: t('identity', 'saveKit') }).click()
  await expect(page.getByText(t('identity', 'kitSaved', { path: bench.file('kit.json') }))).toBeVisible()
  expect(existsSync(bench.file('kit.json'))).toBe(true)
  await begin(desk)

  await page.getByRole('button', { name: t('shell', 'lockAs', { name: LIN.name }) }).click()
  await page.getByLabel(t('common', 'passphrase')).fill('wrong passphrase')
  await page.getByRole('button', { name: t('identity', 'unlock'), exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(t('failures', 'wrongPassphrase'))
  await unlock(desk, PASSPHRASE)
  await desk.close()

  const again = await bench.open('me')
  await expect(again.page.getByRole('radio', { name: LIN.name })).toBeChecked()
  await unlock(again, PASSPHRASE)
  await expect(again.page.getByRole('button', { name: t('shell', 'lockAs', { name: LIN.name }) })).toBeVisible()
  expect(again.complaints).toEqual([])
})

test('two people keep apart on one machine, and the recovery kit brings one back', async ({ bench }) => {
  const desk = await bench.open('shared')
  const { page } = desk
  const code = await createIdentity(desk, LIN)
  await desk.answer(bench.file('kit.json'))
  await page.getByRole('button', { name: t('identity', 'saveKit') }).click()
  await begin(desk)
  await page.keyboard.press('Control+L')
  await page.getByRole('button', { name: t('identity', 'newIdentity') }).click()
  await createIdentity(desk, ZHAO)
  await begin(desk)
  await expect(page.getByRole('button', { name: t('shell', 'lockAs', { name: ZHAO.name }) })).toBeVisible()
  await page.keyboard.press('Control+L')
  await expect(page.getByRole('group', { name: t('identity', 'chooseIdentity') }).getByRole('radio')).toHaveCount(2)
  await unlock(desk, PASSPHRASE, LIN.name)
  await desk.close()

  const other = await bench.open('new-machine')
  await other.page.getByRole('button', { name: t('identity', 'recoverKit') }).click()
  await other.page.getByLabel(t('identity', 'code')).fill(code.toLowerCase())
  await other.page.getByLabel(t('identity', 'newPassphrase')).fill('a new passphrase')
  await other.page.getByLabel(t('identity', 'passphraseAgain')).fill('a new passphrase')
  await other.answer(bench.file('kit.json'))
  await other.page.getByRole('button', { name: t('identity', 'chooseKit') }).click()
  await expect(other.page.getByRole('button', { name: t('shell', 'lockAs', { name: LIN.name }) })).toBeVisible()
})
