import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin } from 'vite'
import { withLock } from './cache.mjs'
import { ROOT, say, shortHash } from './workspace.ts'

// The oldest Chromium and Node the code must run in: those of the fallback Electron 33.
const CHROMIUM = 'chrome130'
const NODE = 'node20.18'

/** Entries of the Node side, by their place under out/. Chunks lie in out/main/, so `new URL('./worker.js', import.meta.url)` holds there. */
const NODE_ENTRIES = {
  'main/main': 'electron/main.ts',
  'main/worker': 'electron/jobs/worker.ts',
  'main/centre': 'electron/intake/centre.ts',
  cli: 'electron/cli.ts',
} as const
const PRELOAD_ENTRY = 'electron/preload.ts'
const RENDERER_ENTRY = 'renderer/index.html'
const INPUT_FOLDERS = ['electron', 'shared', 'renderer', 'assets']
const INPUT_FILES = ['package.json', 'package-lock.json', 'tsconfig.json']

/** Pure libraries the window waits for at start: one file reads faster than many. The rest of `dependencies` stays outside. */
const BUNDLED_DEPENDENCIES = new Set(['zod', 'uuid'])

type BuildOptions = { root?: string }

const dependencies = (root: string): string[] => {
  const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
  }
  return Object.keys(description.dependencies ?? {})
}

const externals = (root: string): RegExp[] => {
  const outside = dependencies(root).filter((name) => !BUNDLED_DEPENDENCIES.has(name))
  const exact = ['electron', ...builtinModules, ...outside].map((name) => name.replace(/[/.]/g, '\\$&'))
  return [/^node:/, new RegExp(`^(${exact.join('|')})(/.*)?$`)]
}

const common = (root: string): InlineConfig => ({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
})

const nodeSide = (root: string): InlineConfig => ({
  ...common(root),
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: NODE,
    outDir: join(root, 'out'),
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(NODE_ENTRIES).map(([name, file]) => [name, join(root, file)])),
      external: externals(root),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'main/[name]-[hash].js' },
    },
  },
})

/** A sandboxed preload is one CommonJS file and may require nothing but `electron`. */
const preloadSide = (root: string): InlineConfig => ({
  ...common(root),
  ssr: { noExternal: true, target: 'webworker' },
  build: {
    ssr: true,
    target: CHROMIUM,
    outDir: join(root, 'out', 'preload'),
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: join(root, PRELOAD_ENTRY),
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
})

/** An icon stands beside words, and its own name would be the English one of its file: it says nothing to a screen reader. */
const quietIcons: Plugin = {
  name: 'quiet-icons',
  transform(code, id) {
    if (!/@ant-design\/icons\/es\/components\/AntdIcon(Light)?\.js/.test(id.replaceAll('\\', '/'))) return null
    const quiet = code.replace(/role: "img",\s*"aria-label": icon\.name/, '"aria-hidden": true')
    if (quiet === code) throw new Error(`An icon still speaks: ${id}`)
    return { code: quiet, map: null }
  },
}

/** No inlined files: the content security policy allows no data: addresses. */
const rendererSide = (root: string): InlineConfig => ({
  ...common(root),
  root: join(root, dirname(RENDERER_ENTRY)),
  base: './',
  plugins: [react(), quietIcons],
  build: {
    target: CHROMIUM,
    outDir: join(root, 'out', 'renderer'),
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: { input: join(root, RENDERER_ENTRY) },
  },
})

const inputFiles = (root: string): string[] => {
  const inFolders = INPUT_FOLDERS.map((name) => join(root, name))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
  return [...inFolders.sort(), ...INPUT_FILES.map((name) => join(root, name)).filter(existsSync)]
}

const fingerprint = (root: string): string =>
  shortHash(
    inputFiles(root)
      .map((file) => {
        const { size, mtimeMs } = statSync(file)
        return `${file.slice(root.length)} ${size} ${mtimeMs}`
      })
      .join('\n'),
  )

const missingEntries = (root: string): string[] =>
  [...Object.values(NODE_ENTRIES), PRELOAD_ENTRY, RENDERER_ENTRY].filter((file) => !existsSync(join(root, file)))

const buildAll = async (root: string): Promise<void> => {
  const missing = missingEntries(root)
  if (missing.length > 0) throw new Error(`These entries of the build do not exist: ${missing.join(', ')}`)
  for (const folder of ['main', 'preload', 'renderer'])
    rmSync(join(root, 'out', folder), { recursive: true, force: true })
  await build(nodeSide(root))
  await build(preloadSide(root))
  await build(rendererSide(root))
}

/** Builds main, preload and renderer into out/, unless nothing they are made of has changed since the last time. */
export const buildApp = async ({ root = ROOT }: BuildOptions = {}): Promise<void> => {
  const stamp = join(root, 'out', '.build-stamp')
  await withLock(
    `build-${shortHash(root)}`,
    async () => {
      const current = fingerprint(root)
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return
      const began = Date.now()
      say('Building the app ...')
      rmSync(stamp, { force: true })
      await buildAll(root)
      mkdirSync(dirname(stamp), { recursive: true })
      writeFileSync(stamp, current)
      say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
    },
    () => say('Another run is building; waiting for it ...'),
  )
}
