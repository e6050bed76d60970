import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInvitation, parseRoster } from '../../shared/domain/roster.ts'

const pem = (spki: string): string => `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`
const json = (bytes: Uint8Array | string): unknown => JSON.parse(Buffer.from(bytes as Uint8Array).toString('utf8'))

export type TrustFiles = {
  roster: string
  root: string
  authors: { name: string; personId: string; keyId: string; pem: string }[]
}

/** Takes an invitation apart into what a stranger needs: roster.json, roster.sig, the root's key id, everybody's public key. */
export function writeTrust(invitationFile: string, folder: string): TrustFiles {
  const invitation = parseInvitation(json(readFileSync(invitationFile)))
  if (!invitation.ok) throw new Error(JSON.stringify(invitation.problems))
  const doc = Buffer.from(invitation.value.roster.doc, 'base64')
  const parsed = parseRoster(json(doc))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const roster = join(folder, 'roster.json')
  writeFileSync(roster, doc)
  writeFileSync(join(folder, 'roster.sig'), Buffer.from(invitation.value.roster.sig, 'base64'))
  const root = createHash('sha256').update(Buffer.from(invitation.value.root, 'base64')).digest('hex')
  const authors = parsed.value.members.map(({ name, personId, keyId, spki }) => {
    const file = join(folder, `author-${personId}.pem`)
    writeFileSync(file, pem(spki))
    return { name, personId, keyId, pem: file }
  })
  return { roster, root, authors }
}
