import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listScripts, runWithElectron, scriptsIn } from './script-run.ts'
import { ROOT, run, runCommand } from './workspace.ts'

const FOLDER = 'test/bench'

/** A benchmark that imports the app's launcher needs the window; the others run in plain Node, undisturbed by a screen. */
const needsElectron = (script: string): boolean => readFileSync(join(ROOT, script), 'utf8').includes('electron-app.ts')

await runCommand(async ([name, ...args]) => {
  if (name === undefined || !scriptsIn(FOLDER).includes(name)) {
    listScripts(FOLDER, 'npm run bench --')
    return 2
  }
  const script = `${FOLDER}/${name}.ts`
  if (needsElectron(script)) return runWithElectron(script, args)
  return (await run(process.execPath, ['--expose-gc', join(ROOT, script), ...args])).code
})
