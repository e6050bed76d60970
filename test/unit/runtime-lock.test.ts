import { spawnSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock, cacheFolder, isAlive, thisProcess } from '../../electron/runtime/cache.mjs'

const MODULE = join(import.meta.dirname, '..', '..', 'electron', 'runtime', 'cache.mjs')
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'youpin-lock-'))
  process.env['YOUPIN_CACHE'] = folder
})

afterEach(() => {
  delete process.env['YOUPIN_CACHE']
  rmSync(folder, { recursive: true, force: true })
})

const script = (body: string): string[] => ['--input-type=module', '-e', `import * as cache from '${MODULE}';${body}`]

const finished = (args: string[]): Promise<number> =>
  new Promise((done) => {
    spawn(process.execPath, args, { stdio: 'inherit' }).on('close', (code) => done(code ?? 1))
  })

test('the cache folder follows its variable', () => {
  expect(cacheFolder()).toBe(folder)
})

test('a lock whose owner was killed is taken over', () => {
  spawnSync(process.execPath, script("cache.acquireLock('a');process.kill(process.pid, 'SIGKILL')"))
  expect(existsSync(join(folder, 'locks', 'a.lock'))).toBe(true)
  let waited = false
  const release = acquireLock('a', () => {
    waited = true
  })
  expect(waited).toBe(true)
  release()
  expect(readdirSync(join(folder, 'locks'))).toEqual([])
})

test('a process id used again does not keep a lock alive', () => {
  const me = thisProcess()
  expect(isAlive(me)).toBe(true)
  expect(isAlive({ ...me, started: me.started === '' ? '' : '1' })).toBe(me.started === '')
})

test('processes side by side, behind a dead owner, never hold a lock together', async () => {
  mkdirSync(join(folder, 'locks'), { recursive: true })
  writeFileSync(join(folder, 'locks', 'b.lock'), JSON.stringify({ ...thisProcess(), pid: 2 ** 22 + 1 }))
  const counter = join(folder, 'counter')
  writeFileSync(counter, '0')
  const work = `import fs from 'node:fs';
    for (let i = 0; i < 5; i += 1) {
      const release = cache.acquireLock('b');
      const seen = Number(fs.readFileSync('${counter}', 'utf8'));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      fs.writeFileSync('${counter}', String(seen + 1));
      release();
    }`
  const codes = await Promise.all(Array.from({ length: 4 }, () => finished(script(work))))
  expect(codes).toEqual([0, 0, 0, 0])
  expect(readFileSync(counter, 'utf8')).toBe('20')
})
