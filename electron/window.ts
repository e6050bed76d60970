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

/** Every page of every window stays where it is and gets no child window and no embedded page. */
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

/** Our own page may see through the camera, without sound; nothing else is ever granted. */
export function limitPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const isCamera = permission === 'media' && wanted.length > 0 && wanted.every((type) => type === 'video')
    answer(isCamera && details.requestingUrl.startsWith(`${ORIGIN}/`))
  })
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) => {
    return permission === 'media' && mediaType === 'video' && (origin === ORIGIN || origin === `${ORIGIN}/`)
  })
  session.defaultSession.setDevicePermissionHandler(() => false)
}

export const hasWindow = (): boolean => BrowserWindow.getAllWindows().length > 0

export function tellWindows(event: AppEvent): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send('event', event)
}
