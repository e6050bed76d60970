import type { Outcome } from '../../../shared/contract/errors.ts'
import type { SheetView, TemplateCard } from '../../../shared/contract/views.ts'
import type { TemplateDraftView } from '../../../shared/contract/template-methods.ts'

/** Code that runs inside the window, handed over as text: each function must stand alone. */

/** From the change of address to the frame that shows a filled list, and to the one that shows all of the page, ms. */
export async function openToPaint(path: string): Promise<{ list: number; whole: number }> {
  const painted = () =>
    new Promise<void>((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => done())
        port1.start()
        port2.postMessage(null)
      }),
    )
  const there = (what: string) =>
    new Promise<void>((done) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector(what) === null) return
        observer.disconnect()
        done()
      })
      observer.observe(document.body, { childList: true, subtree: true })
    })
  const since = async (what: string): Promise<number> => {
    await there(what)
    await painted()
    return performance.now() - from
  }
  const from = performance.now()
  const list = since('.item-list .item-row')
  const whole = since('.item-pane')
  window.location.hash = path
  return { list: await list, whole: await whole }
}

export type BareTimes = { call: number; list: number }

/**
 * The same rows in a windowed list of plain elements, read by the same operation and painted without any logic; 1 and 2 then
 * change the row in hand, any other key moves on.
 */
export async function bareList(taskId: string): Promise<BareTimes> {
  const painted = () =>
    new Promise<void>((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => done())
        port1.start()
        port2.postMessage(null)
      }),
    )
  const ROW = 80
  const from = performance.now()
  const opened = JSON.parse(await window.onsite['sheet.open']({ taskId })) as Outcome<SheetView>
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const answered = performance.now()
  const items = opened.value.template.sections.flatMap((section) => section.items)
  const scroller = document.createElement('div')
  const inner = document.createElement('div')
  scroller.className = 'item-list'
  scroller.style.cssText = 'position:fixed;inset:0 auto 0 0;width:300px;overflow:auto;z-index:99'
  inner.style.cssText = `position:relative;height:${items.length * ROW}px`
  scroller.append(inner)
  document.body.append(scroller)
  const rows = new Map<number, HTMLElement>()
  const draw = (): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 8)
    const last = Math.min(items.length - 1, Math.ceil((scroller.scrollTop + scroller.clientHeight) / ROW) + 8)
    for (const [n, row] of rows) {
      if (n >= first && n <= last) continue
      row.remove()
      rows.delete(n)
    }
    for (let n = first; n <= last; n += 1) {
      const item = items[n]
      if (item === undefined || rows.has(n)) continue
      const row = document.createElement('div')
      row.className = 'item-row'
      row.style.cssText = `transform:translateY(${n * ROW}px);height:${ROW}px`
      const button = document.createElement('button')
      for (const [name, words] of [
        ['code', item.code],
        ['state', ''],
        ['title', item.title.zh],
      ] as const) {
        const part = document.createElement('span')
        part.className = `item-row-${name}`
        part.textContent = words
        button.append(part)
      }
      row.append(button)
      inner.append(row)
      rows.set(n, row)
    }
  }
  draw()
  await painted()
  const list = performance.now() - answered
  let at = 0
  window.addEventListener('keydown', ({ key }) => {
    const state = rows.get(at)?.querySelector('.item-row-state')
    if (key === '1' || key === '2') {
      if (state) state.textContent = key
      return
    }
    at += 1
    scroller.scrollTop = Math.max(0, (at - 3) * ROW)
    draw()
  })
  return { call: answered - from, list }
}

/** Starts to note for every key how long until the frame after it was painted, and every task longer than 50 ms. */
export function watchKeys(): void {
  const held = window as unknown as { keyTimes: number[]; longTasks: number[] }
  held.keyTimes = []
  held.longTasks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) held.longTasks.push(entry.duration)
  }).observe({ type: 'longtask' })
  window.addEventListener(
    'keydown',
    (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => held.keyTimes.push(performance.now() - event.timeStamp))
        port1.start()
        port2.postMessage(null)
      })
    },
    true,
  )
}

/** What was noted since the last time it was asked for. */
export function takeKeys(): { keys: number[]; longTasks: number[] } {
  const held = window as unknown as { keyTimes: number[]; longTasks: number[] }
  const taken = { keys: held.keyTimes, longTasks: held.longTasks }
  held.keyTimes = []
  held.longTasks = []
  return taken
}

/** Time of an operation in the window's own clock, ms. */
export async function timeSaves({ taskId, count }: { taskId: string; count: number }): Promise<number[]> {
  const opened = JSON.parse(await window.onsite['sheet.open']({ taskId })) as Outcome<SheetView>
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const times: number[] = []
  for (const answer of opened.value.answers.slice(0, count)) {
    const from = performance.now()
    await window.onsite['sheet.saveAnswer']({ taskId, item: answer.item, answer })
    times.push(performance.now() - from)
  }
  return times
}

/** Begins a draft with the content of the largest issued checklist; its id. */
export async function newDraft(): Promise<string> {
  const listed = JSON.parse(await window.onsite['template.list']({})) as Outcome<TemplateCard[]>
  if (!listed.ok) throw new Error(JSON.stringify(listed.failure))
  const [largest] = listed.value.toSorted((a, b) => b.totalFull_cp - a.totalFull_cp)
  const from = { kind: 'edition' as const, sha256: largest?.sha256 ?? '' }
  const made = JSON.parse(await window.onsite['template.newDraft']({ from })) as Outcome<TemplateDraftView>
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value.draftId
}
