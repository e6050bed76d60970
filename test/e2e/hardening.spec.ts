import { createServer } from 'node:http'
import { join } from 'node:path'
import { ROOT } from '../../electron/runtime/workspace.ts'
import { METHOD_NAMES } from '../../shared/contract/api.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'

/** The state of every permission a page can ask about. */
const PERMISSIONS = [
  'camera',
  'microphone',
  'geolocation',
  'notifications',
  'midi',
  'persistent-storage',
  'background-sync',
  'clipboard-read',
  'clipboard-write',
  'storage-access',
  'window-management',
  'local-fonts',
  'idle-detection',
  'display-capture',
  'screen-wake-lock',
]

const OUTSIDE = ['main/main.js', 'preload/preload.cjs', 'package.json', 'etc/passwd', 'renderer/index.html']
const UPWARDS = [
  '../',
  '%2e%2e/',
  '..%2f',
  '%2e%2e%2f',
  '..%5c',
  '%2e%2e%5c',
  '..%252f',
  '....//',
  '..%c0%af',
  '..;/',
  '%00../',
]

test('the window’s scheme serves the files of its table and nothing beside them', async ({ bench }) => {
  const { app, page } = await bench.open('e1')
  const paths = [
    ...UPWARDS.flatMap((up) => [1, 2, 3, 6].flatMap((n) => OUTSIDE.map((file) => `/${up.repeat(n)}${file}`))),
    ...OUTSIDE.map((file) => `//${file}`),
    '/etc/passwd',
    '/C:/Windows/win.ini',
    '/index.html/',
    '/index.html%00.png',
    '/INDEX.HTML',
    '/index.html::$DATA',
    '/assets',
    '/assets/',
    '/.',
    '/',
  ]
  const read = await page.evaluate(async (asked) => {
    const answer = async (path: string) => {
      const response = await fetch(`app://onsite${path}`)
      const policy = response.headers.get('content-security-policy') ?? ''
      return { status: response.status, policy, sniff: response.headers.get('x-content-type-options') }
    }
    return { good: await answer('/index.html'), bad: await Promise.all(asked.map(answer)) }
  }, paths)
  expect(paths.length).toBeGreaterThan(200)
  expect(read.good).toMatchObject({ status: 200, sniff: 'nosniff' })
  expect(read.good.policy).toContain("default-src 'none'; script-src 'self'")
  expect(read.good.policy).toContain("require-trusted-types-for 'script'")
  expect(paths.filter((_, n) => read.bad[n]?.status !== 404)).toEqual([])
  expect(new Set(read.bad.map((answer) => answer.policy))).toEqual(new Set([read.good.policy]))
  const hosts = await app.evaluate(async ({ net }) => {
    const status = async (url: string) => (await net.fetch(url)).status
    return [await status('app://onsite/index.html'), await status('app://other/index.html')]
  })
  expect(hosts).toEqual([200, 404])
})

test('the pictures’ scheme knows two sizes and hashes, nothing else', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['filled', 'e2'] })
  const { media } = await desk.call('sheet.open', { taskId: bench.taskId })
  const hash = media[0]?.sha256 ?? ''
  const odd = [
    ...['original', 'print', 'media', 'thumb.', ''].map((size) => `media://${size}/${hash}`),
    ...[hash.toUpperCase(), hash.slice(1), `${hash}0`, `${hash}.jpg`, `${hash}/`, `/${hash}`, `${hash}%00`, ''].map(
      (name) => `media://thumb/${name}`,
    ),
    ...UPWARDS.flatMap((up) => [`${up}identity.json`, `${hash}/${up}${up}onsite.db`]).map(
      (name) => `media://view/${name}`,
    ),
  ]
  const answers = await desk.app.evaluate(
    async ({ net }, { good, bad }) => {
      const ask = async (url: string) => {
        const answer = await net.fetch(url).catch(() => null)
        if (answer === null) return 'refused'
        const bytes = (await answer.arrayBuffer()).byteLength
        const header = (name: string) => answer.headers.get(name)
        return [answer.status, bytes > 0, header('content-type'), header('x-content-type-options')].join(' ')
      }
      return { good: await ask(good), bad: await Promise.all(bad.map(ask)) }
    },
    { good: `media://thumb/${hash}`, bad: odd },
  )
  expect(answers.good).toBe('200 true image/jpeg nosniff')
  expect(odd.filter((_, n) => !/^(404 false|refused)/.test(answers.bad[n] ?? ''))).toEqual([])
})

/** Web contents of the whole app: pages, and whatever a page could have made. */
const contentsOf = ({ app }: Desk) =>
  app.evaluate(({ webContents }) => webContents.getAllWebContents().map((c) => [c.getType(), c.getURL().split('#')[0]]))

/** A web server of the world outside, which every attempt wants to reach; it counts who came. */
async function openOutside() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*').end('<p>outside')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() }
}

const WAYS = ['location', 'link', 'blank', 'open', 'form', 'refresh', 'frame', 'webview', 'object', 'embed'] as const

