// Stands in for Electron's default app, which the fallback program lacks: `electron [-r module] <path>` runs the app at the path.
// Copied to resources/app of the fallback in the cache; never shipped.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const parse = (args) => {
  const modules = []
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]
    if (arg === '-r' || arg === '--require') modules.push(args[(at += 1)])
    else if (!arg.startsWith('-')) return { modules, path: arg }
  }
  return { modules, path: undefined }
}

const describe = (folder) => {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  const description = JSON.parse(readFileSync(file, 'utf8'))
  if (description.version) app.setVersion(description.version)
  if (description.productName ?? description.name) app.name = description.productName ?? description.name
  app.setDesktopName(description.desktopName ?? `${app.name}.desktop`)
  return folder
}

const { modules, path } = parse(process.argv.slice(1))
const load = createRequire(import.meta.url)
modules.forEach((name) => load(resolve(name)))
if (path === undefined) {
  process.stderr.write('usage: electron <path of the app>\n')
  app.exit(2)
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const folder = describe(resolve(path))
  const entry = load.resolve(resolve(path))
  app.setAppPath(folder ?? dirname(entry))
  await import(pathToFileURL(entry).href)
}
