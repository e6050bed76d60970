import { expect, type Locator } from '@playwright/test'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'
import { choose, givePassphrase, openPage } from './frame.ts'

/** The eight groups as a person would read them out. */
export const readDigits = async (block: Locator): Promise<string[]> =>
  await block.getByRole('listitem').allTextContents()

export async function found(desk: Desk, name: string, passphrase: string): Promise<void> {
  await openPage(desk, 'project')
  await desk.page.getByRole('button', { name: t('project', 'found') }).click()
  await desk.page.getByRole('dialog').getByLabel(t('project', 'foundName')).fill(name)
  await givePassphrase(desk, passphrase, t('project', 'create'))
  await expect(desk.page.getByRole('heading', { level: 2, name })).toBeVisible()
}

/** Saves one's enrolment request and answers one's own digits as the screen shows them. */
export async function saveRequest(desk: Desk, file: string): Promise<string[]> {
  await openPage(desk, 'project')
  await desk.answer(file)
  await desk.page.getByRole('button', { name: t('project', 'saveRequest') }).click()
  await expect(desk.page.getByText(t('project', 'requestSaved', { path: file }))).toBeVisible()
  return await readDigits(desk.page.getByRole('list', { name: t('project', 'myDigits') }))
}

/** Opens a request and answers the digits shown in the dialog, which stays open. */
export async function openRequest(desk: Desk, file: string): Promise<string[]> {
  await openPage(desk, 'project')
  await desk.answer(file)
  await desk.page.getByRole('button', { name: t('project', 'enrol'), exact: true }).click()
  return await readDigits(desk.page.getByRole('dialog').getByRole('list', { name: t('project', 'digits') }))
}

export async function enrol(
  desk: Desk,
  passphrase: string,
  role: 'expert' | 'observer' | 'centre' | 'office' = 'expert',
): Promise<void> {
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel(t('project', 'compared')).check()
  if (role !== 'expert') await choose(desk, dialog.getByLabel(t('project', 'role')), t('project', `role_${role}`))
  await givePassphrase(desk, passphrase, t('project', 'enrolConfirm'))
  await expect(dialog).toHaveCount(0)
}

export async function saveInvitation(desk: Desk, file: string): Promise<void> {
  await desk.answer(file)
  await desk.page.getByRole('button', { name: t('project', 'saveInvitation') }).click()
  await expect(desk.page.getByText(t('project', 'invitationSaved', { path: file }))).toBeVisible()
}

/** Opens an invitation, compares the digits with `expected` and joins. */
export async function join(desk: Desk, file: string, expected: string[]): Promise<void> {
  await openPage(desk, 'project')
  await desk.answer(file)
  await desk.page.getByRole('button', { name: t('project', 'join') }).click()
  const dialog = desk.page.getByRole('dialog')
  expect(await readDigits(dialog.getByRole('list', { name: t('project', 'rootDigits') }))).toEqual(expected)
  const confirm = dialog.getByRole('button', { name: t('project', 'joinConfirm') })
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(t('project', 'joinCompared')).check()
  await confirm.click()
  await expect(dialog).toHaveCount(0)
}
