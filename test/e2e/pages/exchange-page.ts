import { expect, type Locator } from '@playwright/test'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'
import { openPage } from './frame.ts'

/** Chooses files on the exchange page; their previews stay there. */
export async function openFiles(desk: Desk, files: string | string[]): Promise<void> {
  await openPage(desk, 'exchange')
  await desk.answer(files)
  await desk.page.getByRole('button', { name: t('exchange', 'chooseFiles') }).click()
}

/** The preview of one file, by its name. */
export const previewOf = ({ page }: Desk, fileName: string): Locator => page.getByRole('article', { name: fileName })

export async function acceptPreview(preview: Locator): Promise<void> {
  await preview.getByRole('button', { name: t('exchange', 'accept'), exact: true }).click()
}

/** Exports the package whose card reads `name`, and insists that it was read back. */
export async function exportPackage(desk: Desk, name: string | RegExp, file: string): Promise<void> {
  const card = desk.page
    .getByRole('region', { name: t('exchange', 'packages') })
    .getByRole('article')
    .filter({ hasText: name })
    .first()
  await desk.answer(file)
  await card.getByRole('button', { name: t('seal', 'export') }).click()
  await expect(card.getByRole('status').filter({ hasText: t('seal', 'exported', { path: file }) })).toBeVisible()
  await expect(card.locator('.delivery li[data-done=true]')).toHaveCount(3)
}
