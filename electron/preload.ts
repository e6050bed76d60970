import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { METHOD_NAMES, type Bridge } from '../shared/contract/api.ts'
import type { AppEvent } from '../shared/contract/views.ts'

const calls = Object.fromEntries(METHOD_NAMES.map((name) => [name, (args: unknown) => ipcRenderer.invoke(name, args)]))

const listen: Bridge['listen'] = (onEvent) => {
  const heard = (_: IpcRendererEvent, event: AppEvent) => onEvent(event)
  ipcRenderer.on('event', heard)
  return () => ipcRenderer.off('event', heard)
}

contextBridge.exposeInMainWorld('onsite', { ...calls, listen })
