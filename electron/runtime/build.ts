import { buildApp } from './bundle.ts'
import { runCommand } from './workspace.ts'

await runCommand(async () => {
  await buildApp()
  return 0
})
