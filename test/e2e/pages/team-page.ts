import { expect, type Locator } from '@playwright/test'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

type Part = 'sheets' | 'matrix' | 'conclusion' | 'register' | 'texts' | 'close'

export async function openTeamPart({ page }: Desk, part: Part): Promise<void> {
  await page
    .getByRole('navigation', { name: t('team', 'parts') })
    .getByRole('button', { name: t('team', `part_${part}`) })
    .click()
}

/** Imports sheets on the lead's desk and takes each in. */
export async function importSheets(desk: Desk, files: string[]): Promise<void> {
  await openTeamPart(desk, 'sheets')
  await desk.answer(files)
  await desk.page.getByRole('button', { name: t('team', 'import') }).click()
  const panel = desk.page.getByRole('region', { name: t('team', 'import') })
  for (const left of files.map((_, n) => files.length - n)) {
    await expect(panel.getByRole('article')).toHaveCount(left)
    await panel
      .getByRole('button', { name: t('team', 'accept'), exact: true })
      .first()
      .click()
  }
  await panel.getByRole('button', { name: t('team', 'done') }).click()
}

/** The row of an item in the matrix, all items shown. */
export async function matrixRow(
  desk: Desk,
  code: string,
  filter: 'all' | 'flagged' | 'blocking' | 'veto' = 'all',
): Promise<Locator> {
  await openTeamPart(desk, 'matrix')
  await desk.page
    .getByRole('group', { name: t('team', 'filter') })
    .getByRole('button', { name: t('team', `filter_${filter}`) })
    .click()
  return desk.page
    .getByRole('row')
    .filter({ has: desk.page.getByRole('rowheader', { name: new RegExp(`^${code.replace('.', '\\.')} `) }) })
}

/** Opens an item on the table and answers its decision form. */
export async function openDecision(desk: Desk, code: string, filter: 'flagged' | 'veto' = 'flagged'): Promise<Locator> {
  const row = await matrixRow(desk, code, filter)
  await row.getByRole('button').click()
  await expect(desk.page.getByRole('article', { name: code, exact: true })).toBeVisible()
  return desk.page.getByRole('form', { name: t('team', 'decision') })
}

export async function vote(form: Locator, word: 'pass' | 'fail' | 'pending'): Promise<void> {
  const ballots = form.getByRole('group', { name: t('team', 'votes') }).getByRole('group')
  for (const ballot of await ballots.all())
    await ballot.getByRole('button', { name: t('team', `outcome_${word}`), exact: true }).click()
}

/** Records the decision and waits until it stands. */
export async function decide(form: Locator): Promise<void> {
  await form.getByRole('button', { name: t('team', 'decide') }).click()
  await expect(form.getByRole('button', { name: t('team', 'decideAgain') })).toBeVisible()
}
