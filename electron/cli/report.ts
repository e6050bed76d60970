import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PROFILES, type ProfileName } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { signedContent } from '../../shared/package/payload.ts'
import { buildReport } from '../../shared/report/build.ts'
import { sha256 } from '../exchange/crypto.ts'
import { isRefusal } from '../exchange/refusal.ts'
import { extractContained, readResultPackage, type ResultPackage } from '../exchange/result-package.ts'
import { verifyPackage } from '../exchange/verify.ts'
import { renderReport } from '../report/render.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import { mediaPath } from '../storage/paths.ts'
import { readTrust } from './trust-files.ts'
import { UsageError, complain, readArguments, say } from './usage.ts'
import { lineOf } from './verify.ts'

const ASSETS = join(import.meta.dirname, '..', '..', 'assets')
const isProfile = (value: string): value is ProfileName => (PROFILES as readonly string[]).includes(value)

/** `onsite report`: the PDF of a result package. Prints path, pages, hash and photos that were not found; 1 when refused. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    profile: { type: 'string' },
    media: { type: 'string' },
    language: { type: 'string', default: 'zh' },
    output: { type: 'string', short: 'o' },
    roster: { type: 'string' },
    root: { type: 'string' },
  })
  const [file, ...more] = positionals
  const { profile = '', language, output, media } = values
  if (file === undefined || more.length > 0) throw new UsageError('one result package expected 需要一个结果包')
  if (!existsSync(file)) throw new UsageError(`cannot read 无法读取: ${file}`)
  if (!isProfile(profile)) throw new UsageError(`--profile: ${PROFILES.join('|')}`)
  if (language !== 'zh' && language !== 'en') throw new UsageError('--language: zh|en')
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
    const reports = (result.closing?.reports ?? []).filter((r) => r.profile === profile)
    const changeNote = reports.toSorted((a, b) => b.version - a.version)[0]?.changeNote ?? ''
    const words = reportTemplateOf(ASSETS, task.category)
    const rendered = await renderReport({
      model: buildReport({ task, template, sheets, result, contentSha256, profile, language, words, changeNote }),
      fontsDir: join(ASSETS, 'fonts'),
      photo: photoFinder(file, opened, media, work),
      cacheDir: join(work, 'print'),
      target: resolve(output),
    })
    if (rendered.ok) say(JSON.stringify(rendered.value))
    else complain(JSON.stringify(rendered.failure))
    return rendered.ok ? 0 : 1
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
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
