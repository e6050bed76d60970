import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RECIPE = `
set -eu
unzip -q "$1" -d p
cd p
openssl pkeyutl -verify -pubin -inkey ../author.pem -rawin -in tagmanifest-sha256.txt -sigfile signatures/author.sig >&2
openssl pkey -pubin -in ../author.pem -outform DER | sha256sum | cut -c-64
sha256sum --strict --quiet -c tagmanifest-sha256.txt >&2
sha256sum --strict --quiet -c manifest-sha256.txt >&2
(cut -c67- manifest-sha256.txt tagmanifest-sha256.txt; echo tagmanifest-sha256.txt) | sort > ../listed
find . -type f ! -path './signatures/*' | sed 's#^\\./##' | sort | diff ../listed - >&2
sha256sum tagmanifest-sha256.txt | cut -c-64
`

export type ByHand = { ok: true; keyId: string; digest: string } | { ok: false; output: string }

/** The recipe anyone can follow, with the ordinary programs themselves: unzip, openssl, sha256sum, find, diff. */
export function verifyByHand(file: string, pem: string): ByHand {
  const folder = mkdtempSync(join(tmpdir(), 'by-hand-'))
  try {
    writeFileSync(join(folder, 'author.pem'), pem)
    const output = execFileSync('bash', ['-c', RECIPE, 'recipe', file], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [keyId = '', digest = ''] = output.trim().split('\n')
    return { ok: true, keyId, digest }
  } catch (error) {
    return { ok: false, output: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
