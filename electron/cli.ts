#!/usr/bin/env node
import { mergeCommand } from './cli/merge.ts'
import { HELP, UsageError, say } from './cli/usage.ts'
import { verifyCommand } from './cli/verify.ts'

/** Commands give their exit code: 0 all well, 1 refused or open. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  verify: verifyCommand,
  merge: mergeCommand,
  template: async (args) => (await import('./cli/template.ts')).templateCommand(args),
  // Loaded when asked for: fonts and picture code take their time.
  report: async (args) => (await import('./cli/report.ts')).reportCommand(args),
}

const [name = '', ...args] = process.argv.slice(2)

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`onsite: ${error.message}\n\n${HELP}`)
  process.exitCode = 2
}

async function run(): Promise<number> {
  const wantsHelp = ['help', '--help', '-h'].includes(name) || args.includes('--help')
  if (wantsHelp) {
    say(HELP.trimEnd())
    return 0
  }
  const command = COMMANDS[name]
  if (command === undefined)
    throw new UsageError(name === '' ? 'no command 没有命令' : `unknown command 未知命令: ${name}`)
  return command(args)
}
