import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { parseResult, type Result } from '../../../shared/domain/result.ts'
import {
  exportPackage,
  makeResult,
  makeWorld,
  sealResult,
  sealSheet,
  sealSheetWithPhoto,
  sealTask,
  type Made,
  type World,
} from '../../support/package-factories.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli.ts')

let folder: string
let world: World
let sheets: Made[]
let files: { task: string; sheets: string[]; result: string; newer: string }
let trust: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
  world = makeWorld(folder)
  const task = await exportPackage(world, sealTask(world), 'T.evp')
  sheets = [sealSheetWithPhoto(world, 'e1'), sealSheet(world, 'e2'), sealSheet(world, 'e3')]
  const paths = await Promise.all(sheets.map((made, n) => exportPackage(world, made, `S${n + 1}.evp`)))
  const result = await exportPackage(world, sealResult(world, sheets), 'R.evp')
  const newer = await exportPackage(world, sealSheet(world, 'e2', { revision: 2, reason: '更正' }), 'S2-2.evp.zip')
  files = { task, sheets: paths, result, newer }
  writeFileSync(join(folder, 'roster.json'), world.held.document.bytes)
  writeFileSync(join(folder, 'roster.sig'), world.held.document.sig)
  trust = ['--roster', join(folder, 'roster.json'), '--root', world.keys.e1.keyId]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function onsite(...args: string[]) {
  const done = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, LANG: 'zh_CN.UTF-8', DISPLAY: '' },
  })
  const lines = done.stdout.split('\n').slice(0, -1)
  return {
    code: done.status,
    out: done.stdout,
    err: done.stderr,
    json: () => lines.map((l) => JSON.parse(l) as Record<string, unknown>),
  }
}

describe('onsite verify', () => {
  test('one JSON object a line, in the order of the arguments, exit 0', () => {
    const ran = onsite('verify', files.result, files.task, ...files.sheets, ...trust, '--json')
    expect(ran.json().map((l) => [l['kind'], l['verdict']])).toEqual([
      ['result', 'ok'],
      ['task', 'ok'],
      ['sheet', 'ok'],
      ['sheet', 'ok'],
      ['sheet', 'ok'],
    ])
    expect(ran.code).toBe(0)
    const [line] = onsite('verify', files.sheets[0]!, ...trust, '--json').json()
    expect(line).toEqual({
      file: files.sheets[0],
      verdict: 'ok',
      digest: sheets[0]!.digest,
      kind: 'sheet',
      projectId: world.task.projectId,
      taskId: world.task.taskId,
      author: 'e1',
      keyId: world.keys.e1.keyId,
      revision: 1,
      counts: { items: 4, answered: 4, photos: 1, nonconformities: 0, logLines: 1 },
      problems: [],
    })
    expect(Object.keys(line!)).toHaveLength(11)
  })
  test('order among the files of one call, audience, strangers, damage; exit 1', () => {
    const verdicts = (...args: string[]) => {
      const ran = onsite('verify', ...args, ...trust, '--json')
      return [ran.code, ...ran.json().map((l) => l['verdict'])]
    }
    const second = files.sheets[1]!
    expect(verdicts(second, files.newer)).toEqual([0, 'ok', 'ok'])
    expect(verdicts(files.newer, second, second)).toEqual([1, 'ok', 'older', 'older'])
    expect(verdicts(second, second)).toEqual([1, 'ok', 'duplicate'])
    const cut = join(folder, 'cut.evp')
    writeFileSync(cut, readFileSync(second).subarray(0, 5000))
    expect(verdicts(cut, join(folder, 'none.evp'), second)).toEqual([1, 'damaged', 'damaged', 'ok'])
    expect(onsite('verify', second, ...trust.slice(0, 3), world.keys.e2.keyId, '--json').json()[0]).toMatchObject({
      verdict: 'unknownSigner',
    })
  })
  test('plain words without --json', () => {
    const ran = onsite('verify', files.task, ...trust)
    expect(ran.out).toContain('ok  ')
    expect(ran.out).toContain('校验通过')
  })
  test('wrong use is exit 2 with help; help is exit 0', () => {
    for (const args of [
      [],
      ['verify'],
      ['verify', files.task],
      ['verify', files.task, '--roster', 'none.json', '--root', world.keys.e1.keyId],
      ['verify', files.task, ...trust.slice(0, 2), '--root', 'x'],
      ['verify', '--what'],
      ['frobnicate'],
      ['merge', ...trust],
      ['report', files.result],
    ]) {
      const ran = onsite(...args)
      expect([args, ran.code, ran.err.includes('onsite verify')]).toEqual([args, 2, true])
    }
    expect(onsite('help')).toMatchObject({ code: 0 })
    expect(onsite('merge', '--help').out).toContain('退出码')
  })
})

