import { buildApp } from './bundle.ts'
import { hasDisplay } from './display.ts'
import { prepareElectron, sandboxArguments } from './electron-program.ts'
import { ROOT, run, runCommand, say } from './workspace.ts'

const startApp = async (args: readonly string[]): Promise<number> => {
  if (!hasDisplay()) {
    say('There is no display here, so no window can open.')
    say('The demonstration works without one and leaves pictures and reports to look at: npm run demo')
    return 1
  }
  const program = await prepareElectron()
  await buildApp()
  const sandbox = sandboxArguments()
  if (sandbox.length > 0)
    say('Chromium cannot sandbox here (root, or a kernel setting): started with --no-sandbox, for development only.')
  const env = { ...process.env }
  delete env['ELECTRON_RUN_AS_NODE']
  const { code } = await run(program.executable, [...sandbox, ROOT, ...args], { env })
  return code
}

await runCommand(startApp)
