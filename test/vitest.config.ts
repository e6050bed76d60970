import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ROOT = join(import.meta.dirname, '..')

export default defineConfig({
  root: ROOT,
  cacheDir: join(ROOT, 'out', 'test', 'vite'),
  test: {
    include: ['test/{unit,migrations,faults}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // Time out what hangs, not what is slow on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', 'json'],
    outputFile: { json: join(ROOT, 'out', 'test', 'vitest.json') },
    // Requiring `electron` in plain Node would download its program; with this set it only names a path.
    env: { ELECTRON_OVERRIDE_DIST_PATH: join(ROOT, 'out', 'no-electron'), TZ: 'Asia/Shanghai' },
  },
})
