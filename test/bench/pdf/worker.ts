import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { benchModel, type Size } from './content.ts'
import { openEngine, type Bench, type EngineName } from './engines.ts'

/** One engine in a process of its own, kept alive: renders what it is asked for and says how long it took. */
export type Order = { size: Size; seed: number; target: string }
export type Answer = { ms: number; cpuMs: number; bytes: number; rssMb: number } | { error: string }

const [name, given] = process.argv.slice(2)
const bench = JSON.parse(given ?? '{}') as Bench
const engine = await openEngine(name as EngineName, bench)

/** A report counts as written when it is on the disk; ours does that by itself. */
function sync(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Peak memory of this process. What `resourceUsage` says begins with the peak of the process that started it. */
function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const peak = /VmHWM:\s+(\d+) kB/.exec(status)
  return (peak ? Number(peak[1]) : process.resourceUsage().maxRSS) / 1024
}

async function serve({ size, seed, target }: Order): Promise<Answer> {
  try {
    const model = benchModel(size, seed, Object.keys(bench.photos))
    // Every report is a new file; giving an old one's blocks back to the disk is nobody's work here.
    rmSync(target, { force: true })
    const from = performance.now()
    const used = process.cpuUsage()
    await engine.render(model, target)
    if (name !== 'ours') sync(target)
    const { user, system } = process.cpuUsage(used)
    const cpuMs = (user + system) / 1000
    return { ms: performance.now() - from, cpuMs, bytes: statSync(target).size, rssMb: peakMb() }
  } catch (error) {
    return { error: String(error) }
  }
}

// Also when the asking process is gone.
process.on('disconnect', () => void engine.close().finally(() => process.exit()))
process.on('message', (order: Order | 'end') => {
  if (order === 'end') process.disconnect()
  else void serve(order).then((answer) => process.send?.(answer))
})
process.send?.('ready')
