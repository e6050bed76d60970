import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Bridge } from '../shared/contract/api.ts'
import type { AppEvent } from '../shared/contract/views.ts'

// The window factory hands the contract's names over: loading the contract itself would cost every start its parsers.
const PREFIX = '--onsite-methods='
const names =
  process.argv
    .find((argument) => argument.startsWith(PREFIX))
    ?.slice(PREFIX.length)
    .split(',') ?? []
const calls = Object.fromEntries(names.map((name) => [name, (args: unknown) => ipcRenderer.invoke(name, args)]))

const listen: Bridge['listen'] = (onEvent) => {
  const heard = (_: IpcRendererEvent, event: AppEvent) => onEvent(event)
  ipcRenderer.on('event', heard)
  return () => ipcRenderer.off('event', heard)
}

contextBridge.exposeInMainWorld('onsite', { ...calls, listen })