test('a page stays where it is, opens nothing and embeds nothing', async ({ bench }) => {
  const outside = await openOutside()
  const desk = await bench.open('e1')
  const { app, page } = desk
  const own = [['window', 'app://onsite/index.html']]
  expect(await contentsOf(desk)).toEqual(own)
  await app.evaluate(({ net }, url) => net.fetch(url).then((answer) => answer.text()), `${outside.url}/control`)
  expect(outside.asked).toEqual(['/control'])
  for (const way of WAYS) {
    await page.evaluate(
      async ([how, base]) => {
        const url = `${base}/${how}`
        const put = (tag: string, given: object) => {
          const made = Object.assign(document.createElement(tag), given)
          document.body.append(made)
          return made
        }
        const go: Record<typeof how, () => void> = {
          location: () => void (window.location.href = url),
          link: () => put('a', { href: url }).click(),
          blank: () => put('a', { href: url, target: '_blank' }).click(),
          open: () => void window.open(url),
          form: () => (put('form', { action: url }) as HTMLFormElement).submit(),
          refresh: () => void put('meta', { httpEquiv: 'refresh', content: `0;url=${url}` }),
          frame: () => void put('iframe', { src: url }),
          webview: () => void put('webview', { src: url }),
          object: () => put('object', { type: 'text/html' }).setAttribute('data', url),
          embed: () => put('embed', { type: 'text/html' }).setAttribute('src', url),
        }
        try {
          go[how]()
        } catch {
          // Trusted types refuse some of them before the policy does.
        }
        await new Promise((done) => setTimeout(done, 200))
      },
      [way, outside.url] as const,
    )
    expect([way, ...(await contentsOf(desk))]).toEqual([way, ...own])
  }
  expect(outside.asked).toEqual(['/control'])
  outside.close()
})

test('a page is given the camera and nothing else', async ({ bench }) => {
  const { page } = await bench.open('e1')
  const states = await page.evaluate(async (names) => {
    const query = async (name: string) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state
      } catch {
        return 'unknown'
      }
    }
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await query(name)] as const)))
  }, PERMISSIONS)
  expect(Object.entries(states).filter(([, state]) => state === 'granted')).toEqual([['camera', 'granted']])
  expect(Object.values(states).filter((state) => state === 'denied').length).toBeGreaterThan(5)
  const asked = await page.evaluate(async () => {
    const said = (promise: Promise<unknown>) =>
      promise.then(
        (given) => (Array.isArray(given) && given.length === 0 ? 'nothing' : 'given'),
        (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : 'refused'),
      )
    const place = new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, () => reject(new DOMException('', 'Denied')))
    })
    const devices = navigator as unknown as Record<string, Record<string, (wish: object) => Promise<unknown>>>
    return {
      place: await said(place),
      screen: await said(navigator.mediaDevices.getDisplayMedia({ video: true })),
      clipboard: await said(navigator.clipboard.readText()),
      usb: await said(devices['usb']?.['requestDevice']?.({ filters: [] }) ?? Promise.reject(new Error('none'))),
      hid: await said(devices['hid']?.['requestDevice']?.({ filters: [] }) ?? Promise.reject(new Error('none'))),
      serial: await said(devices['serial']?.['requestPort']?.({}) ?? Promise.reject(new Error('none'))),
    }
  })
  expect(Object.entries(asked).filter(([, answer]) => answer === 'given')).toEqual([])
})

test('operations answer the page we serve; the same bridge on another page is told nothing', async ({ bench }) => {
  const { app, page } = await bench.open('e1')
  const bridge = await page.evaluate(() =>
    Object.entries(window.onsite).map(([name, value]) => `${name} ${typeof value}`),
  )
  expect(bridge.toSorted()).toEqual([...METHOD_NAMES, 'listen'].map((name) => `${name} function`).toSorted())
  const names = METHOD_NAMES.filter((name) => name === 'identity.list' || name === 'app.info')
  const order = { names, preload: join(ROOT, 'out', 'preload', 'preload.cjs') }
  const answers = await app.evaluate(async ({ BrowserWindow }, { names, preload }) => {
    const additionalArguments = [`--onsite-methods=${names.join(',')}`]
    const webPreferences = { preload, sandbox: true, contextIsolation: true, additionalArguments }
    const ask = async (url: string) => {
      const window = new BrowserWindow({ show: false, webPreferences })
      await window.loadURL(url)
      const said = await window.webContents.executeJavaScript(
        `Promise.all(${JSON.stringify(names)}.map((name) => window.onsite[name]({}).then(() => 'answered', (error) => String(error))))`,
      )
      window.destroy()
      return said as string[]
    }
    return { own: await ask('app://onsite/index.html'), foreign: await ask('data:text/html,<p>hello') }
  }, order)
  expect(answers.own).toEqual(['answered', 'answered'])
  expect(answers.foreign).toHaveLength(2)
  for (const answer of answers.foreign) expect(answer).toContain('unknown sender')
})

test('the window is made as the factory says', async ({ bench }) => {
  const { app } = await bench.open('e1')
  const made = await app.evaluate(({ BrowserWindow }) => {
    type Telling = { getLastWebPreferences: () => Record<string, unknown> }
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as Telling
    return contents.getLastWebPreferences()
  })
  expect(made).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  })
})
