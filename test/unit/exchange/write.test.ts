import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { extractPackage } from '../../../electron/exchange/extract.ts'
import { quarantineFile } from '../../../electron/exchange/quarantine.ts'
import { packageEntries } from '../../../electron/exchange/seal.ts'
import { writePackageFile } from '../../../electron/exchange/write.ts'
import { mediaPath, pathsIn } from '../../../electron/storage/paths.ts'
import { MAX_PACKAGE_BYTES } from '../../../shared/package/limits.ts'
import {
  exportPackage,
  fileSha256,
  makeWorld,
  mediaOf,
  sealSheet,
  sealSheetWithPhoto,
  storePhoto,
  verifyIn,
  type Made,
  type World,
} from '../../support/package-factories.ts'

let folder: string
let out: string
let world: World
let made: Made

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'))
  out = join(folder, 'out')
  mkdirSync(out)
  world = makeWorld(join(folder, 'world'))
  made = sealSheetWithPhoto(world, 'e1')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writing', () => {
  test('one file, the size and hash it says, progress to the end, the same bytes again from the stored seal', async () => {
    const target = join(out, '评分表.evp')
    const seen: [number, number][] = []
    const written = await writePackageFile(
      { target, entries: made.entries, replace: false },
      { onProgress: (...p) => seen.push(p) },
    )
    expect(written).toEqual({ ok: true, value: { path: target, octets: made.octets, fileSha256: fileSha256(target) } })
    expect(readdirSync(out)).toEqual(['评分表.evp'])
    expect(seen.at(-1)).toEqual([made.octets, made.octets])
    const payload = made.entries.filter((e) => e.name.startsWith('data/'))
    const again = join(out, 'again.evp')
    await writePackageFile({ target: again, entries: packageEntries(made.files, payload), replace: false })
    expect(readFileSync(again).equals(readFileSync(target))).toBe(true)
  })
  test('an existing file is refused untouched, or replaced when asked', async () => {
    const target = join(out, 'x.evp')
    writeFileSync(target, 'older')
    expect(await writePackageFile({ target, entries: made.entries, replace: false })).toMatchObject({
      ok: false,
      failure: { code: 'fileExists' },
    })
    expect(readFileSync(target, 'utf8')).toBe('older')
    expect((await writePackageFile({ target, entries: made.entries, replace: true })).ok).toBe(true)
    expect((await verifyIn(world, target)).verdict).toBe('ok')
    expect(readdirSync(out)).toEqual(['x.evp'])
  })
  test('cancelled at any moment it leaves nothing; an older target stays', async () => {
    const target = join(out, 'x.evp')
    writeFileSync(target, 'older')
    const counts = new Set<number>()
    for (let stop = 0; stop < 60; stop += 1) {
      const abort = new AbortController()
      let steps = 0
      const onProgress = () => {
        steps += 1
        if (steps > stop) abort.abort()
      }
      const result = await writePackageFile(
        { target, entries: made.entries, replace: true },
        { signal: abort.signal, onProgress },
      )
      counts.add(steps)
      if (result.ok) break
      expect(result.failure.code).toBe('cancelled')
      expect(readdirSync(out)).toEqual(['x.evp'])
      expect(readFileSync(target, 'utf8')).toBe('older')
    }
    expect(counts.size).toBeGreaterThan(20)
  })
  test('evidence that changed, shrank, grew or vanished since capture', async () => {
    const photo = made.entries.at(-1)!
    const path = 'path' in photo.from ? photo.from.path : ''
    const bytes = readFileSync(path)
    const attempt = () => writePackageFile({ target: join(out, 'x.evp'), entries: made.entries, replace: false })
    for (const changed of [Buffer.from(bytes.map((b) => b ^ 1)), bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
      writeFileSync(path, changed)
      expect(await attempt()).toMatchObject({ ok: false, failure: { code: 'damagedFile', detail: photo.name } })
    }
    rmSync(path)
    expect(await attempt()).toMatchObject({ ok: false, failure: { code: 'fileMissing' } })
    expect(readdirSync(out)).toEqual([])
    writeFileSync(path, bytes)
    expect((await attempt()).ok).toBe(true)
  })
  test('a folder that is not there', async () => {
    const result = await writePackageFile({ target: join(out, 'none', 'x.evp'), entries: made.entries, replace: false })
    expect(result).toMatchObject({ ok: false, failure: { code: 'fileMissing' } })
  })
})

/** Mounts a small memory disk, or says why it cannot (not root, no mount). */
function smallDisk(path: string, kilobytes: number): string | null {
  try {
    mkdirSync(path)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `no small disk here: ${error instanceof Error ? error.message.split('\n')[0] : ''}`
  }
}

