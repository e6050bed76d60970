import { existsSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { createPool, type JobPool } from '../../../electron/jobs/pool.ts'
import { mediaPath, pathsIn } from '../../../electron/storage/paths.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { tempFolder, valueOf } from '../../support/storage-factories.ts'

let pool: JobPool = createPool()
afterEach(async () => {
  await pool.close()
  pool = createPool()
})

const photo = () => makePhoto(1, { width: 320, height: 240 })
const request = (bytes: Uint8Array, folder = tempFolder()) => ({
  source: { bytes, fileAt: null },
  name: 'a.jpg',
  places: pathsIn(folder),
})

describe('worker pool', () => {
  test('does the work elsewhere, tells how far it is, and answers expected failures as values', async () => {
    const folder = tempFolder()
    const phases: string[] = []
    const taken = valueOf(
      await pool.run('ingest', request(await photo(), folder), { onProgress: (phase) => phases.push(phase) }),
    )
    expect(existsSync(mediaPath(pathsIn(folder).media, taken.sha256))).toBe(true)
    expect(phases).toContain('copy')
    expect(await pool.run('ingest', request(Buffer.from('no picture')))).toMatchObject({
      failure: { code: 'unsupportedFile' },
    })
  })

  test('more jobs than workers all end, each with its own answer', async () => {
    const bytes = await Promise.all(Array.from({ length: 8 }, (_, seed) => makePhoto(seed, { width: 64, height: 48 })))
    const taken = await Promise.all(bytes.map((b) => pool.run('ingest', request(b))))
    expect(taken.map((t) => valueOf(t).size)).toEqual(bytes.map((b) => b.length))
  })

  test('a cancelled job answers so, whether it waits or runs, and the pool goes on', async () => {
    const bytes = await photo()
    const controllers = Array.from({ length: 5 }, () => new AbortController())
    const jobs = controllers.map(({ signal }) => pool.run('ingest', request(bytes), { signal }))
    for (const controller of controllers.slice(1)) controller.abort()
    const codes = (await Promise.all(jobs)).map((o) => (o.ok ? 'ok' : o.failure.code))
    expect(codes.slice(2)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(codes[0]).toBe('ok')
    expect(await pool.run('ingest', request(bytes), { signal: AbortSignal.abort() })).toMatchObject({
      failure: { code: 'cancelled' },
    })
    expect((await pool.run('ingest', request(bytes))).ok).toBe(true)
  })

  test('a job that gives no sign of life is killed and its worker replaced', async () => {
    const bytes = await photo()
    expect(await pool.run('ingest', request(bytes), { limitMs: 1 })).toMatchObject({ failure: { code: 'damagedFile' } })
    expect((await pool.run('ingest', request(bytes))).ok).toBe(true)
  })

  test('a bug in a job rejects with its message and does not take the pool along', async () => {
    const broken = { source: { path: 'a\0b' }, name: '', places: pathsIn(tempFolder()) }
    await expect(pool.run('ingest', broken)).rejects.toThrow(/job ingest/)
    expect((await pool.run('ingest', request(await photo()))).ok).toBe(true)
  })

  test('closing cancels what waits and what runs', async () => {
    const bytes = await photo()
    const jobs = Array.from({ length: 6 }, () => pool.run('ingest', request(bytes)))
    await pool.close()
    const codes = (await Promise.all(jobs)).map((o) => (o.ok ? 'ok' : o.failure.code))
    expect(new Set(codes.slice(2))).toEqual(new Set(['cancelled']))
  })
})
