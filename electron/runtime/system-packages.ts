import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './cache.mjs'
import { onPath, run, say } from './workspace.ts'

/** `window`: to run Electron at all; `fallback`: to unpack and build for the fallback; `tests`: screens, fonts and outside checkers. */
export type Need = 'window' | 'fallback' | 'tests'

type Requirement = { deb: string; need: Need; library?: string; program?: string; present?: () => boolean }

const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', join(process.env['HOME'] ?? '/', '.fonts')]
const CJK_FONT = /(NotoSansCJK|NotoSerifCJK|SourceHanSans|wqy-|DroidSansFallback|uming|ukai)/i

const hasCjkFont = (): boolean =>
  FONT_FOLDERS.filter(existsSync).some((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => CJK_FONT.test(name)),
  )

const REQUIREMENTS: readonly Requirement[] = [
  { deb: 'libgtk-3-0', need: 'window', library: 'libgtk-3.so.0' },
  { deb: 'libnss3', need: 'window', library: 'libnss3.so' },
  { deb: 'libasound2', need: 'window', library: 'libasound.so.2' },
  { deb: 'libgbm1', need: 'window', library: 'libgbm.so.1' },
  { deb: 'libxss1', need: 'window', library: 'libXss.so.1' },
  { deb: 'unzip', need: 'fallback', program: 'unzip' },
  { deb: 'python3', need: 'fallback', program: 'python3' },
  { deb: 'make', need: 'fallback', program: 'make' },
  { deb: 'g++', need: 'fallback', program: 'g++' },
  { deb: 'xvfb', need: 'tests', program: 'Xvfb' },
  { deb: 'fonts-noto-cjk', need: 'tests', present: hasCjkFont },
  { deb: 'poppler-utils', need: 'tests', program: 'pdftoppm' },
  { deb: 'qpdf', need: 'tests', program: 'qpdf' },
  { deb: 'openssl', need: 'tests', program: 'openssl' },
  { deb: 'unzip', need: 'tests', program: 'unzip' },
]

const installedLibraries = async (): Promise<string> => {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find(existsSync) ?? 'ldconfig'
  return (await run(ldconfig, ['-p'], { capture: true })).output
}

const missingFor = async (needs: readonly Need[]): Promise<string[]> => {
  const libraries = await installedLibraries()
  const isPresent = (wanted: Requirement): boolean => {
    if (wanted.library !== undefined) return libraries.includes(wanted.library)
    return wanted.program === undefined ? (wanted.present?.() ?? true) : onPath(wanted.program)
  }
  const missing = REQUIREMENTS.filter((wanted) => needs.includes(wanted.need) && !isPresent(wanted))
  return [...new Set(missing.map((wanted) => wanted.deb))]
}

/** Since 2024 Debian and Ubuntu name some libraries with a `t64` ending. */
const currentName = async (deb: string): Promise<string> => {
  if (!deb.startsWith('lib')) return deb
  const known = await run('apt-cache', ['show', '--no-all-versions', `${deb}t64`], { capture: true })
  return known.code === 0 ? `${deb}t64` : deb
}

const apt = async (args: readonly string[]): Promise<void> => {
  const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    capture: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (code !== 0) throw new Error(`apt-get ${args[0]} failed:\n${output.trim().split('\n').slice(-10).join('\n')}`)
}

const installMissing = async (needs: readonly Need[]): Promise<void> => {
  const missing = await missingFor(needs)
  if (missing.length === 0) return
  say(`Installing Debian packages: ${missing.join(' ')} ...`)
  await apt(['update', '-qq'])
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...(await Promise.all(missing.map(currentName)))])
}

/** Linux only. As root on a Debian-like system installs what is missing, otherwise throws with the command to give. */
export const ensureSystemPackages = async (needs: readonly Need[]): Promise<void> => {
  if (process.platform !== 'linux') return
  const missing = await missingFor(needs)
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await withLock('system-packages', () => installMissing(needs))
    return
  }
  throw new Error(
    `These system packages are missing: ${missing.join(' ')}\nOn Debian or Ubuntu: sudo apt-get update && sudo apt-get install ${missing.join(' ')}`,
  )
}
