import { expect, test } from './fixtures.ts'

test('the window runs nothing but its own code and reaches nothing outside', async ({ bench }) => {
  const desk = await bench.open('e1', { from: ['handed', 'e1'] })
  const { app, page } = desk
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  expect(
    await page.evaluate(() => [typeof process, typeof require, typeof (window as { module?: unknown }).module]),
  ).toEqual(['undefined', 'undefined', 'undefined'])
  const outcome = await page.evaluate(async () => {
    const marks = window as unknown as { inline?: boolean }
    const script = document.createElement('script')
    try {
      script.textContent = 'window.inline = true'
    } catch {
      // Trusted types refuse the assignment already.
    }
    document.body.append(script)
    // A debugger's own evaluation may make code from strings: ask from a task of the page's.
    const evaluated = await new Promise<string>((done) => {
      setTimeout(() => {
        try {
          done(String(Reflect.apply(Reflect.construct(Function, ['return 1']) as () => number, null, [])))
        } catch {
          done('refused')
        }
      }, 0)
    })
    const image = await new Promise<string>((done) => {
      const picture = new Image()
      picture.addEventListener('load', () => done('loaded'))
      picture.addEventListener('error', () => done('refused'))
      picture.src = 'http://127.0.0.1:9/p.png'
    })
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    )
    const style = document.createElement('style')
    style.textContent = 'body { outline: 7px solid red }'
    document.head.append(style)
    const opened = window.open('app://onsite/index.html')
    return {
      inline: marks.inline === true,
      evaluated,
      image,
      fetched,
      outline: getComputedStyle(document.body).outlineWidth === '7px',
      opened: opened !== null,
    }
  })
  expect(outcome).toEqual({
    inline: false,
    evaluated: 'refused',
    image: 'refused',
    fetched: 'refused',
    outline: false,
    opened: false,
  })
  await page.evaluate(() => {
    window.location.href = 'https://127.0.0.1:9/'
  })
  expect(page.url()).toMatch(/^app:\/\/onsite\/index\.html/)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  for (const path of ['/', '/settings', `/task/${bench.taskId}/checklist`, `/task/${bench.taskId}/exchange`])
    await desk.go(path)
  expect(requests.filter((url) => !/^(app|media|blob|data):/.test(url) && !url.includes('127.0.0.1:9'))).toEqual([])
})

test('a picture is served only to its owner, by hash', async ({ bench }) => {
  const desk = await bench.open('e1', { from: ['filled', 'e1'] })
  const { media } = await desk.call('sheet.open', { taskId: bench.taskId })
  const load = async (url: string): Promise<string> =>
    await desk.page.evaluate(
      async (src) =>
        await new Promise<string>((done) => {
          const picture = new Image()
          picture.addEventListener('load', () => done('loaded'))
          picture.addEventListener('error', () => done('refused'))
          picture.src = src
        }),
      url,
    )
  expect(await load(`media://thumb/${media[0]?.sha256}?task=${bench.taskId}`)).toBe('loaded')
  expect(await load(`media://thumb/${'0'.repeat(64)}?task=${bench.taskId}`)).toBe('refused')
  expect(await load('media://thumb/../../../../etc/passwd')).toBe('refused')
  await desk.call('identity.lock', {})
  expect(await load(`media://view/${media[0]?.sha256}?task=${bench.taskId}`)).toBe('refused')
})
