import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { ROOT } from '../../electron/runtime/workspace.ts'
import type { Language } from '../support/e2e-text.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { settled } from './pages/frame.ts'
import { setTheme, speak } from './pages/settings-page.ts'

const SHOTS = join(ROOT, 'out', 'test', 'screenshots')
/** Names that stand in both languages. */
const OWN_NAMES = ['中文', 'English', 'YouPin Onsite', '优品现场评价', '辽宁优品2026样例批次']
type Screen = { name: string; path: string }

const global: Screen[] = [
  '',
  'project',
  'exchange',
  'templates',
  'templates/import',
  'templates/compare',
  'templates/layer',
  'report-templates',
  'settings',
  'help',
].map((path) => ({
  name: path.replace('/', '-') || 'home',
  path: `/${path}`,
}))
const ofTask = (taskId: string, names: string[]): Screen[] =>
  names.map((name) => ({ name: name.replace('?part=', '-'), path: `/task/${taskId}/${name}` }))
const LEAD = [
  'overview',
  'seal',
  'exchange',
  'report',
  'documents',
  'team?part=sheets',
  'team?part=matrix',
  'team?part=conclusion',
  'team?part=register',
  'team?part=texts',
  'team?part=close',
]

async function show(desk: Desk, { path }: Screen): Promise<void> {
  await desk.go(path)
  await settled(desk.page.getByRole('main'))
  await expect(desk.page.getByRole('heading', { level: 1 }).first()).toBeAttached()
}

