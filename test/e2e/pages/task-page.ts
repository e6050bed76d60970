import { expect } from '@playwright/test'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'
import { choose, givePassphrase, openPage } from './frame.ts'

/** Opens a new draft from the sample in the person's own project; with `template` on the checklist that is called so. */
export async function newDraftFromSample(desk: Desk, template?: RegExp): Promise<void> {
  const { page } = desk
  await page.getByRole('button', { name: t('home', 'newTask') }).click()
  const chosen = page.getByRole('dialog').getByLabel(t('home', 'chooseTemplate'), { exact: true })
  if (template !== undefined) await choose(desk, chosen, template)
  await page.getByRole('dialog').getByLabel(t('home', 'fromSample')).check()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('home', 'createDraft') })
    .click()
  await expect(page.getByRole('form', { name: t('task', 'part_enterprise') })).toBeVisible()
}

type Part =
  | 'enterprise'
  | 'scope'
  | 'dates'
  | 'team'
  | 'work'
  | 'indicators'
  | 'carryOver'
  | 'prefill'
  | 'rules'
  | 'issue'

export async function openPart({ page }: Desk, part: Part): Promise<void> {
  await page
    .getByRole('navigation', { name: t('task', 'parts') })
    .getByRole('button', { name: t('task', `part_${part}`) })
    .click()
  await expect(page.getByRole('form', { name: t('task', `part_${part}`) })).toBeVisible()
}

export async function issue(desk: Desk, passphrase: string): Promise<void> {
  await openPart(desk, 'issue')
  await expect(desk.page.getByText(t('task', 'issueReady'))).toBeVisible()
  await desk.page.getByRole('button', { name: t('task', 'issue'), exact: true }).click()
  await givePassphrase(desk, passphrase, t('task', 'issue'))
  await expect(desk.page.getByRole('heading', { level: 1, name: t('exchange', 'taskTitle') })).toBeVisible()
}

/** Reads and accepts the declaration on the open overview. */
export async function declare({ page }: Desk): Promise<void> {
  await page.getByLabel(t('task', 'declarationAgree')).check()
  await page.getByRole('button', { name: t('task', 'accept') }).click()
  await expect(page.getByRole('heading', { name: t('task', 'meetings') })).toBeVisible()
}

export const goHome = async (desk: Desk): Promise<void> => await openPage(desk, 'home')
