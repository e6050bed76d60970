import { expect, type Locator } from '@playwright/test'
import type { MappedField } from '../../../shared/contract/template-methods.ts'
import { startOf, t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

/** Chooses a file on the import page. */
export async function chooseWorkbook(desk: Desk, file: string): Promise<void> {
  await desk.go('/templates/import')
  await desk.answer(file)
  await desk.page.getByRole('button', { name: t('templateImport', 'choose') }).click()
}

export const sheetGrid = ({ page }: Desk): Locator => page.getByRole('grid', { name: t('templateImport', 'grid') })

/** Says what a column means. */
export async function mapColumn(desk: Desk, column: string, field: MappedField | ''): Promise<void> {
  await sheetGrid(desk)
    .getByLabel(t('templateImport', 'meaningOf', { column }), { exact: true })
    .selectOption(field)
}

/** What the import says of the file as it is now read. */
export const liveLine = ({ page }: Desk): Locator => page.locator('.import-live')

/** Goes on to the preview once the last change has been read. */
export async function toPreview(desk: Desk): Promise<void> {
  await expect(liveLine(desk)).toContainText(startOf(t('templateImport', 'liveCounts')))
  await desk.page.getByRole('button', { name: t('templateImport', 'next') }).click()
  await expect(desk.page.getByRole('heading', { name: t('templateImport', 'problemsTitle') })).toBeVisible()
}

/** The problem reported at a cell. */
export const problemAt = ({ page }: Desk, cell: string): Locator =>
  page
    .locator('.import-problems > li')
    .filter({ has: page.getByRole('button', { name: t('templateImport', 'toCell', { cell }), exact: true }) })
