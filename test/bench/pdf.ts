import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheFolder } from '../../electron/runtime/cache.mjs'
import { npm } from '../../electron/runtime/workspace.ts'
import { pdfjsRead } from '../support/pdf-readers.ts'
import { bare } from '../support/report-model.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { SIZES, SIZE_NAMES, benchModel, requirementsOf, type Size } from './pdf/content.ts'
import { ENGINES, type Bench, type EngineName } from './pdf/engines.ts'
import { blockedWhile, coldOriginals, takeOriginals } from './pdf/ourselves.ts'
import type { Answer, Order } from './pdf/worker.ts'
import { percentile } from './percentile.ts'

/*
 * Our report against other ways to make it: `npm run bench -- pdf [sizes, as S,L] [rounds]`. Every engine lives in a process of its
 * own; each round asks each of them in turn for another report, so that all meet the same machine. Peers are installed into the
 * cache folder. Chromium is taken from CHROMIUM or the path and left out where there is none.
 */

const GOALS = { timeL: 0.4, timeS: 0.6, timeLChromium: 0.1, rss: 0.6, file: 1.03, cold: 1.1, blockedMs: 16 }
const PHOTO_COUNT = 200
const [sizeList = SIZE_NAMES.join(','), roundCount = '5'] = process.argv.slice(2)
const sizes = sizeList.split(',').filter((s): s is Size => s in SIZES)
const rounds = Math.max(1, Number(roundCount))
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

async function installPeers(): Promise<string> {
  const wanted = readFileSync(join(import.meta.dirname, 'pdf', 'package.json'))
  const folder = join(cacheFolder(), `pdf-peers-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`)
  const done = join(folder, 'installed')
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), wanted)
    say('installing the peers …')
    await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder })
    writeFileSync(done, '')
  }
  return folder
}

function findBrowser(): string | null {
  const named = process.env['CHROMIUM']
  if (named !== undefined) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'msedge', 'chrome.exe', 'msedge.exe']
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

/** Photos by hash, of print size and about 150 kB: every engine passes them through as they are. */
async function preparePhotos(folder: string): Promise<Record<string, string>> {
  mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length < PHOTO_COUNT) say('taking photos …')
  for (let n = readdirSync(folder).length; n < PHOTO_COUNT; n++) {
    const bytes = await makePhoto(n + 1, { width: 868, height: 651, quality: 94 })
    writeFileSync(join(folder, `${createHash('sha256').update(bytes).digest('hex')}.jpg`), bytes)
  }
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name.slice(0, 64), join(folder, name)]),
  )
}

