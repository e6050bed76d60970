import { expect, type Locator, type Page } from '@playwright/test'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { t } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

/** The pane of the item whose code is `code`. */
export const pane = ({ page }: Desk, code: string): Locator => page.getByRole('article', { name: code, exact: true })

/** Opens an item by rail and list, as a mouse does. */
export async function openItem(desk: Desk, section: string, code: string): Promise<Locator> {
  const { page } = desk
  await page
    .getByRole('navigation', { name: t('checklist', 'sections') })
    .getByRole('button', { name: new RegExp(`^${section} `) })
    .click()
  await page
    .getByRole('list', { name: t('checklist', 'items') })
    .getByRole('button', { name: new RegExp(`^${code.replace('.', '\\.')}(?!\\d)`) })
    .click()
  const opened = pane(desk, code)
  await expect(opened).toBeVisible()
  return opened
}

/** One of the few big answers of an item. */
export const choice = (item: Locator, label: string): Locator =>
  item
    .getByRole('group', { name: t('checklist', 'judgement') })
    .getByRole('button')
    .filter({ has: item.page().locator('.choice-label', { hasText: new RegExp(`^${label}$`) }) })

/** Waits until the head of the open item says that it is saved. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('.item-head-save .saved-state')).toHaveAttribute('data-state', 'saved')
}

/** What is stored of an item, as the main process answers. */
export async function stored({ call }: Desk, taskId: string, item: string): Promise<Answer | null> {
  const { answers } = await call('sheet.open', { taskId })
  return answers.find((answer) => answer.item === item) ?? null
}

/** What the open item still lacks. */
export const lacks = (item: Locator): Locator => item.getByRole('list', { name: t('checklist', 'lacking') })

/** Opens a folded part of the pane. */
export async function unfold(item: Locator, title: string): Promise<void> {
  const button = item.getByRole('button', { name: title })
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
}

/** Goes straight to an item, as a link from another page does. */
export async function toItem(desk: Desk, taskId: string, item: string, code: string): Promise<Locator> {
  await desk.go(`/task/${taskId}/overview`)
  await expect(desk.page.getByRole('heading', { level: 1 })).toBeVisible()
  await desk.go(`/task/${taskId}/checklist?item=${item}`)
  const opened = pane(desk, code)
  await expect(opened).toBeVisible()
  return opened
}

/** Goes to the checklist and presses keys in the very moment its first row is there. Answers whether the pane was there too. */
export async function pressAtOnce({ page }: Desk, taskId: string, keys: readonly string[]): Promise<boolean> {
  return await page.evaluate(
    async ({ path, pressed }) => {
      const wasWhole = new Promise<boolean>((done) => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('.item-row') === null) return
          observer.disconnect()
          done(document.querySelector('.item-pane') !== null)
          for (const key of pressed)
            document.activeElement?.dispatchEvent(
              new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
            )
        })
        observer.observe(document.body, { childList: true, subtree: true })
      })
      window.location.hash = path
      return await wasWhole
    },
    { path: `/task/${taskId}/checklist`, pressed: keys },
  )
}
