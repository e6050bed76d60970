import { BrowserWindow, app, session } from 'electron'
import { join } from 'node:path'
import { METHOD_NAMES } from '../shared/contract/api.ts'
import type { AppEvent } from '../shared/contract/views.ts'
import { ORIGIN } from './schemes.ts'
import type { SettingsStore } from './settings.ts'

/** The one window: sandboxed, no Node, goes nowhere but to its own pages. */
export function openWindow(settings: SettingsStore): BrowserWindow {
  const { isMaximized, ...bounds } = settings.get('window')
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: '优品现场评价',
    backgroundColor: '#f4f6f7',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      additionalArguments: [`--onsite-methods=${METHOD_NAMES.join(',')}`],
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => settings.set('window', { ...window.getNormalBounds(), isMaximized: window.isMaximized() }))
  void window.loadURL(`${ORIGIN}/index.html`)
  return window
}

/** Every page of every window stays where it is and gets no permission, no child window and no embedded page. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_, contents) => {
    const stay = (event: { preventDefault: () => void }) => event.preventDefault()
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', stay)
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
}

export const hasWindow = (): boolean => BrowserWindow.getAllWindows().length > 0

export function tellWindows(event: AppEvent): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send('event', event)
}