function open(name: EngineName, bench: Bench): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'pdf', 'worker.ts'), [name, JSON.stringify(bench)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it began`)))
  })
}

function ask(child: ChildProcess, order: Order): Promise<Exclude<Answer, { error: string }>> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Answer) => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer)))
    child.send(order)
  })
}

const close = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.send('end')
  })

/** Share of the long cells a second reader gets out whole. */
async function extractable(path: string, texts: readonly string[]): Promise<number> {
  const found = bare((await pdfjsRead(path)).pages.join(''))
  return texts.filter((text) => found.includes(bare(text))).length / texts.length
}

/** Bytes of the photos and the embedded fonts: what no file can do without. */
function floorOf(size: Size, photos: Record<string, string>, pdf: string): number {
  const jpegs = Object.values(photos)
    .slice(0, SIZES[size].photos)
    .reduce((sum, path) => sum + statSync(path).size, 0)
  const fonts = [
    ...readFileSync(pdf)
      .toString('latin1')
      .matchAll(/\/Length1 \d+ \/Length (\d+)/g),
  ].reduce((sum, m) => sum + Number(m[1]), 0)
  return jpegs + fonts
}

/** `cpu`: processor time of the engine's own process, which other work on the machine changes less; a browser works elsewhere. */
type Figures = { ms: number; cpu: number; first: number; kB: number; text: number; rssMb: number }

async function measure(
  engines: readonly EngineName[],
  size: Size,
  bench: Bench,
  folder: string,
): Promise<Partial<Record<EngineName, Figures>>> {
  const target = (name: EngineName) => join(folder, `${name}-${size}.pdf`)
  const figures: Partial<Record<EngineName, Figures>> = {}
  for (const name of engines) {
    const fresh = await open(name, bench)
    const { ms, rssMb } = await ask(fresh, { size, seed: 1, target: target(name) })
    await close(fresh)
    figures[name] = { ms: 0, cpu: 0, first: Math.round(ms), kB: 0, text: 0, rssMb: Math.round(rssMb) }
  }
  const children = await Promise.all(engines.map((name) => open(name, bench)))
  const times = engines.map((): number[] => [])
  const cpus = engines.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    for (const [n, name] of engines.entries()) {
      const child = children[n]
      if (!child) continue
      const { ms, cpuMs } = await ask(child, { size, seed: 100 + round, target: target(name) })
      if (round < 0) continue
      times[n]?.push(ms)
      cpus[n]?.push(cpuMs)
    }
  }
  await Promise.all(children.map(close))
  const texts = requirementsOf(benchModel(size, 99 + rounds, Object.keys(bench.photos)))
  for (const [n, name] of engines.entries()) {
    const known = figures[name]
    if (!known) continue
    Object.assign(known, {
      ms: percentile(times[n] ?? [], 50),
      cpu: percentile(cpus[n] ?? [], 50),
      kB: Math.round(statSync(target(name)).size / 1024),
      text: await extractable(target(name), texts),
    })
    say(`${size.padEnd(3)} ${name.padEnd(9)} ${JSON.stringify(known)}`)
  }
  return figures
}

const cache = join(cacheFolder(), 'pdf-bench')
const work = join(cache, 'work')
mkdirSync(work, { recursive: true })
const bench: Bench = {
  peers: await installPeers(),
  browser: findBrowser(),
  photos: await preparePhotos(join(cache, 'photos')),
  cacheDir: join(cache, 'print'),
}
const engines = ENGINES.filter((name) => name !== 'chromium' || bench.browser !== null)
const results: Partial<Record<Size, Partial<Record<EngineName, Figures>>>> = {}
const ratios: Record<string, number> = {}
for (const size of sizes) {
  const all = await measure(engines, size, bench, work)
  results[size] = all
  const own = all.ours
  if (!own) continue
  const others = engines.flatMap((name) => (name === 'ours' ? [] : (all[name]?.ms ?? [])))
  ratios[`time${size}`] = own.ms / Math.min(...others)
  const busy = engines.flatMap((name) => (name === 'ours' || name === 'chromium' ? [] : (all[name]?.cpu ?? [])))
  ratios[`cpu${size}`] = own.cpu / Math.min(...busy)
  if (all.chromium) ratios[`time${size}Chromium`] = own.ms / all.chromium.ms
  if (size === 'L' && all.pdfkit) ratios['rss'] = own.rssMb / all.pdfkit.rssMb
  if (size === 'L') ratios['file'] = (own.kB * 1024) / floorOf(size, bench.photos, join(work, 'ours-L.pdf'))
}
if (sizes.includes('L')) {
  const blocked = await blockedWhile(bench.photos, work, rounds)
  say(`blocked   ${JSON.stringify(blocked)}`)
  ratios['blockedMs'] = blocked.ms
  ratios['idleMs'] = blocked.idle
  const cold = await coldOriginals(await takeOriginals(join(cache, 'originals')), work)
  say(`originals ${JSON.stringify(cold)}`)
  ratios['cold'] = cold.ms / cold.sharp
}
rmSync(work, { recursive: true, force: true })
const rounded = Object.fromEntries(Object.entries(ratios).map(([key, value]) => [key, Math.round(value * 1000) / 1000]))
const missed = Object.entries(GOALS)
  .filter(([key, goal]) => (ratios[key] ?? 0) > goal)
  .map(([key]) => key)
say(JSON.stringify({ bench: 'pdf', unit: 'ms', rounds, results, ratio: rounded, goals: GOALS, missed }))
