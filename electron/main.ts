import { app, dialog } from 'electron'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { createApi } from './api/index.ts'
import { makeTokens, type Context, type Dialogs } from './api/context.ts'
import { closeSession, pictureOf, sweepProfile } from './api/session.ts'
import { selfTest } from './exchange/self-test.ts'
import { serveApi } from './ipc.ts'
import { createPool } from './jobs/pool.ts'
import { log, startLog } from './log.ts'
import { declareSchemes, servePictures, serveWindow } from './schemes.ts'
import { openPreferences, openSettings } from './settings.ts'
import { lockProfile } from './storage/lock.ts'
import { hasWindow, limitPermissions, lockDownContents, openWindow, tellWindows } from './window.ts'

const profile = process.env['YOUPIN_PROFILE'] ?? join(app.getPath('userData'), 'profile')
app.setPath('userData', join(profile, 'window'))
// A process started with --no-sandbox (root on a test machine) could not start any child with the sandbox forced on.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declareSchemes()
lockDownContents()
startLog(join(profile, 'logs', 'onsite.log'))
process.on('uncaughtException', (error) => log('error', 'uncaught', error))
process.on('unhandledRejection', (error) => log('error', 'unhandled', error))

/** Native dialogs over the one window. Called through the module so that a test can answer in the person's place. */
const dialogs: Dialogs = {
  open: async ({ title, filters, many }) => {
    const properties: ('openFile' | 'multiSelections')[] = many ? ['openFile', 'multiSelections'] : ['openFile']
    const answer = await dialog.showOpenDialog({ title, filters, properties })
    return answer.canceled ? null : answer.filePaths
  },
  save: async ({ title, filters, name }) => {
    const answer = await dialog.showSaveDialog({ title, filters, defaultPath: name, properties: ['createDirectory'] })
    return answer.canceled || !answer.filePath ? null : answer.filePath
  },
  folder: async ({ title }) => {
    const answer = await dialog.showOpenDialog({ title, properties: ['openDirectory', 'createDirectory'] })
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  },
}

function start(): void {
  selfTest()
  const lock = lockProfile(profile)
  if (!lock.ok) {
    dialog.showErrorBox(
      '优品现场评价',
      '这个资料文件夹正被另一个已打开的程序使用。\nThis profile is in use by another running copy of the app.',
    )
    app.exit(1)
    return
  }
  sweepProfile(profile)
  const settings = openSettings(profile)
  const context: Context = {
    profile,
    assets: join(app.getAppPath(), 'assets'),
    version: app.getVersion(),
    electron: process.versions['electron'] ?? '',
    isDevelopment: !app.isPackaged,
    dialogs,
    preferences: openPreferences(settings),
    now: () => new Date(),
    mono: () => Math.round(uptime() * 1000),
    tell: tellWindows,
    report: (what, detail) => log('error', what, detail),
    session: { current: null },
    tokens: makeTokens(),
    net: { fetch, now: () => new Date() },
    pool: createPool(),
    running: new Map(),
  }
  limitPermissions()
  serveWindow(join(import.meta.dirname, '../renderer'))
  servePictures((size, sha256) => pictureOf(context, size, sha256))
  serveApi(createApi(context))
  openWindow(settings)
  app.on('activate', () => {
    if (!hasWindow()) openWindow(settings)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => {
    try {
      closeSession(context)
    } finally {
      lock.value.release()
    }
  })
}

/** Without this a failed start would be a process without a window, holding the profile. */
function startOrSay(): void {
  try {
    start()
  } catch (error) {
    log('error', 'start', error)
    const detail = error instanceof Error ? error.message : String(error)
    dialog.showErrorBox(
      '优品现场评价',
      `软件没能启动，资料没有改动。\nThe app could not start; nothing was changed.\n\n${detail}`,
    )
    app.exit(1)
  }
}

// Not awaited: the app is ready only after this module has finished.
void app.whenReady().then(startOrSay)
