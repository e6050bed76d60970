import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const RESULTS = join(import.meta.dirname, '..', 'out', 'test')

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.{e2e,spec}.ts',
  outputDir: join(RESULTS, 'playwright'),
  globalSetup: './support/e2e-setup.ts',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: join(RESULTS, 'playwright.json') }]],
  use: { actionTimeout: 15_000, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
})