async function shoot(desk: Desk, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  await desk.page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** Every serious finding of axe on the page, as one line each. */
async function findings({ app, page }: Desk): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(app.windows()).toHaveLength(1)
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`))
}

/** What people and offices wrote, in the one language it has or in the language asked for. */
function writings(value: unknown, language: Language): string[] {
  if (typeof value === 'string') return [value, ...value.split('\n')]
  if (value === null || typeof value !== 'object') return []
  if ('zh' in value && 'en' in value) return writings(value[language] === '' ? value.zh : value[language], language)
  return Object.values(value).flatMap((one) => writings(one, language))
}

/** Words of the page's own that are in the other language; `own`, the longest first, is what others wrote. */
const strangers = async ({ page }: Desk, language: Language, own: string[]): Promise<string[]> =>
  await page.evaluate(
    ([lang, known]) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const texts: string[] = []
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        if (element === null || element.closest('[lang]:not(html), .paper, script, style') !== null) continue
        texts.push((node.textContent ?? '').trim())
      }
      const labels = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((e) =>
        ['aria-label', 'title', 'placeholder'].map((a) => e.getAttribute(a) ?? ''),
      )
      const isStrange = (text: string) =>
        lang === 'en' ? /\p{Script=Han}/u.test(text) : /[A-Za-z]{4,}\s+[A-Za-z]{3,}/.test(text)
      const stripped = (text: string) => known.reduce((rest, one) => rest.replaceAll(one, ' '), text)
      return [...new Set([...texts, ...labels])].filter((text) => isStrange(stripped(text)))
    },
    [language, own] as const,
  )

async function everyScreen(desk: Desk, screens: Screen[], prefix: string): Promise<string[]> {
  const wrong: string[] = []
  for (const screen of screens) {
    await show(desk, screen)
    for (const finding of await findings(desk)) wrong.push(`${screen.name}: ${finding}`)
    await shoot(desk, `${prefix}-${screen.name}`)
  }
  return wrong
}

test('every main screen of the lead is clean for axe, in both languages, light and dark', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('lead', { from: ['closed', 'lead'] })
  const screens = [...global, ...ofTask(bench.taskId, LEAD)]
  const zh = await speak(desk, 'zh')
  await setTheme(desk, 'light', zh)
  const wrong = await everyScreen(desk, screens, 'lead-zh-light')
  const en = await speak(desk, 'en')
  for (const screen of screens) {
    await show(desk, screen)
    await shoot(desk, `lead-en-light-${screen.name}`)
  }
  await setTheme(desk, 'dark', en)
  wrong.push(
    ...(await everyScreen(
      desk,
      [...global.slice(0, 2), ...ofTask(bench.taskId, ['overview', 'team?part=matrix'])],
      'lead-en-dark',
    )),
  )
  expect(wrong).toEqual([])
  expect(desk.complaints).toEqual([])
})

test('every main screen of an expert is clean for axe and speaks one language', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('e2', { from: ['filled', 'e2'] })
  const screens = [...global, ...ofTask(bench.taskId, ['overview', 'checklist', 'nonconformities', 'seal', 'exchange'])]
  const words = await speak(desk, 'zh')
  await setTheme(desk, 'light', words)
  const wrong = await everyScreen(desk, screens, 'expert-zh-light')
  await setTheme(desk, 'dark', words)
  wrong.push(...(await everyScreen(desk, ofTask(bench.taskId, ['checklist', 'seal']), 'expert-zh-dark')))
  expect(wrong).toEqual([])

  const view = await desk.call('sheet.open', { taskId: bench.taskId })
  const { members } = (await desk.call('project.list', {}))[0] ?? { members: [] }
  const templates = await Promise.all(
    (await desk.call('template.list', {})).map(({ sha256 }) => desk.call('template.get', { sha256 })),
  )
  const own = (language: Language): string[] =>
    [...new Set(writings([view, members, templates, OWN_NAMES], language))]
      .filter((text) => text.length > 1)
      .toSorted((x, y) => y.length - x.length)
  const mixed: string[] = []
  for (const language of ['en', 'zh'] as const) {
    await speak(desk, language)
    for (const screen of screens) {
      await show(desk, screen)
      for (const text of await strangers(desk, language, own(language)))
        mixed.push(`${language} ${screen.name}: ${text}`)
      if (language === 'en') await shoot(desk, `expert-en-light-${screen.name}`)
    }
  }
  expect(mixed).toEqual([])

  await desk.page.evaluate(() => {
    const button = document.createElement('button')
    document.querySelector('main')?.append(button, 'a stray sentence')
  })
  expect(await findings(desk)).not.toEqual([])
  expect(await strangers(desk, 'zh', own('zh'))).toContain('a stray sentence')
})

test('nothing runs over the side on an institute laptop at 125 %', async ({ bench }) => {
  const desk = await bench.open('lead', { from: ['closed', 'lead'] })
  await desk.resize(1093, 614)
  const wide: string[] = []
  const isTooWide = async (): Promise<boolean> =>
    await desk.page.evaluate(() =>
      [document.documentElement, document.querySelector('main') ?? document.body].some(
        (e) => e.scrollWidth > e.clientWidth + 1,
      ),
    )
  for (const screen of [...global, ...ofTask(bench.taskId, [...LEAD, 'checklist', 'nonconformities'])]) {
    await show(desk, screen)
    if (await isTooWide()) wide.push(screen.name)
    await shoot(desk, `laptop-zh-${screen.name}`)
  }
  expect(wide).toEqual([])
  await desk.page.evaluate(() => {
    const wall = document.createElement('div')
    wall.style.width = '3000px'
    wall.textContent = '.'
    document.querySelector('main')?.append(wall)
  })
  expect(await isTooWide()).toBe(true)
})

/** What can be pressed and is smaller than 44 px either way; a box one types in stands for the field around it. */
const smallTargets = async ({ page }: Desk): Promise<string[]> =>
  await page.evaluate(() => {
    const all = document.querySelectorAll('button, a[href], select, summary, [role=treeitem], input[type=checkbox]')
    return [...all].flatMap((element) => {
      // A tick is pressed by its words; a switch is larger than it looks; the skip link shows for the keyboard only.
      const box = (element.matches('input') ? (element.closest('label') ?? element) : element).getBoundingClientRect()
      const isSeen = box.width > 0 && box.height > 0 && element.closest('[aria-hidden=true]') === null
      if (!isSeen || element.matches('.skip, [role=switch]') || Math.min(box.width, box.height) >= 43.5) return []
      return [`${element.outerHTML.slice(0, 120)} ${Math.round(box.width)} × ${Math.round(box.height)}`]
    })
  })

test('in touch mode nothing to press is smaller than 44 px on a tablet', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('lead', { from: ['closed', 'lead'] })
  await desk.resize(1024, 768)
  await desk.call('app.saveSettings', { language: 'zh', theme: 'light', textSize: 100, touch: true })
  await desk.page.reload()
  await expect(desk.page.locator('html')).toHaveClass(/\btouch\b/)
  const small: string[] = []
  for (const screen of [...global, ...ofTask(bench.taskId, [...LEAD, 'checklist', 'nonconformities'])]) {
    await show(desk, screen)
    for (const one of await smallTargets(desk)) small.push(`${screen.name}: ${one}`)
  }
  expect(small).toEqual([])
  await desk.page.evaluate(() => {
    const button = document.createElement('button')
    button.textContent = '小'
    document.querySelector('main')?.append(button)
  })
  expect(await smallTargets(desk)).toHaveLength(1)
})
