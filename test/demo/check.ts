import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { ROOT } from '../../electron/runtime/workspace.ts'
import type { Result } from '../../shared/domain/result.ts'
import { jcs } from '../../shared/package/jcs.ts'
import type { TrustFiles } from '../support/e2e-trust.ts'

export type Check = { zh: string; en: string; command: string; output: string; isFine: boolean }
export type Made = {
  folder: string
  task: string
  sheets: string[]
  result: string
  reports: string[]
  exports: string[]
  papers: string[]
  trust: TrustFiles
}

const CLI = join(ROOT, 'electron', 'cli.ts')

/** Everything a stranger would run, run: the command line's checks, the recipe by hand, and the merge made again. */
export function checkAll(made: Made): Check[] {
  const { folder, task, sheets, result, reports, trust } = made
  const here = (path: string): string => relative(ROOT, path)
  const trusted = ['--roster', here(trust.roster), '--root', trust.root]
  const onsite = (zh: string, en: string, args: string[], isFine: (output: string) => boolean = () => true): Check => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
    const output = `${stdout}${stderr}`.trim()
    return {
      zh,
      en,
      command: `npm run --silent onsite -- ${args.join(' ')}`,
      output,
      isFine: status === 0 && isFine(output),
    }
  }
  const packages = [task, ...sheets, result].map(here)
  writeFileSync(join(folder, 'inputs', 'decisions.json'), JSON.stringify(decisionsOf(result), null, 2))
  return [
    onsite(
      '核验全部评价数据文件',
      'Every package',
      ['verify', ...packages, ...trusted],
      (out) => (out.match(/^ok /gm) ?? []).length === packages.length,
    ),
    ...reports.map((report) =>
      onsite(`报告属于该结果：${basename(report)}`, `The report belongs to the result: ${basename(report)}`, [
        'verify',
        here(report),
        '--result',
        here(result),
        ...trusted,
      ]),
    ),
    onsite(
      '换个顺序重新合并',
      'Merged again in another order',
      [
        'merge',
        '--task',
        here(task),
        ...sheets.toReversed().map(here),
        ...trusted,
        '--inputs',
        here(join(folder, 'inputs/decisions.json')),
        '-o',
        here(join(folder, 'merged.json')),
      ],
      (out) => out.startsWith('closed'),
    ),
    sameMerge(folder, result),
    ...[...sheets, task, result].map((file) => byHand(file, trust)),
    ...made.exports.map((file) => opens(file)),
    ...made.papers.map((file) => isPdf(file)),
  ]
}

function decisionsOf(result: string): Omit<Result['inputs'], 'sheets'> {
  const { sheets: _, ...inputs } = resultOf(result).inputs
  return inputs
}

const resultOf = (file: string): Result =>
  JSON.parse(execFileSync('unzip', ['-p', file, 'data/result.json'], { maxBuffer: 1 << 28 }).toString('utf8')) as Result

function sameMerge(folder: string, result: string): Check {
  const again = (JSON.parse(readFileSync(join(folder, 'merged.json'), 'utf8')) as Result).merge
  const isFine = jcs(again) === jcs(resultOf(result).merge)
  const [merged, own] = [relative(ROOT, join(folder, 'merged.json')), relative(ROOT, result)]
  const command = `diff <(jq -S .merge ${merged}) <(unzip -p ${own} data/result.json | jq -S .merge)`
  return {
    zh: '两次合并逐字节一致',
    en: 'Both merges are the same',
    command,
    output: isFine ? '' : 'they differ',
    isFine,
  }
}

/** The recipe with unzip, openssl and sha256sum, run as it is printed, against the author's key of the roster. */
function byHand(file: string, trust: TrustFiles): Check {
  const statement = JSON.parse(execFileSync('unzip', ['-p', file, 'statement.json']).toString('utf8')) as {
    author: { keyId: string }
  }
  const author = trust.authors.find((one) => one.keyId === statement.author.keyId)
  const name = basename(file)
  const command = recipe(relative(ROOT, file), relative(ROOT, author?.pem ?? ''))
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', command], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return {
    zh: `不用本软件核验 ${name}（${author?.name ?? ''}）`,
    en: `${name} checked without our software (${author?.name ?? ''})`,
    command,
    output: `${stdout}${stderr}`.trim(),
    isFine: status === 0 && author !== undefined && stdout.includes(author.keyId),
  }
}

const run = (zh: string, en: string, command: string, isFine: (output: string) => boolean): Check => {
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  const output = `${stdout}${stderr}`.trim()
  return { zh, en, command, output, isFine: status === 0 && isFine(output) }
}

/** Word, Excel and evidence files are archives whose every entry reads back; all evidence is what its list says. */
function opens(file: string): Check {
  const [here, name] = [relative(ROOT, file), basename(file)]
  if (name.endsWith('.zip'))
    return run(
      `佐证包逐个文件核对：${name}`,
      `Every file of the evidence checked: ${name}`,
      `W=$(mktemp -d); unzip -q ${here} -d $W; cd $W; sha256sum --strict -c manifest-sha256.txt | grep -c OK`,
      (output) => Number(output) > 5,
    )
  return run(`文件完整：${name}`, `The file is whole: ${name}`, `unzip -tq ${here}`, (output) =>
    output.startsWith('No errors'),
  )
}

const isPdf = (file: string): Check =>
  run(
    `文书可以打开：${basename(file)}`,
    `The papers open: ${basename(file)}`,
    `qpdf --check ${relative(ROOT, file)}`,
    (output) => output.includes('No syntax or stream encoding errors'),
  )

const recipe = (file: string, pem: string): string =>
  [
    `F=$PWD/${file} K=$PWD/${pem} W=$(mktemp -d); cd $W; unzip -q $F`,
    'openssl pkeyutl -verify -pubin -inkey $K -rawin -in tagmanifest-sha256.txt -sigfile signatures/author.sig',
    'sha256sum --strict --quiet -c tagmanifest-sha256.txt manifest-sha256.txt',
    "(cut -c67- manifest-sha256.txt tagmanifest-sha256.txt; echo tagmanifest-sha256.txt) | sort | diff - <(find . -type f ! -path './signatures/*' | sed 's#^\\./##' | sort)",
    'openssl pkey -pubin -in $K -outform DER | sha256sum | cut -c-64',
  ].join('\n')
