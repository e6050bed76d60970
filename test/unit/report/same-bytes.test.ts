import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '..', '..', 'support', 'all-exports.ts')
const folder = mkdtempSync(join(tmpdir(), 'same-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Said = { hashes: Record<string, string>; surroundings: string[] }
async function writtenUnder(name: string, cwd: string, env: Record<string, string>, age: number): Promise<Said> {
  const own = join(folder, name)
  mkdirSync(own)
  const options = { cwd, env: { PATH: process.env.PATH ?? '', HOME: own, ...env } }
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, own, String(age)], options)
  return JSON.parse(stdout) as Said
}

test('one result is one file, whatever the zone, language, folder and age of the photos', async () => {
  const [east, west] = await Promise.all([
    writtenUnder('east', folder, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, 1),
    writtenUnder('a b 中', tmpdir(), { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }, 2e9),
  ])
  // The control: the two do not agree about anything else.
  east.surroundings.forEach((said, n) => expect(west.surroundings[n]).not.toBe(said))
  expect(Object.keys(east.hashes)).toHaveLength(7)
  expect(west.hashes).toEqual(east.hashes)
})
