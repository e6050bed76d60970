import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from './check-steps.ts'
import { prepareElectron } from './electron-program.ts'
import { ensureSystemPackages } from './system-packages.ts'
import { ROOT, packageFolder, run, runCommand, say } from './workspace.ts'

type Counts = { passed: number; failed: number; skipped: number }
type Part = 'check' | 'unit' | 'e2e'

const PARTS: readonly Part[] = ['check', 'unit', 'e2e']
const REPORTS = join(ROOT, 'out', 'test')
const BROKEN: Counts = { passed: 0, failed: 1, skipped: 0 }

const readReport = (name: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(readFileSync(join(REPORTS, name), 'utf8')) as Record<string, unknown>
  } catch {
    return null
  }
}

const count = (report: Record<string, unknown>, key: string): number => Number(report[key] ?? 0)

/** A runner that failed without a failed test (a file that does not load, say) counts as one failure. */
const settle = (code: number, counts: Counts): Counts =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts

const runRunner = async (
  program: readonly [string, string],
  args: readonly string[],
  report: string,
): Promise<number> => {
  mkdirSync(REPORTS, { recursive: true })
  rmSync(join(REPORTS, report), { force: true })
  const script = join(packageFolder(program[0]), program[1])
  return (await run(process.execPath, [script, ...args], { cwd: ROOT })).code
}

const runUnit = async (filters: readonly string[]): Promise<Counts> => {
  const report = 'vitest.json'
  const args = ['run', '--config', 'test/vitest.config.ts', ...filters]
  const code = await runRunner(['vitest', 'vitest.mjs'], args, report)
  const found = readReport(report)
  if (found === null) return code === 0 ? BROKEN : settle(code, BROKEN)
  return settle(code, {
    passed: count(found, 'numPassedTests'),
    failed: count(found, 'numFailedTests'),
    skipped: count(found, 'numPendingTests') + count(found, 'numTodoTests'),
  })
}

const runEndToEnd = async (filters: readonly string[]): Promise<Counts> => {
  const report = 'playwright.json'
  await prepareElectron()
  const args = ['test', '--config', 'test/playwright.config.ts', ...filters]
  const code = await runRunner(['@playwright/test', 'cli.js'], args, report)
  const stats = readReport(report)?.['stats'] as Record<string, unknown> | undefined
  if (stats === undefined) return BROKEN
  return settle(code, {
    passed: count(stats, 'expected'),
    failed: count(stats, 'unexpected') + count(stats, 'flaky'),
    skipped: count(stats, 'skipped'),
  })
}

/** A failed check counts as a failure, a passed one is no test. */
const runCheckPart = async (): Promise<Counts> => ({ passed: 0, failed: (await runChecks()).length, skipped: 0 })

const RUNNERS: Record<Part, (filters: readonly string[]) => Promise<Counts>> = {
  check: runCheckPart,
  unit: runUnit,
  e2e: runEndToEnd,
}

const guarded = async (part: Part, filters: readonly string[]): Promise<Counts> => {
  say(`\n== ${part}`)
  try {
    return await RUNNERS[part](filters)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return BROKEN
  }
}

const chosen = (args: readonly string[]): { parts: readonly Part[]; filters: readonly string[] } => {
  const at = args.indexOf('--only')
  if (at < 0) return { parts: PARTS, filters: args }
  const parts = PARTS.filter((part) => part === args[at + 1])
  if (parts.length === 0) throw new Error(`--only takes one of: ${PARTS.join(', ')}`)
  return { parts, filters: args.filter((_, index) => index !== at && index !== at + 1) }
}

await runCommand(async (args) => {
  const { parts, filters } = chosen(args)
  await ensureSystemPackages(['window', 'tests'])
  const total: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const part of parts) {
    const counts = await guarded(part, filters)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`)
  const ranNothing = total.passed === 0 && parts.some((part) => part !== 'check')
  return total.failed > 0 || ranNothing ? 1 : 0
})
