import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')
const MADE = 'renderer/ui/theme/antd.css'
const sheets = globSync('renderer/**/*.css')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path !== MADE)
  .map((path) => ({ path, css: read(path).replaceAll(/\/\*[\s\S]*?\*\//g, '') }))
const code = globSync('renderer/**/*.{ts,tsx}').map(read).join('\n')

/** Classes a sheet's rules begin with: what its area calls its own. */
const begun = (css: string): Set<string> =>
  new Set(
    [...css.matchAll(/([^{}]+)\{/g)]
      .flatMap(([, selectors = '']) => selectors.split(','))
      .flatMap((selector) => /^\s*\.([a-z][\w-]*)/.exec(selector)?.[1] ?? []),
  )
const areaOf = (path: string): string => /^renderer\/features\/[^/]+(?:\/[^/]+(?=\/))?/.exec(path)?.[0] ?? dirname(path)

test('no class means one thing in one area and another elsewhere: sheets stay once they are loaded', () => {
  const owners = new Map<string, Set<string>>()
  for (const { path, css } of sheets)
    for (const name of begun(css)) owners.set(name, (owners.get(name) ?? new Set()).add(areaOf(path)))
  const shared = [...owners].filter(([, areas]) => [...areas].filter((a) => a.includes('/features/')).length > 1)
  // What the whole window is in is no area's own.
  expect(shared.map(([name]) => name).filter((name) => name !== 'touch')).toEqual([])
})

test('every property that is used is defined', () => {
  const all = `${sheets.map((s) => s.css).join('\n')}\n${read(MADE)}\n${code}`
  const defined = new Set([...all.matchAll(/(--[\w-]+)['"]?\s*:/g)].map(([, name]) => name))
  const used = sheets.flatMap(({ path, css }) => [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => [path, name]))
  expect(used.filter(([, name]) => !defined.has(name))).toEqual([])
})