test('a full disk: diskFull, nothing left behind, and with room again it works', async ({ skip }) => {
  const disk = join(folder, 'disk')
  const reason = smallDisk(disk, 64)
  if (reason !== null) skip(reason)
  try {
    const target = join(disk, 'x.evp')
    const filler = join(disk, 'filler')
    writeFileSync(filler, Buffer.alloc(60 * 1024))
    expect(await writePackageFile({ target, entries: made.entries, replace: false })).toMatchObject({
      ok: false,
      failure: { code: 'diskFull' },
    })
    expect(readdirSync(disk)).toEqual(['filler'])
    rmSync(filler)
    const onProgress = (done: number) => {
      if (done > 2000 && !existsSync(filler))
        writeFileSync(filler, Buffer.alloc(60 * 1024 - (done - (done % 4096)) - 4096))
    }
    const late = await writePackageFile({ target, entries: made.entries, replace: false }, { onProgress })
    expect(late).toMatchObject({ ok: false, failure: { code: 'diskFull' } })
    expect(readdirSync(disk)).toEqual(['filler'])
    const copied = await quarantineFile(await exportPackage(world, made), join(disk, 'quarantine'))
    expect(copied).toMatchObject({ ok: false, failure: { code: 'diskFull' } })
    expect(readdirSync(join(disk, 'quarantine'))).toEqual([])
    rmSync(filler)
    expect((await writePackageFile({ target, entries: made.entries, replace: false })).ok).toBe(true)
  } finally {
    execFileSync('umount', [disk])
  }
})

test('a full disk while a package is taken apart: diskFull, nothing left behind; with room it goes on', async ({
  skip,
}) => {
  const disk = join(folder, 'disk')
  const reason = smallDisk(disk, 64)
  if (reason !== null) skip(reason)
  try {
    const small = storePhoto(world, 9)
    appendFileSync(small.path, Buffer.alloc(100_000, 'x'))
    const bytes = readFileSync(small.path)
    const photo = { ...small, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes) }
    const file = await exportPackage(world, sealSheet(world, 'e1', { media: [mediaOf(photo)] }, { media: [photo] }))
    const places = pathsIn(join(disk, 'identity'))
    const take = () => extractPackage({ file, fileSha256: fileSha256(file), places })
    expect(await take()).toMatchObject({ ok: false, failure: { code: 'diskFull' } })
    expect(readdirSync(places.mediaTmp)).toEqual([])
    expect(existsSync(mediaPath(places.media, photo.sha256))).toBe(false)
    execFileSync('mount', ['-o', 'remount,size=1m', disk])
    expect((await take()).ok).toBe(true)
    expect(fileSha256(mediaPath(places.media, photo.sha256))).toBe(photo.sha256)
  } finally {
    execFileSync('umount', [disk])
  }
})

describe('quarantine', () => {
  test('a stick that is pulled, or a file that grows, while it is copied: what is judged is what was copied', async () => {
    const chunk = 1024 * 1024
    const copyWhile = async (change: (source: string) => void) => {
      const source = join(folder, 'stick.evp')
      writeFileSync(source, Buffer.alloc(3 * chunk, 'x'))
      let isChanged = false
      const onProgress = () => {
        if (!isChanged) change(source)
        isChanged = true
      }
      const copied = await quarantineFile(source, join(folder, 'quarantine'), { onProgress })
      if (!copied.ok) throw new Error(copied.failure.code)
      const { path, fileSha256: hash, octets } = copied.value
      expect([hash, octets]).toEqual([fileSha256(path), statSync(path).size])
      return octets
    }
    expect(await copyWhile(() => undefined)).toBe(3 * chunk)
    expect(await copyWhile((source) => truncateSync(source, chunk))).toBe(chunk)
    expect(await copyWhile((source) => appendFileSync(source, 'more'))).toBe(3 * chunk)
  })

  test('the copy is the file, and what is verified is the copy', async () => {
    const source = await exportPackage(world, made)
    const copied = await quarantineFile(source, join(folder, 'quarantine'))
    if (!copied.ok) throw new Error(copied.failure.code)
    writeFileSync(source, 'the stick was swapped')
    const { path, fileSha256: hash } = copied.value
    expect((await verifyIn(world, path, { fileSha256: hash })).verdict).toBe('ok')
    expect(await verifyIn(world, path, { fileSha256: '0'.repeat(64) })).toMatchObject({
      verdict: 'damaged',
      problems: [{ code: 'copy' }],
    })
  })
  test('cancelled, missing, too large', async () => {
    const source = await exportPackage(world, made)
    const place = join(folder, 'quarantine')
    const cancelled = await quarantineFile(source, place, { signal: AbortSignal.abort() })
    expect(cancelled).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(readdirSync(place)).toEqual([])
    expect(await quarantineFile(join(folder, 'none'), place)).toMatchObject({
      ok: false,
      failure: { code: 'fileMissing' },
    })
    const huge = join(folder, 'huge.evp')
    writeFileSync(huge, '')
    truncateSync(huge, MAX_PACKAGE_BYTES + 1)
    expect(await quarantineFile(huge, place)).toMatchObject({ ok: false, failure: { code: 'fileTooLarge' } })
    expect(await verifyIn(world, huge)).toMatchObject({ verdict: 'unsafe', problems: [{ code: 'tooLarge' }] })
    truncateSync(huge, MAX_PACKAGE_BYTES)
    expect((await verifyIn(world, huge)).verdict).toBe('damaged')
  })
})
