import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Failure } from '../../shared/contract/errors.ts'
import { say, type Text } from '../../shared/domain/text.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import { createPool } from '../jobs/pool.ts'
import { fileFailure } from '../storage/files.ts'
import { lockProfile } from '../storage/lock.ts'
import { createIntake } from './accept.ts'
import { initCentre, openCentre } from './folder.ts'
import { createIntakeServer } from './server.ts'
import { WHY, WORDS } from './words.ts'

const OPTIONS = {
  folder: { type: 'string' },
  invitation: { type: 'string' },
  root: { type: 'string' },
  name: { type: 'string', default: '接收中心' },
  practice: { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
  port: { type: 'string', default: '7423' },
  host: { type: 'string', default: '127.0.0.1' },
} as const
/** A request still running this long after the signal is cut; its sender goes on where it was. */
const STOP_WITHIN_MS = 10_000

const language = /^zh|^C$|^POSIX$|^$/.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh' : 'en'

function tell(text: Text, values: Record<string, string | number> = {}): void {
  process.stdout.write(`${filled(text, values)}\n`)
}

const filled = (text: Text, values: Record<string, string | number>): string =>
  say(text, language).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

function complain({ code, detail = '' }: Failure): number {
  const why = WHY[code]
  process.stderr.write(
    `${filled(WORDS.failed, { why: why === undefined ? `${code} ${detail}` : filled(why, { detail }) })}\n`,
  )
  return 1
}

function usage(): number {
  process.stderr.write(`${say(WORDS.usage, language)}\n`)
  return 2
}

type Options = ReturnType<typeof readArguments>['values']

function readArguments(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true })
}

/** 0 done, 1 failed (said why), 2 usage. */
async function main(args: string[]): Promise<number> {
  const parsed = attempt(() => readArguments(args))
  if (parsed === null) return usage()
  const { values, positionals } = parsed
  const [command = 'serve'] = positionals
  if (values.folder === undefined || positionals.length > 1 || !['init', 'serve'].includes(command)) return usage()
  try {
    const passphrase = passphraseOf(values)
    if (passphrase === '') {
      process.stderr.write(`${say(WORDS.noPassphrase, language)}\n`)
      return 2
    }
    return command === 'init'
      ? await init(values, values.folder, passphrase)
      : await serve(values, values.folder, passphrase)
  } catch (error) {
    return complain(fileFailure(error).failure)
  }
}

function passphraseOf(values: Options): string {
  const file = values['passphrase-file']
  return file === undefined
    ? (process.env['CENTRE_PASSPHRASE'] ?? '')
    : readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}

async function init(values: Options, folder: string, passphrase: string): Promise<number> {
  const { invitation, root, name, practice } = values
  if (invitation === undefined || root === undefined) return usage()
  const done = await initCentre({
    folder,
    invitation: readFileSync(invitation),
    root,
    name,
    passphrase,
    isPractice: practice,
    now: new Date(),
  })
  if (!done.ok) return complain(done.failure)
  const { isNew, centre, rosterSeq, isEnrolled, requestPath } = done.value
  tell(isNew ? WORDS.ready : WORDS.updated, { project: centre.projectName, seq: rosterSeq })
  if (centre.isPractice) tell(WORDS.practice)
  tell(WORDS.digits, { digits: keyDigits(centre.keyId) })
  if (!isEnrolled) tell(WORDS.enrolNow, { path: requestPath })
  return 0
}

async function serve(values: Options, folder: string, passphrase: string): Promise<number> {
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return usage()
  const opened = await openCentre(folder, passphrase)
  if (!opened.ok) return complain(opened.failure)
  const { store, centre } = opened.value
  const lock = lockProfile(folder)
  if (!lock.ok) {
    store.close()
    process.stderr.write(`${say(WORDS.inUse, language)}\n`)
    return 1
  }
  const pool = createPool()
  const report = (error: unknown): void =>
    void process.stderr.write(
      `${new Date().toISOString()} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
  const intake = createIntake({ ...opened.value, pool, now: () => new Date(), report })
  const app = await createIntakeServer(intake)
  const isListening = await app.listen({ port, host: values.host }).then(
    (address) => {
      tell(WORDS.listening, { address })
      return true
    },
    (error: unknown) => {
      report(error)
      return false
    },
  )
  if (isListening) {
    tell(WORDS.digits, { digits: keyDigits(centre.keyId) })
    if (centre.isPractice) tell(WORDS.practice)
    if (!intake.isReady()) tell(WORDS.notEnrolled)
    await stopSignal()
    tell(WORDS.stopping)
  }
  const cut = setTimeout(() => app.server.closeAllConnections(), STOP_WITHIN_MS)
  await app.close()
  clearTimeout(cut)
  await pool.close()
  store.close()
  lock.value.release()
  if (isListening) tell(WORDS.stopped)
  return isListening ? 0 : 1
}

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

process.exitCode = await main(process.argv.slice(2))
