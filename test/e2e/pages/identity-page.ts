import { expect } from '@playwright/test'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

export type NewPerson = { name: string; unit: string; number?: string; passphrase: string }

/** Makes an identity at the door and answers its recovery code; stays on the page that shows it. */
export async function createIdentity(
  { page }: Desk,
  { name, unit, number = '', passphrase }: NewPerson,
): Promise<string> {
  await page.getByLabel(t('identity', 'name')).fill(name)
  await page.getByLabel(t('identity', 'number')).fill(number)
  await page.getByLabel(t('identity', 'unit')).fill(unit)
  await page.getByLabel(t('common', 'passphrase'), { exact: false }).first().fill(passphrase)
  await page.getByLabel(t('identity', 'passphraseAgain')).fill(passphrase)
  await page.getByRole('button', { name: t('identity', 'create') }).click()
  return (await page.getByLabel(t('identity', 'code'), { exact: true }).textContent())?.trim() ?? ''
}

/** Says that the recovery code is written down, and goes in. */
export async function begin({ page }: Desk): Promise<void> {
  await page.getByLabel(t('identity', 'codeWritten')).check()
  await page.getByRole('button', { name: t('identity', 'begin') }).click()
  await expect(page.getByRole('navigation', { name: t('shell', 'navigation') })).toBeVisible()
}

/** Unlocks the chosen identity, the first when none is named. */
export async function unlock({ page }: Desk, passphrase: string, name?: string): Promise<void> {
  if (name !== undefined) await page.getByRole('radio', { name }).check()
  await page.getByLabel(t('common', 'passphrase')).fill(passphrase)
  await page.getByRole('button', { name: t('identity', 'unlock'), exact: true }).click()
  await expect(page.getByRole('navigation', { name: t('shell', 'navigation') })).toBeVisible()
}
