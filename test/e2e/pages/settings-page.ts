import { expect } from '@playwright/test'
import { wordsOf, type Language, type Words } from '../../support/e2e-text.ts'
import type { Desk } from './desk.ts'

const NAMES: Record<Language, string> = { zh: '中文', en: 'English' }

/** Switches the language on the settings page and answers its words. */
export async function speak({ page, go }: Desk, language: Language): Promise<Words> {
  const words = wordsOf(language)
  await go('/settings')
  await page.locator('.ant-segmented-item').filter({ hasText: NAMES[language] }).click()
  await expect(page.getByRole('heading', { level: 1, name: words('settings', 'title') })).toBeVisible()
  return words
}

export async function setTheme({ page, go }: Desk, theme: 'light' | 'dark', words: Words): Promise<void> {
  await go('/settings')
  await page
    .locator('.ant-segmented-item')
    .filter({ hasText: words('settings', `theme_${theme}`) })
    .click()
  await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /\bdark\b/ : /^(?!.*\bdark\b)/)
}
