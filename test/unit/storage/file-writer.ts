import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { quarantineFile } from '../../../electron/exchange/quarantine.ts'
import { bytesEntry, fileEntry } from '../../../electron/exchange/seal.ts'
import { writePackageFile } from '../../../electron/exchange/write.ts'
import { write } from '../../../electron/storage/database.ts'
import { ingestFile } from '../../../electron/storage/evidence-files.ts'
import { addMedia } from '../../../electron/storage/evidence-store.ts'
import { makeFolder, writeWhole } from '../../../electron/storage/files.ts'
import { openStore } from '../../../electron/storage/open.ts'
import { mediaPath, pathsIn } from '../../../electron/storage/paths.ts'
import { acceptDeclaration } from '../../../electron/storage/sheet-store.ts'
import type { Outcome } from '../../../shared/contract/errors.ts'

/** Run as a program: takes a photo in with its row, writes a package with it, copies that, replaces a small file. Argument: folder. */
const [folder = ''] = process.argv.slice(2)
const TASK = '00000000-0000-7000-8000-00000000000a'
const at = '2026-11-24T01:00:00.000Z'
const stamp = { actor: 'zhang', at, mono: 1 }
const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}
const paths = pathsIn(folder)
makeFolder(join(folder, 'stick'))
const store = valueOf(openStore({ path: paths.database, copies: null, deviceId: 'device-1' }))
valueOf(write(store, (tx) => acceptDeclaration(tx, stamp, TASK, 'x')))
const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
  .jpeg()
  .toBuffer()
writeFileSync(join(folder, 'camera.jpg'), photo)

const run = { signal: new AbortController().signal, progress: () => undefined }
const source = { path: join(folder, 'camera.jpg') }
const taken = valueOf(await ingestFile({ source, name: '', places: paths }, run))
const { sha256, size, crc32 } = taken
process.stdout.write(`${sha256}\n`)
const { preview: _, ...file } = taken
const said = { importedAt: at, road: 'files' as const, caption: '', items: [], inReport: true, derivedFrom: null }
valueOf(write(store, (tx) => addMedia(tx, stamp, TASK, { ...file, ...said, preview: true, discardedAt: null })))

const entries = [
  bytesEntry('mimetype', Buffer.from('x')),
  fileEntry(`data/media/${sha256}.jpg`, { path: mediaPath(paths.media, sha256), size, sha256, crc32 }),
]
const written = valueOf(await writePackageFile({ target: join(folder, 'stick', 'made.evp'), entries, replace: false }))
valueOf(await quarantineFile(written.path, paths.quarantine))
writeWhole(join(folder, 'small.json'), Buffer.from('{}'))
