import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PROFILES, type ProfileName } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { signedContent } from '../../shared/package/payload.ts'
import { buildReport } from '../../shared/report/build.ts'
import type { ReportInput } from '../../shared/report/context.ts'
import { sha256 } from '../exchange/crypto.ts'
import { isRefusal } from '../exchange/refusal.ts'
import { extractContained, readResultPackage, type ResultPackage } from '../exchange/result-package.ts'
import { verifyPackage } from '../exchange/verify.ts'
import { renderDocx } from '../report/docx/write.ts'
import { writeEvidenceZip, type EvidenceRequest } from '../report/evidence-zip.ts'
import { enclosedTemplate, readTemplate } from '../report/enclosed-template.ts'
import { renderReport } from '../report/render.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import { mediaPath } from '../storage/paths.ts'
import { readTrust } from './trust-files.ts'
import { UsageError, complain, readArguments, readLanguage, say } from './usage.ts'
import { lineOf } from './verify.ts'

const ASSETS = join(import.meta.dirname, '..', '..', 'assets')
const isProfile = (value: string): value is ProfileName => (PROFILES as readonly string[]).includes(value)

const FORMATS = ['pdf', 'docx', 'zip'] as const

const OPTIONS = {
  profile: { type: 'string' },
  format: { type: 'string', default: 'pdf' },
  media: { type: 'string' },
  language: { type: 'string', default: 'zh' },
  'template-file': { type: 'string' },
  output: { type: 'string', short: 'o' },
  roster: { type: 'string' },
  root: { type: 'string' },
} as const

/**
 * `onsite report`: report or evidence of a result package. Prints path, hash, what was not found, whether the PDF is the issued one
 * (null = none to compare), and the hash of the report template used (null = built in); 1 when refused.
 */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [file, ...more] = positionals
  const { profile = '', output, media } = values
  const language = readLanguage(values.language)
  if (file === undefined || more.length > 0) throw new UsageError('one result package expected 需要一个结果包')
  if (!existsSync(file)) throw new UsageError(`cannot read 无法读取: ${file}`)
  if (!isProfile(profile)) throw new UsageError(`--profile: ${PROFILES.join('|')}`)
  const format = FORMATS.find((one) => one === values.format)
  if (format === undefined) throw new UsageError(`--format: ${FORMATS.join('|')}`)
  if (output === undefined) throw new UsageError('-o is missing 缺少 -o')
  if (!(await isTrusted(file, values))) return 1

  const opened = await readResultPackage(file)
  if (isRefusal(opened)) {
    complain(JSON.stringify({ file, ...opened }))
    return 1
  }
  const work = mkdtempSync(join(tmpdir(), 'onsite-report-'))
  try {
    const { task, template, result, sheets } = opened
    const contentSha256 = sha256(jcsBytes(signedContent(result)))
    const changeNote = changeNoteOf(result, profile)
    const own = templateFor(file, opened, profile, values['template-file'], work)
    const input: ReportInput = {
      task,
      template,
      sheets,
      result,
      contentSha256,
      profile,
      language,
      changeNote,
      words: own?.template ?? reportTemplateOf(ASSETS, task.category),
      ownWords: own ?? undefined,
    }
    const rendered = await write(format, input, {
      photo: photoFinder(file, opened, media, work),
      reports: issuedReports(file, opened, profile, work),
      cacheDir: join(work, 'print'),
      target: resolve(output),
    })
    const issued = opened.reports.get(profile)?.sha256 ?? null
    const isIssued = format === 'pdf' && rendered.ok && issued !== null ? rendered.value.sha256 === issued : null
    const reportTemplate = own === null ? null : own.sha256
    if (rendered.ok) say(JSON.stringify({ ...rendered.value, reportTemplate, isIssued }))
    else complain(JSON.stringify(rendered.failure))
    return rendered.ok ? 0 : 1
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const changeNoteOf = ({ closing }: ResultPackage['result'], profile: ProfileName): string =>
  (closing?.reports ?? []).filter((r) => r.profile === profile).toSorted((a, b) => b.version - a.version)[0]
    ?.changeNote ?? ''

/** The template given, else the one inside the report that was issued; null for the built-in one. */
function templateFor(
  file: string,
  { reports }: ResultPackage,
  profile: ProfileName,
  given: string | undefined,
  work: string,
) {
  if (given !== undefined) {
    if (!existsSync(given)) throw new UsageError(`cannot read 无法读取: ${given}`)
    const read = readTemplate(readFileSync(given))
    if (read === null) throw new UsageError(`--template-file: no report template 不是报告模板: ${given}`)
    return read
  }
  const issued = reports.get(profile)
  return issued === undefined ? null : enclosedTemplate(extractContained(file, issued, work))
}

type Order = Pick<EvidenceRequest, 'photo' | 'reports' | 'cacheDir' | 'target'>

async function write(format: (typeof FORMATS)[number], input: ReportInput, { reports, ...order }: Order) {
  if (format === 'zip') return await writeEvidenceZip({ ...order, reports, input, isDraft: false })
  const request = { ...order, model: buildReport(input), fontsDir: join(ASSETS, 'fonts') }
  return await (format === 'pdf' ? renderReport(request) : renderDocx(request))
}

/** The issued PDFs that go with a copy of the evidence: its own, to the archive all. */
function issuedReports(file: string, { reports }: ResultPackage, profile: ProfileName, work: string) {
  return [...reports].flatMap(([of, contained]) =>
    profile === 'archive' || of === profile
      ? [
          {
            name: `report-${of}.pdf`,
            path: extractContained(file, contained, work),
            size: contained.size,
            sha256: contained.sha256,
          },
        ]
      : [],
  )
}

/** With a roster the whole package is verified first; without one nobody vouches for it, and that is said. */
async function isTrusted(
  file: string,
  { roster, root }: { roster?: string | undefined; root?: string | undefined },
): Promise<boolean> {
  if (roster === undefined) {
    complain('onsite: signature not checked 未核验签名 (--roster, --root)')
    return true
  }
  const at = new Date().toISOString()
  const trust = readTrust(roster, root)
  const verified = await verifyPackage({ file, fileSha256: null, trust, known: [], selfKeyId: null, at, depth: 'full' })
  if (verified.ok && verified.value.verdict === 'ok') return true
  complain(JSON.stringify(verified.ok ? lineOf(file, verified.value) : verified.failure))
  return false
}

/** Photos from the package itself, else from the folder: `<sha256>.<ext>` or the layout of the app's media store. */
function photoFinder(file: string, { evidence }: ResultPackage, media: string | undefined, work: string) {
  const inFolder = new Map(
    media === undefined ? [] : readdirSync(media).map((name) => [name.slice(0, 64), join(media, name)]),
  )
  return (hash: string): string | null => {
    const contained = evidence.get(hash)
    if (contained !== undefined) return extractContained(file, contained, work)
    const found = inFolder.get(hash) ?? (media === undefined ? '' : mediaPath(media, hash))
    return existsSync(found) && sha256(readFileSync(found)) === hash ? found : null
  }
}