describe('onsite merge', () => {
  const out = () => join(folder, 'result.json')
  const read = (): Result => {
    const parsed = parseResult(JSON.parse(readFileSync(out(), 'utf8')))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return parsed.value
  }
  const merge = (list: string[], ...more: string[]) =>
    onsite('merge', '--task', files.task, ...list, ...trust, ...more, '-o', out())

  test('open without decisions, closed with them, the same bytes in any order', () => {
    expect(merge(files.sheets)).toMatchObject({ code: 1, out: 'open\n' })
    expect(read().merge.items.map((m) => m.flags)).toEqual([['gradesDiffer'], [], ['naConflict'], []])
    const { sheets: _, ...inputs } = makeResult(world, sheets).inputs
    const inputsFile = join(folder, 'inputs.json')
    writeFileSync(inputsFile, JSON.stringify({ ...inputs, decisions: inputs.decisions.toReversed() }, null, 2))
    expect(merge(files.sheets, '--inputs', inputsFile)).toMatchObject({ code: 0, out: 'closed\n', err: '' })
    const first = readFileSync(out(), 'utf8')
    expect(read()).toEqual(makeResult(world, sheets))
    expect(merge([...files.sheets.toReversed(), files.sheets[0]!], '--inputs', inputsFile).code).toBe(0)
    expect(readFileSync(out(), 'utf8')).toBe(first)

    const [decision] = inputs.decisions
    writeFileSync(inputsFile, JSON.stringify({ ...inputs, decisions: [...inputs.decisions, decision] }))
    const twice = merge(files.sheets, '--inputs', inputsFile)
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining(`decisions.${decision?.item} duplicateId`)])
  })
  test('writes the team’s workbook besides, the same bytes in any order', () => {
    const xlsx = (list: string[]) => {
      const path = join(folder, 'team.xlsx')
      expect(merge(list, '--xlsx', path).code).toBe(1)
      return sha256(readFileSync(path))
    }
    expect(xlsx(files.sheets.toReversed())).toBe(xlsx(files.sheets))
  })
  test('the newest revision counts; a missing sheet leaves it open; a refused one stops it', () => {
    merge([files.newer, ...files.sheets])
    expect(
      read()
        .inputs.sheets.map((s) => s.revision)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 1, 2])
    const two = merge(files.sheets.slice(0, 2))
    expect([two.code, two.err]).toEqual([1, expect.stringContaining('e3')])
    rmSync(out())
    const cut = join(folder, 'cut2.evp')
    writeFileSync(cut, readFileSync(files.sheets[2]!).subarray(0, 4000))
    const refused = merge([...files.sheets.slice(0, 2), cut])
    expect([refused.code, refused.out, refused.err]).toEqual([1, '', expect.stringContaining('damaged')])
    expect(() => readFileSync(out())).toThrow('ENOENT')
    expect(merge([files.task]).code).toBe(1)
  })
})

test('onsite report makes a PDF, and onsite verify says whose it is', () => {
  const pdf = join(folder, 'report.pdf')
  const ran = onsite('report', files.result, '--profile', 'archive', '-o', pdf)
  expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('--roster')])
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  expect(onsite('report', files.result, '--profile', 'committee', ...trust, '-o', join(folder, 'c.pdf'))).toMatchObject(
    { code: 0, err: '' },
  )
  expect(onsite('report', files.task, '--profile', 'archive', '-o', pdf).code).toBe(1)
  for (const format of ['docx', 'zip']) {
    const file = join(folder, `report.${format}`)
    const made = onsite('report', files.result, '--profile', 'archive', '--format', format, ...trust, '-o', file)
    expect([made.code, made.err, readFileSync(file).subarray(0, 2).toString()]).toEqual([0, '', 'PK'])
  }
  expect(onsite('report', files.result, '--profile', 'archive', '--format', 'odt', '-o', pdf).code).toBe(2)
  const other = onsite('verify', pdf, '--result', files.result, ...trust, '--json')
  expect([other.code, other.json()[0]]).toEqual([1, expect.objectContaining({ verdict: 'invalidContent' })])
})

test('a report inside a result belongs to it', async () => {
  const path = join(folder, 'own.pdf')
  writeFileSync(path, '%PDF-1.7 own')
  const bytes = readFileSync(path)
  const report = { path, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes), profile: 'archive' }
  const result = await exportPackage(world, sealResult(world, sheets, { revision: 2 }, { reports: [report] }), 'R2.evp')
  expect(onsite('verify', path, '--result', result, ...trust, '--json').json()).toMatchObject([
    { file: path, verdict: 'ok', problems: [] },
  ])
  expect(onsite('verify', path, '--result', result).code).toBe(0)
  expect(onsite('verify', path, '--result', files.result).code).toBe(1)
  // Cut, changed, lengthened, and nothing at all: one line each, none of which belongs.
  const others = [bytes.subarray(0, -1), Buffer.from('%PDF-1.7 owm'), Buffer.concat([bytes, bytes]), Buffer.alloc(0)]
  const paths = others.map((changed, n) => {
    const other = join(folder, `other-${n}.pdf`)
    writeFileSync(other, changed)
    return other
  })
  const said = onsite('verify', ...paths, '--result', result, ...trust, '--json')
  expect([said.code, said.json().map((line) => line.verdict)]).toEqual([1, paths.map(() => 'invalidContent')])
})
