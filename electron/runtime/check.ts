import { formatAll, runChecks } from './check-steps.ts'
import { runCommand } from './workspace.ts'

await runCommand(async (args) => {
  if (args.includes('--fix')) return (await formatAll()) ? 0 : 1
  return (await runChecks()).length === 0 ? 0 : 1
})
