import type { ElectronApplication, Page } from '@playwright/test'
import type { Args, MethodName, Returns } from '../../../shared/contract/api.ts'
import type { Outcome } from '../../../shared/contract/errors.ts'
import { launchApp, type LaunchOptions } from '../../support/electron-app.ts'

/** A running app with its window; native dialogs are answered from a list, everything else is real. */
export type Desk = {
  app: ElectronApplication
  page: Page
  profile: string
  /** The next dialog's answer: files chosen, the target to save to, a folder, or nothing (null). */
  answer: (paths: string | string[] | null) => Promise<void>
  /** An operation of the window, as its own code calls it. Throws on failure. */
  call: <M extends MethodName>(name: M, args: Args<M>) => Promise<Returns<M>>
  attempt: <M extends MethodName>(name: M, args: Args<M>) => Promise<Outcome<Returns<M>>>
  /** Goes to a page of the app. */
  go: (path: string) => Promise<void>
  resize: (width: number, height: number) => Promise<void>
  /** Everything the page complained about so far. */
  complaints: string[]
  close: () => Promise<void>
  /** Ends the process at once, as a power cut does. */
  kill: () => Promise<void>
}

/** The main process may collect the debugger's own promise before it is read; then what ran once is asked for once more. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!String(error).includes('garbage collected')) throw error
    return await ask()
  }
}

/** Starts the app on a profile folder and waits for its window. */
export async function openDesk(options: LaunchOptions): Promise<Desk> {
  const app = await launchApp(options)
  const standIn = () =>
    app.evaluate(({ dialog }) => {
      const answers: (string[] | null)[] = []
      Object.assign(globalThis, { dialogAnswers: answers })
      const next = () => answers.shift() ?? null
      dialog.showOpenDialog = async () => {
        const filePaths = next()
        return { canceled: filePaths === null, filePaths: filePaths ?? [] }
      }
      dialog.showSaveDialog = async () => {
        const [filePath] = next() ?? []
        return { canceled: filePath === undefined, filePath: filePath ?? '' }
      }
    })
  await again(standIn)
  const page = await app.firstWindow()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  let answered = 0
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const attempt = async <M extends MethodName>(name: M, args: Args<M>): Promise<Outcome<Returns<M>>> =>
    (await page.evaluate(
      async ([method, given]) => {
        const run = window.onsite[method] as (given: unknown) => Promise<string>
        return JSON.parse(await run(given)) as unknown
      },
      [name, args] as const,
    )) as Outcome<Returns<M>>
  return {
    app,
    page,
    profile: options.profileDir,
    complaints,
    attempt,
    answer: async (paths) => {
      const answer = typeof paths === 'string' ? [paths] : paths
      answered += 1
      const order = { answer, number: answered }
      await again(() =>
        app.evaluate((_, given) => {
          const held = globalThis as unknown as { dialogAnswers: (string[] | null)[]; lastAnswer?: number }
          if (held.lastAnswer === given.number) return
          held.lastAnswer = given.number
          held.dialogAnswers.push(given.answer)
        }, order),
      )
    },
    call: async (name, args) => {
      const outcome = await attempt(name, args)
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.failure).slice(0, 2000)}`)
      return outcome.value
    },
    go: async (path) => {
      await page.evaluate((hash) => {
        window.location.hash = hash
      }, path)
    },
    resize: async (width, height) => {
      const size = [width, height] as const
      await again(() =>
        app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), size),
      )
      await page.waitForFunction(([w, h]) => window.innerWidth === w && window.innerHeight === h, [
        width,
        height,
      ] as const)
    },
    close: async () => await app.close(),
    kill: async () => {
      const ended = new Promise((done) => app.process().once('exit', done))
      app.process().kill('SIGKILL')
      await ended
    },
  }
}
