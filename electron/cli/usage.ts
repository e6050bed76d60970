import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

/** The command was not called as it must be; exit code 2. */
export class UsageError extends Error {}

export const HELP = `优品现场评价 · YouPin Onsite

  onsite verify FILE… --roster roster.json --root KEYID [--as KEYID] [--json]
      核验评价包：结构、签名、校验码、内容、复算、权限、先后。roster.sig 放在名册旁边。
      Verify packages: container, signature, hashes, content, recomputed scores, rights, order. roster.sig lies beside
      the roster. --as: the key the packages should be meant for. --json: one object a line.

  onsite verify report.pdf --result R.evp [--roster roster.json --root KEYID] [--json]
      报告是否属于该结果包。 Whether a report belongs to a result package.

  onsite merge --task T.evp SHEET.evp… --roster roster.json --root KEYID [--inputs inputs.json] [--xlsx team.xlsx]
               [--why why.json] [--language zh|en] -o result.json
      合并评分表，写出结果文件，并打印合并状态。inputs.json 为结果中的 inputs（不含 sheets）。--xlsx 另写评分合并表（--language 定其语言），--why 另写得分由来。
      Merge sheets, write the result document, print its status. inputs.json: the result's inputs without sheets.
      --xlsx: the team's workbook besides, in --language. --why: the explanation tree as JSON.

  onsite report R.evp --profile committee|archive|enterprise [--format pdf|docx|zip] [--media DIR]
               [--template-file T.json] [--language zh|en] [--roster … --root …] -o FILE
      由结果包生成报告（pdf、可编辑的 docx）或佐证包（zip）。照片取自结果包或目录（文件名为其校验码）。
      Make a report (pdf, editable docx) or the evidence archive (zip) from a result package; photos come from it, or from a
      folder of files named by their hash.

  onsite template IN.xlsx|IN.csv|IN.json [--category agriculture|industry|service|region] -o OUT.json|OUT.xlsx|OUT.csv
      细则与表格互转。他人的表格按表头识别；疑点逐格列出。.json 只写通过检查的细则。
      Turn checklists into tables and tables into checklists. Other people's tables are read by their heads; every doubt is
      listed with its cell. As .json only a checklist that passes its checks is written.

  退出码 exit codes: 0 全部通过 all well · 1 有未通过或未闭合 refused or open · 2 用法错误 usage
`

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Parses arguments strictly; anything unknown is a usage error. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A key id as typed: 64 hex digits in any case. */
export function readKeyId(name: string, value: string | undefined): string {
  const keyId = value?.toLowerCase() ?? ''
  if (!/^[0-9a-f]{64}$/.test(keyId)) throw new UsageError(`--${name}: 64 hex digits expected 应为 64 位十六进制`)
  return keyId
}

/** A language as given, or a usage error. */
export function readLanguage(value: string): 'zh' | 'en' {
  if (value !== 'zh' && value !== 'en') throw new UsageError('--language: zh|en')
  return value
}

/** People's language by the environment: Chinese or English. */
export function userLanguage(): 'zh' | 'en' {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('zh') ? 'zh' : 'en'
}
