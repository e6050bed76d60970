import { join } from 'node:path'

const KEY_ID = /^[0-9a-f]{64}$/
const SHA256 = /^[0-9a-f]{64}$/

export type IdentityPaths = ReturnType<typeof identityPaths>

/** Folder that holds one folder per identity. */
export const identitiesFolder = (profile: string): string => join(profile, 'identities')

/** Where one person's data lie; `keyId` is checked, so no other text can become a path. */
export function identityPaths(profile: string, keyId: string) {
  if (!KEY_ID.test(keyId)) throw new TypeError(`not a key id: ${keyId}`)
  return pathsIn(join(identitiesFolder(profile), keyId))
}

/** The same layout under any folder (an identity being restored lies under a temporary one). */
export function pathsIn(folder: string) {
  const media = join(folder, 'media')
  const cache = join(folder, 'cache')
  return {
    folder,
    identity: join(folder, 'identity.json'),
    database: join(folder, 'onsite.db'),
    beforeMigration: join(folder, 'before-migration'),
    media,
    mediaTmp: join(media, 'tmp'),
    quarantine: join(folder, 'quarantine'),
    cache,
    thumb: join(cache, 'thumb'),
    view: join(cache, 'view'),
    print: join(cache, 'print'),
  }
}

/** Place of an evidence file in the media folder: `aa/<sha256>`, no extension. */
export function mediaPath(media: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError(`not a hash: ${sha256}`)
  return join(media, sha256.slice(0, 2), sha256)
}

/** Place of a re-encoded picture in one of the cache folders. */
export function cachedPath(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError(`not a hash: ${sha256}`)
  return join(folder, `${sha256}.jpg`)
}
