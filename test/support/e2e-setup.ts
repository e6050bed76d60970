import { buildApp } from '../../electron/runtime/bundle.ts'
import { startDisplay } from '../../electron/runtime/display.ts'
import { prepareElectron } from '../../electron/runtime/electron-program.ts'

/** Electron, the built app and a screen of our own, before the first worker starts; returns the end of the screen. */
const setUp = async (): Promise<() => void> => {
  await prepareElectron()
  await buildApp()
  const display = await startDisplay()
  return display.stop
}

export default setUp
