import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const configuration = readFileSync(join(import.meta.dirname, '..', '..', 'electron-builder.yml'), 'utf8')

/** The lines below a key of the top level, as pairs. */
function blockOf(text: string, key: string): Record<string, string> {
  const block = new RegExp(`^${key}:\\n((?: {2}.*\\n)+)`, 'm').exec(text)?.[1] ?? ''
  return Object.fromEntries(
    block
      .split('\n')
      .filter((line) => /^ {2}\w+: /.test(line))
      .map((line) => line.trim().split(': ') as [string, string]),
  )
}

test('what ships has every fuse as it should be: no Node, no inspector, its own archive only', () => {
  expect(blockOf(configuration, 'electronFuses')).toEqual({
    runAsNode: 'false',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    grantFileProtocolExtraPrivileges: 'false',
    enableCookieEncryption: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
  })
  expect(configuration).toMatch(/^asar: true$/m)
  expect(configuration).toMatch(/^afterPack: electron\/runtime\/packaging\/after-pack\.mjs$/m)
  expect(configuration).toMatch(/^ {2}hardenedRuntime: true$/m)
})

test('a fuse that is left out is missed (control)', () => {
  expect(blockOf(configuration.replace('  runAsNode: false\n', ''), 'electronFuses')).not.toHaveProperty('runAsNode')
  expect(blockOf(configuration, 'nothing')).toEqual({})
})

test('neither maps nor the addon of the development fallback nor another Node ship', () => {
  for (const left of ['!out/**/*.map', '!node_modules/better-sqlite3/{build,deps,src}/**', '!node_modules/node-'])
    expect(configuration).toContain(`- "${left}`)
})
