import { PASSPHRASE, expect, test } from './fixtures.ts'
import { settled } from './pages/frame.ts'

/** Each would leave an element marked `planted`, or run, if it were ever read as anything but text. */
const PAYLOADS = [
  '<img data-planted src=x onerror="window.ran=1">',
  '<svg data-planted onload="window.ran=1">',
  '"><b data-planted>bold</b>',
  `'><script data-planted>window.ran=1</script>`,
  '</textarea><b data-planted>out</b>',
  '</title><b data-planted>out</b>',
  '<a data-planted href="javascript:window.ran=1">link</a>',
  '<iframe data-planted srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<math><mtext><b data-planted>x</b></mtext></math>',
  '<form data-planted><input name=attributes></form>',
  '&lt;b data-planted&gt;&#x3C;b data-planted&#x3E;',
  '{{constructor.constructor("window.ran=1")()}} $t(common.close) ${window.ran=1}',
  'javascript:window.ran=1//--></b>\u202egnp.exe',
]
const NAME = '<b data-planted>名</b>'

test('what people type is shown as they typed it, and is never markup or code', async ({ bench }) => {
  const desk = await bench.open('e2', { from: ['filled', 'e2'] })
  const { page } = desk
  const { taskId } = bench
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const { answers } = await desk.call('sheet.open', { taskId })
  for (const [n, answer] of answers.entries()) {
    const typed = PAYLOADS[n % PAYLOADS.length] ?? ''
    await desk.call('sheet.saveAnswer', { taskId, item: answer.item, answer: { ...answer, note: typed, facts: typed } })
  }
  for (const [n, typed] of PAYLOADS.entries()) {
    const nonconformity = {
      id: `typed-${n}`,
      item: answers[0]?.item ?? null,
      kind: 'minor' as const,
      requirement: typed,
      evidence: typed,
      where: typed,
      when: '',
      sample: typed,
      media: [],
      confirmedBy: NAME,
      state: 'opened' as const,
    }
    await desk.call('sheet.saveNonconformity', { taskId, nonconformity })
  }
  await desk.call('project.found', { name: NAME, passphrase: PASSPHRASE })

  const shown: string[] = []
  const task = ['overview', 'checklist', 'nonconformities', 'seal', 'documents', 'exchange'].map(
    (name) => `/task/${taskId}/${name}`,
  )
  for (const path of ['/project', '/', '/exchange', '/settings', ...task]) {
    // The page before stands until the next one is ready, and may hold the same texts.
    await page.getByRole('main').evaluate((main) => main.setAttribute('data-left', ''))
    await desk.go(path)
    await expect(page.locator('main[data-left]')).toHaveCount(0)
    await settled(page.getByRole('main'))
    if (path.endsWith('nonconformities')) await expect(page.getByText(PAYLOADS[1] ?? '').first()).toBeVisible()
    const seen = await page.evaluate(() => ({
      planted: document.querySelectorAll('[data-planted]').length,
      ran: (window as { ran?: unknown }).ran,
      text: [
        document.body.textContent,
        ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      ].join('\n'),
    }))
    expect([path, seen.planted, seen.ran]).toEqual([path, 0, undefined])
    shown.push(seen.text)
  }
  const all = shown.join('\n')
  expect([...PAYLOADS, NAME].filter((typed) => !all.includes(typed))).toEqual([])
  expect(requests.filter((url) => !/^(app|media|blob|data):/.test(url))).toEqual([])
  expect(desk.complaints).toEqual([])
})
