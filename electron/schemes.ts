import { protocol } from 'electron'
import { readFileSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export const ORIGIN = 'app://onsite'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: 'media', privileges: { standard: true, secure: true } },
  ])
}

/** A page of our origin without the policy would be one too many, even an empty one. */
const refuse = () =>
  new Response('', {
    status: 404,
    headers: { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' },
  })

/** Serves the built window from a table of its files made at start; a path outside the table is a 404. */
export function serveWindow(folder: string): void {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]),
  )
  protocol.handle('app', (request) => {
    const url = new URL(request.url)
    const path = url.host === 'onsite' ? files.get(url.pathname) : undefined
    const type = path === undefined ? undefined : TYPES[extname(path)]
    if (path === undefined || type === undefined) return refuse()
    return new Response(readFileSync(path), {
      headers: { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' },
    })
  })
}

export type PictureSize = 'thumb' | 'view'

/** Serves re-encoded copies of photos, never an original: `media://thumb/<sha256>`, `media://view/<sha256>`. */
export function servePictures(find: (size: PictureSize, sha256: string) => string | null): void {
  protocol.handle('media', async (request) => {
    const url = new URL(request.url)
    const sha256 = url.pathname.slice(1)
    if ((url.host !== 'thumb' && url.host !== 'view') || !/^[0-9a-f]{64}$/.test(sha256)) return refuse()
    const path = find(url.host, sha256)
    const bytes = path === null ? null : await readFile(path).catch(() => null)
    if (bytes === null) return refuse()
    return new Response(bytes, {
      headers: {
        'Content-Type': 'image/jpeg',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        // Withdrawn evidence and another person's must not come back from a cache.
        'Cache-Control': 'no-store',
      },
    })
  })
}
