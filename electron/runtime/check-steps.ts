import { join } from 'node:path'
import { ROOT, packageFolder, run, say } from './workspace.ts'

type Step = { name: string; program: string; args: readonly string[] }

const CONFIGURATION = 'electron/runtime/checks'
const CODE = ['electron', 'renderer', 'shared', 'test']
const FORMATTED = [...CODE, 'package.json', 'tsconfig.json']

const format = (mode: '--check' | '--write'): Step => ({
  name: 'format',
  program: 'oxfmt/bin/oxfmt',
  args: ['-c', `${CONFIGURATION}/oxfmt.json`, mode, ...FORMATTED],
})

const STEPS: readonly Step[] = [
  format('--check'),
  {
    name: 'lint',
    program: 'oxlint/bin/oxlint',
    args: ['--type-aware', '--deny-warnings', ...CODE],
  },
  { name: 'types', program: 'typescript/bin/tsc', args: ['-b'] },
  { name: 'unused code', program: 'knip/bin/knip.js', args: ['-c', `${CONFIGURATION}/knip.json`, '--no-progress'] },
  { name: 'duplicate code', program: 'jscpd/run-jscpd.js', args: ['-c', `${CONFIGURATION}/jscpd.json`, ...CODE] },
]

const runStep = async ({ name, program, args }: Step): Promise<boolean> => {
  const [owner = '', ...rest] = program.split('/')
  const began = Date.now()
  const script = join(packageFolder(owner), ...rest)
  const { code, output } = await run(process.execPath, [script, ...args], { cwd: ROOT, capture: true })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (code !== 0) say(output.trim())
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  return code === 0
}

/** Format, lint, types, unused and duplicate code; every step runs. Returns the names of those that failed. */
export const runChecks = async (): Promise<string[]> => {
  const failed: string[] = []
  for (const step of STEPS) if (!(await runStep(step))) failed.push(step.name)
  return failed
}

export const formatAll = async (): Promise<boolean> => runStep(format('--write'))
