import { runWithElectron } from './script-run.ts'
import { runCommand } from './workspace.ts'

await runCommand((args) => runWithElectron('test/demo/run.ts', args))
