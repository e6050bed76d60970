import { expect, type Locator } from '@playwright/test'
import type { ItemType } from '../../../shared/domain/template.ts'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'
import { openPage } from './frame.ts'

type Part = 'basics' | 'grades' | 'rules'

export const tree = ({ page }: Desk): Locator => page.getByRole('tree', { name: t('templateEditor', 'outline') })
export const row = (desk: Desk, name: string): Locator => tree(desk).getByRole('treeitem').filter({ hasText: name })
export const properties = ({ page }: Desk): Locator =>
  page.getByRole('region', { name: t('templateEditor', 'properties') })

/** The names of the outline's rows in order, code and points left out. */
export const order = async (desk: Desk): Promise<string[]> =>
  await tree(desk)
    .locator('.outline-words')
    .evaluateAll((rows) => rows.map((one) => (one.textContent ?? '').replace(/^\S+\s+/, '').trim()))

/** Begins a checklist of one's own from the list of checklists. */
export async function newChecklist(desk: Desk): Promise<void> {
  await openPage(desk, 'templates')
  await desk.page
    .getByRole('button', { name: t('templates', 'new'), exact: true })
    .first()
    .click()
  await desk.page
    .getByRole('dialog')
    .getByRole('button', { name: t('templates', 'create') })
    .click()
  await expect(properties(desk)).toBeVisible()
}

export async function showSide({ page }: Desk, side: 'side_outline' | 'side_parts'): Promise<void> {
  await page.getByRole('button', { name: t('templateEditor', side), exact: true }).click()
}

export async function showPart(desk: Desk, part: Part): Promise<void> {
  await showSide(desk, 'side_parts')
  await desk.page.getByRole('button', { name: t('templateEditor', `part_${part}`), exact: false }).click()
}

/** The control of a property shown on the right. */
export const field = (desk: Desk, label: string): Locator =>
  properties(desk).getByRole('textbox', { name: label, exact: true })

/** Adds an item of a type behind the chosen row and names it; the focus is already in its name. */
export async function addItem(desk: Desk, type: ItemType, name: string): Promise<void> {
  await desk.page.getByLabel(t('templateEditor', 'addItem'), { exact: true }).selectOption(type)
  await expect(field(desk, t('templateEditor', 'itemName'))).toBeFocused()
  await desk.page.keyboard.insertText(name)
}

export async function addSection(desk: Desk, name: string): Promise<void> {
  await desk.page.getByRole('button', { name: t('templateEditor', 'addSection') }).click()
  await expect(field(desk, t('templateEditor', 'sectionName'))).toBeFocused()
  await desk.page.keyboard.insertText(name)
}

/** Puts the chosen item into a section, behind one of its items, without dragging. */
export async function moveTo({ page }: Desk, section: string, behind: string): Promise<void> {
  await page.getByRole('button', { name: t('templateEditor', 'moveTo'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  const option = async (label: string, text: string): Promise<void> => {
    const list = dialog.getByLabel(label, { exact: false })
    const value = await list.locator('option').filter({ hasText: text }).getAttribute('value')
    await list.selectOption(value ?? '')
  }
  await option(t('templateEditor', 'moveSection'), section)
  await option(t('templateEditor', 'movePlace'), behind)
  await dialog.getByRole('button', { name: t('templateEditor', 'moveHere') }).click()
}

/** Waits until everything typed is on the disk. */
export async function saved({ page }: Desk): Promise<void> {
  await expect(page.locator('.page-actions .saved-state')).toHaveAttribute('data-state', 'saved')
}
