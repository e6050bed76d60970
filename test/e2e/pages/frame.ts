import { expect, type Locator } from '@playwright/test'
import { t, type Words } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

type GlobalPage = 'home' | 'project' | 'exchange' | 'templates' | 'settings' | 'help'
export type TaskPage =
  | 'overview'
  | 'checklist'
  | 'nonconformities'
  | 'seal'
  | 'team'
  | 'report'
  | 'documents'
  | 'exchange'

/** Goes to one of the app's own pages by the navigation. */
export async function openPage({ page }: Desk, name: GlobalPage, words: Words = t): Promise<void> {
  await page
    .getByRole('navigation', { name: words('shell', 'navigation') })
    .getByRole('listitem')
    .getByRole('link', { name: words('shell', name), exact: true })
    .click()
  await settled(page.getByRole('main'))
}

/** Goes to a page of the open task by the navigation. */
export async function openTaskPage({ page }: Desk, name: TaskPage, words: Words = t): Promise<void> {
  await page
    .getByRole('region', { name: words('shell', 'taskPages') })
    .getByRole('link', { name: words('shell', `task_${name}`), exact: true })
    .click()
  await settled(page.getByRole('main'))
}

/** Opens a task from the first page by the enterprise's name. */
export async function openTask(desk: Desk, enterprise: string): Promise<void> {
  await openPage(desk, 'home')
  await desk.page.getByRole('article', { name: enterprise }).getByRole('link', { name: enterprise }).click()
  await expect(desk.page.getByRole('heading', { level: 1, name: enterprise })).toBeVisible()
}

/** A page that has been read: not opening, nothing loading. */
export async function settled(main: Locator): Promise<void> {
  await expect(main).toHaveAttribute('aria-busy', 'false')
  await expect(main.locator('.loading')).toHaveCount(0)
}

/** Chooses an option of a drop-down list by its label; a list that takes several stays open. */
export async function choose({ page }: Desk, control: Locator, option: string | RegExp): Promise<void> {
  const open = page.locator('.ant-select-dropdown').filter({ visible: true })
  await control.click()
  const chosen = open.locator('.ant-select-item-option').filter({ hasText: option }).first()
  await chosen.click()
  if (
    (await open.locator('[aria-multiselectable=true]').count()) === 0 &&
    (await page.locator('.ant-select-multiple.ant-select-open').count()) === 0
  ) {
    await expect(open).toHaveCount(0)
  }
}

/** Answers the prompt for the passphrase. */
export async function givePassphrase({ page }: Desk, passphrase: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('common', 'passphrase'), { exact: true }).fill(passphrase)
  await dialog.getByRole('button', { name: button }).click()
}
