import Store from 'electron-store'
import type { Settings } from '../shared/contract/views.ts'
import type { BackupPlan, Preferences } from './api/context.ts'

type Stored = {
  settings: Settings
  window: { x?: number; y?: number; width: number; height: number; isMaximized: boolean }
  /** Per identity: where its draft copies go and how often. */
  backup: Record<string, BackupPlan>
}

const DEFAULTS: Stored = {
  settings: { language: 'zh', theme: 'system', textSize: 100, touch: false },
  window: { width: 1280, height: 800, isMaximized: false },
  backup: {},
}

/** What the app remembers besides data: looks, window, folders. A damaged file starts over with the defaults. */
export function openSettings(folder: string) {
  return new Store<Stored>({ cwd: folder, name: 'settings', defaults: DEFAULTS, clearInvalidConfig: true })
}
export type SettingsStore = ReturnType<typeof openSettings>

/** The part of the settings the operations need. */
export function openPreferences(store: SettingsStore): Preferences {
  return {
    settings: () => store.get('settings'),
    saveSettings: (settings) => store.set('settings', settings),
    backupPlan: (keyId) => store.get('backup')[keyId] ?? null,
    saveBackupPlan: (keyId, plan) => store.set('backup', { ...store.get('backup'), [keyId]: plan }),
  }
}
