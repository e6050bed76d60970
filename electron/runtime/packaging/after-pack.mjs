// Runs inside electron-builder after the app is laid out: the one fuse its options do not name.
import { join } from 'node:path'
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

const SUFFIX = { darwin: '.app', win32: '.exe', linux: '' }

/** Wasm trap handlers stay on; programs older than the fuse have no place for it. */
export default async ({ appOutDir, electronPlatformName, packager }) => {
  const name = electronPlatformName === 'linux' ? packager.executableName : packager.appInfo.productFilename
  const program = join(appOutDir, `${name}${SUFFIX[electronPlatformName]}`)
  const wire = await getCurrentFuseWire(program)
  const state = wire[FuseV1Options.WasmTrapHandlers]
  if (state === undefined || state === FuseState.REMOVED) return
  await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.WasmTrapHandlers]: true })
}
