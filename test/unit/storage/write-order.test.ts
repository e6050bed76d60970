import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { mediaPath, pathsIn } from '../../../electron/storage/paths.ts'
import { tempFolder } from '../../support/storage-factories.ts'

const WRITER = join(import.meta.dirname, 'file-writer.ts')

/** What reached the system, in its order: `sync path`, `move from to`, `write path`. */
type Step = { is: 'sync' | 'move' | 'write'; path: string; to: string }

function stepOf(line: string): Step[] {
  const sync = /\b(?:fsync|fdatasync)\(\d+<([^>]+)>/.exec(line)?.[1]
  if (sync !== undefined) return [{ is: 'sync', path: sync, to: '' }]
  const move = /\brename(?:at2?)?\((?:AT_FDCWD[^,]*, )?"([^"]+)", (?:AT_FDCWD[^,]*, )?"([^"]+)"/.exec(line)
  if (move?.[1] !== undefined && move[2] !== undefined) return [{ is: 'move', path: move[1], to: move[2] }]
  const write = /\b(?:pwrite64|write)\(\d+<([^>]+)>/.exec(line)?.[1]
  return write === undefined ? [] : [{ is: 'write', path: write, to: '' }]
}

/** Runs the writer under a trace; null when there is none here. */
function traced(folder: string): { steps: Step[]; sha256: string } | null {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', '/bin/true'])
  if (probe.status !== 0) {
    console.info(`no trace of calls here: ${probe.stderr?.toString().trim() || 'strace is not installed'}`)
    return null
  }
  const trace = join(folder, 'trace')
  const calls = 'trace=fsync,fdatasync,rename,renameat,renameat2,pwrite64,write'
  const args = ['-f', '-y', '-o', trace, '-e', calls, process.execPath, WRITER, join(folder, 'identity')]
  const ran = spawnSync('strace', args, { encoding: 'utf8' })
  expect(ran.status, ran.stderr).toBe(0)
  return { steps: readFileSync(trace, 'utf8').split('\n').flatMap(stepOf), sha256: ran.stdout.trim() }
}

let found: ReturnType<typeof traced>
let folder: string
beforeAll(() => {
  const parent = tempFolder()
  folder = join(parent, 'identity')
  found = traced(parent)
}, 60_000)

/** Where the steps around one rename stand: its last write, its sync, the move, the folder's sync; −1 = not there in time. */
function around(steps: readonly Step[], target: string) {
  const moved = steps.findIndex((s) => s.is === 'move' && s.to === target)
  const from = steps[moved]?.path ?? ''
  const before = steps.slice(0, Math.max(0, moved))
  return {
    from,
    written: before.findLastIndex((s) => s.is === 'write' && s.path === from),
    synced: before.findLastIndex((s) => s.is === 'sync' && s.path === from),
    moved,
    folderSynced: steps.findIndex((s, n) => n > moved && s.is === 'sync' && s.path === dirname(target)),
  }
}
const isDurable = ({ written, synced, moved, folderSynced }: ReturnType<typeof around>): boolean =>
  written >= 0 && synced > written && moved > synced && folderSynced > moved

describe('in the order of the system’s calls', () => {
  test('a photo is synced, named, its folder synced, and only then is its row written and synced', (context) => {
    if (found === null) return context.skip()
    const { steps, sha256 } = found
    const { media, database, thumb } = pathsIn(folder)
    const photo = around(steps, mediaPath(media, sha256))
    expect(isDurable(photo)).toBe(true)
    const log = `${database}-wal`
    const rows = steps.flatMap((s, n) => (s.is === 'write' && s.path === log && n > photo.written ? [n] : []))
    const synced = steps.findLastIndex((s) => s.is === 'sync' && s.path === log)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows[0]).toBeGreaterThan(photo.folderSynced)
    expect(synced).toBeGreaterThan(rows[0] ?? Infinity)
    // Control: previews can be made anew, so they are moved without a sync, and that is seen.
    const preview = steps.find((s) => s.is === 'move' && dirname(s.to) === thumb)
    expect(isDurable(around(steps, preview?.to ?? ''))).toBe(false)
  })

  test('a package on a stick, its private copy, and a small file replaced as a whole', (context) => {
    if (found === null) return context.skip()
    const { steps } = found
    for (const name of ['stick/made.evp', 'small.json'])
      expect([name, isDurable(around(steps, join(folder, name)))]).toEqual([name, true])
    expect(basename(around(steps, join(folder, 'stick', 'made.evp')).from)).toBe('made.evp.part')
    const { quarantine } = pathsIn(folder)
    const copied = steps.findLastIndex((s) => s.is === 'write' && dirname(s.path) === quarantine)
    const synced = steps.findLastIndex((s) => s.is === 'sync' && dirname(s.path) === quarantine)
    expect(copied).toBeGreaterThan(0)
    expect(synced).toBeGreaterThan(copied)
  })
})
