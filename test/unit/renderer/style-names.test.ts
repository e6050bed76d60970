import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Where rules begin with each class name: a feature's folder, or one of the common ones. */
function places(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const file of globSync('renderer/**/*.css').filter((name) => !name.endsWith('antd.css'))) {
    const css = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
    const place = file.split('/').slice(1, 3).join('/')
    for (const [, selectors = ''] of css.matchAll(/([^{}]+)\{/g)) {
      for (const selector of selectors.split(',')) {
        const name = /^\s*\.([a-z][\w-]*)(?=$|\s|\.|:|>)/.exec(selector)?.[1]
        if (name !== undefined) found.set(name, (found.get(name) ?? new Set()).add(place))
      }
    }
  }
  return found
}

test('a style sheet stays loaded once its page was seen: no two features begin rules with the same class', () => {
  const found = places()
  expect(found.get('record-line')?.size).toBe(1)
  const shared = [...found].filter(([, where]) => [...where].filter((one) => one.startsWith('features/')).length > 1)
  const allowed = new Set(['touch', 'dark'])
  expect(shared.filter(([name]) => !allowed.has(name)).map(([name, where]) => [name, ...where])).toEqual([])
})
