import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { setImmediate } from 'node:timers/promises'
import { METHOD_NAMES, methods, type Api, type MethodName } from '../shared/contract/api.ts'
import { fail, type Outcome } from '../shared/contract/errors.ts'
import { log } from './log.ts'
import { ORIGIN } from './schemes.ts'

/** Only the top frame of a page we serve ourselves may ask for anything. */
function isOurFrame(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  if (frame === null || frame !== event.sender.mainFrame) return false
  const { protocol, host } = new URL(frame.url)
  return `${protocol}//${host}` === ORIGIN
}

/** The one place where a message from the window enters: known sender, parsed arguments, tagged answer as text, bugs logged. */
export function serveApi(api: Api): void {
  for (const name of METHOD_NAMES) {
    ipcMain.handle(name, async (event, raw: unknown): Promise<string> => {
      if (!isOurFrame(event)) throw new Error('unknown sender')
      const outcome = await answer(api, name, raw)
      // A large answer is written down in a turn of its own.
      await setImmediate()
      return JSON.stringify(outcome)
    })
  }
}

async function answer<M extends MethodName>(api: Api, name: M, raw: unknown): Promise<Outcome<unknown>> {
  const parsed = methods[name].args.safeParse(raw)
  if (!parsed.success) {
    return fail('invalid', {
      problems: parsed.error.issues.map((i) => ({
        path: i.path.join('.'),
        code: i.code === 'custom' ? i.message : i.code,
        message: i.message,
      })),
    })
  }
  try {
    const run = api[name] as (args: unknown) => Promise<Outcome<unknown>>
    return await run(parsed.data)
  } catch (error) {
    log('error', name, error)
    throw new Error(`${name} failed unexpectedly`, { cause: error })
  }
}
