import { writeFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import type { Check, Made } from './check.ts'
import type { Shot } from './stage.ts'

const EXPORTS: Record<string, readonly [string, string]> = {
  '.docx': ['报告的可编辑副本', 'the report, editable'],
  '.xlsx': ['得分明细表', 'the figures'],
  '.zip': ['佐证包，打开其中的 index.html', 'all evidence; open its index.html'],
}

type Guide = { made: Made; checks: Check[]; shots: Shot[]; conclusion: { zh: string; en: string } }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const STYLE = `body{font:16px/1.6 'Noto Sans CJK SC','Noto Sans SC',system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1d2a2c}
h1,h2{color:#0b6d71}img{max-width:100%;border:1px solid #d5dee0;border-radius:6px}figure{margin:1.5rem 0}figcaption{color:#52656a}
pre{background:#f2f6f6;padding:.8rem;border-radius:6px;overflow:auto;font-size:14px}.ok{color:#1b6e3c}.bad{color:#a4262c}table{border-collapse:collapse}td{padding:.2rem .8rem .2rem 0;vertical-align:top}`

/** Writes index.html and index.md: what was made, how to check it, what it looked like; Chinese first, English beside. */
export function writeGuide(guide: Guide): void {
  const { folder } = guide.made
  writeFileSync(join(folder, 'index.md'), markdown(guide))
  writeFileSync(join(folder, 'index.html'), html(guide))
}

function files({ made }: Guide): [string, string, string][] {
  const here = (path: string): string => relative(made.folder, path)
  const { trust } = made
  return [
    [here(made.task), '任务（组长签名）', 'task, signed by the lead'],
    ...made.sheets.map((file): [string, string, string] => [
      here(file),
      '评分表（专家本人签名）',
      'sheet, signed by its expert',
    ]),
    [here(made.result), '评价结果（组长签名，内含全部评分表）', 'result, signed by the lead, with every sheet inside'],
    ...made.reports.map((file): [string, string, string] => [here(file), '评价报告', 'report']),
    ...made.exports.map((file): [string, string, string] => {
      const [zh, en] = EXPORTS[extname(file)] ?? ['导出', 'export']
      return [here(file), zh, en]
    }),
    ...made.papers.map((file): [string, string, string] => [here(file), '文书', 'papers']),
    ['inputs/own-checklist.xlsx', '单位自己的检查表，导入后签发', 'a checklist of one’s own, imported and issued'],
    [here(trust.roster), '专家名册，签名在 roster.sig', 'roster; its signature is roster.sig'],
    ...trust.authors.map((one): [string, string, string] => [
      here(one.pem),
      `${one.name}的公开校验文件`,
      `public key of ${one.name}`,
    ]),
    ['inputs/', '登记申请、照片、集体评定的输入', 'requests, photos, the decisions put in'],
  ]
}

function markdown(guide: Guide): string {
  const { made, checks, shots, conclusion } = guide
  return [
    '# 优品现场评价 · 完整演示 / The whole job, demonstrated',
    '',
    `结论 / Conclusion: ${conclusion.zh} · ${conclusion.en}`,
    '',
    `项目发起人的校验值 / key id of the root: \`${made.trust.root}\``,
    '',
    '## 文件 / Files',
    '',
    ...files(guide).map(([name, zh, en]) => `- [${name}](${name}) ${zh} · ${en}`),
    '',
    '## 自己核验 / Check it yourself',
    '',
    '在代码仓库的根目录执行（bash）。 Run these in the root of the repository, in bash.',
    '',
    ...checks.flatMap(({ zh, en, command, output, isFine }) => [
      `### ${isFine ? '✓' : '✗'} ${zh} / ${en}`,
      '',
      '```sh',
      command,
      '```',
      '',
      ...(output === '' ? [] : ['```', output, '```', '']),
    ]),
    '## 过程 / Step by step',
    '',
    ...shots.flatMap(({ file, zh, en }, n) => [`${n + 1}. ${zh} / ${en}`, '', `   ![${zh}](${file})`, '']),
  ].join('\n')
}

function html(guide: Guide): string {
  const { made, checks, shots, conclusion } = guide
  const rows = files(guide).map(
    ([name, zh, en]) => `<tr><td><a href="${name}">${name}</a></td><td>${zh}<br>${en}</td></tr>`,
  )
  const proofs = checks.map(
    ({ zh, en, command, output, isFine }) =>
      `<h3 class="${isFine ? 'ok' : 'bad'}">${isFine ? '✓' : '✗'} ${escape(zh)} / ${escape(en)}</h3><pre>${escape(command)}</pre>${output === '' ? '' : `<pre>${escape(output)}</pre>`}`,
  )
  const pictures = shots.map(
    ({ file, zh, en }, n) =>
      `<figure><img src="${file}" alt="${zh}" loading="lazy"><figcaption>${n + 1}. ${zh} / ${en}</figcaption></figure>`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>优品现场评价 · 完整演示</title><style>${STYLE}</style>
<h1>优品现场评价 · 完整演示 / The whole job, demonstrated</h1>
<p>结论 / Conclusion: <strong>${conclusion.zh}</strong> · ${conclusion.en}</p>
<p>项目发起人的校验值 / key id of the root: <code>${made.trust.root}</code></p>
<h2>文件 / Files</h2><table>${rows.join('')}</table>
<h2>自己核验 / Check it yourself</h2><p>在代码仓库的根目录执行（bash）。 Run these in the root of the repository, in bash.</p>${proofs.join('')}
<h2>过程 / Step by step</h2>${pictures.join('')}</html>
`
}
