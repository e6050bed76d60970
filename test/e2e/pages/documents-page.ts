import { expect, type Locator } from '@playwright/test'
import type { DocumentChoice } from '../../../shared/contract/document-methods.ts'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'
import { settled } from './frame.ts'

/** Chooses a document in the list and waits for its pages. */
export async function showDocument({ page }: Desk, document: DocumentChoice): Promise<Locator> {
  const name = t('documents', `doc_${document}`)
  await page
    .getByRole('navigation', { name: t('documents', 'list') })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click()
  const shown = page.getByRole('region', { name: t('documents', 'previewOf', { name }) })
  await settled(page.getByRole('main'))
  await expect(shown.getByRole('article').first()).toBeVisible()
  return shown
}

/** Prints what is shown to a file and waits until it was read back. */
export async function printShown(desk: Desk, shown: Locator, target: string): Promise<void> {
  await desk.answer(target)
  await shown.getByRole('button', { name: t('documents', 'exportPdf') }).click()
  await expect(shown.getByRole('status').filter({ hasText: target })).toBeVisible()
}
