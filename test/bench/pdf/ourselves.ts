import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import sharp from 'sharp'
import { createPool } from '../../../electron/jobs/pool.ts'
import { PHOTO_BOX } from '../../../electron/report/pdf/figures.ts'
import { renderReport } from '../../../electron/report/render.ts'
import { mediaPath } from '../../../electron/storage/paths.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import { FONTS } from '../../support/report-model.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { percentile } from '../percentile.ts'
import { benchModel } from './content.ts'

/** How long (ms) the thread that asks for a report worked without a break, and the same while nothing is asked. */
export type Blocked = { ms: number; idle: number }

/** `photos` by hash. The report is made in a worker, as in the app; each round another one. */
export async function blockedWhile(photos: Record<string, string>, folder: string, rounds: number): Promise<Blocked> {
  const media = join(folder, 'media')
  for (const [hash, path] of Object.entries(photos)) {
    mkdirSync(join(media, hash.slice(0, 2)), { recursive: true })
    writeFileSync(mediaPath(media, hash), readFileSync(path))
  }
  const pool = createPool({ workers: 1 })
  const job = (model: ReportModel) =>
    pool.run('renderReport', {
      model,
      fontsDir: FONTS,
      media,
      cacheDir: join(folder, 'print'),
      target: join(folder, 'blocked.pdf'),
    })
  try {
    await job(benchModel('S', 1, Object.keys(photos)))
    const busy: number[] = []
    const idle: number[] = []
    for (let n = 0; n < rounds; n++) {
      const model = benchModel('L', 200 + n, Object.keys(photos))
      let ms = 0
      idle.push(await longestStretch(async () => await new Promise((done) => setTimeout(done, ms || 300))))
      busy.push(
        await longestStretch(async () => {
          const from = performance.now()
          await job(model)
          ms = performance.now() - from
        }),
      )
    }
    return { ms: percentile(busy, 50), idle: percentile(idle, 50) }
  } finally {
    await pool.close()
  }
}

/** Longest stretch this thread worked (processor time: others on the machine do not count) between two turns of its event loop. */
async function longestStretch(work: () => Promise<void>): Promise<number> {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let longest = 0
  let last = spent()
  let isOver = false
  const turn = () => {
    const now = spent()
    longest = Math.max(longest, now - last)
    last = now
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  isOver = true
  return longest
}

const ORIGINALS = 100

/** 100 photos of 12 megapixels, made once. */
export async function takeOriginals(folder: string): Promise<Record<string, string>> {
  mkdirSync(folder, { recursive: true })
  for (let n = readdirSync(folder).length; n < ORIGINALS; n++) {
    const bytes = await makePhoto(n + 1, { width: 4000, height: 3000 })
    writeFileSync(join(folder, `${createHash('sha256').update(bytes).digest('hex')}.jpg`), bytes)
  }
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name.slice(0, 64), join(folder, name)]),
  )
}

/** Time (ms) from originals nobody has made small yet to the finished report, and of making them small with sharp alone. */
export async function coldOriginals(
  originals: Record<string, string>,
  folder: string,
): Promise<{ ms: number; sharp: number }> {
  const hashes = Object.keys(originals)
  const own: number[] = []
  const alone: number[] = []
  for (let round = 0; round < 2; round++) {
    const cacheDir = join(folder, `cold-${round}`)
    let from = performance.now()
    const made = await renderReport({
      model: benchModel('L', 300 + round, hashes),
      fontsDir: FONTS,
      photo: (hash) => originals[hash] ?? null,
      cacheDir,
      target: join(folder, 'cold.pdf'),
    })
    if (!made.ok) throw new Error(JSON.stringify(made.failure))
    own.push(performance.now() - from)
    rmSync(cacheDir, { recursive: true })
    mkdirSync(cacheDir)
    from = performance.now()
    await inPairs(hashes, async (hash) => await shrink(originals[hash] ?? '', join(cacheDir, `${hash}.jpg`)))
    alone.push(performance.now() - from)
    rmSync(cacheDir, { recursive: true })
  }
  return { ms: Math.min(...own), sharp: Math.min(...alone) }
}

async function inPairs(all: readonly string[], work: (one: string) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one)
  }
  await Promise.all([next(), next()])
}

async function shrink(source: string, target: string): Promise<void> {
  const side = Math.round((PHOTO_BOX.width / 72) * 220)
  await sharp(readFileSync(source))
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside' })
    .jpeg({ quality: 80, chromaSubsampling: '4:2:0' })
    .toFile(target)
}
