import { prepareElectron } from './electron-program.ts'
import { ensureSystemPackages } from './system-packages.ts'
import { runCommand, say } from './workspace.ts'

await runCommand(async () => {
  await ensureSystemPackages(['window', 'tests'])
  await prepareElectron()
  say('Ready.')
  return 0
})
