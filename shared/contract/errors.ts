import type { Problem } from '../domain/problem.ts'

/** Every way an operation can fail that a person can do something about. Anything else is a bug and throws. */
export const FAILURE_CODES = [
  'invalid', // the entered data break a rule; see `problems`, paths name the control
  'notFound',
  'locked', // no identity is unlocked
  'wrongPassphrase',
  'passphraseTooShort',
  'damagedKey', // the stored private key does not unwrap to its own public key
  'notPermitted', // the person's role does not allow this
  'alreadyExists',
  'sealed', // the sheet is sealed; open a revision first
  'incomplete', // sealing or closing refused; see `problems`
  'mergeOpen',
  'closed', // the result is closed; reopen it first
  'ownSheetFirst', // colleagues' scores stay hidden until one's own sheet is sealed
  'stale', // the data changed meanwhile; reload
  'refused', // a package was refused; `detail` is the verdict
  'rootConflict', // another root key is already pinned for this project
  'rosterOld', // an older roster than the one held
  'weakKey', // a public key that must not be enrolled
  'unsupportedFile',
  'importNotAllowed',
  'damagedFile',
  'fileTooLarge',
  'tooManyFiles',
  'fileExists',
  'fileMissing',
  'diskFull',
  'notWritable',
  'storageFailed', // the disk answered with an error; nothing was saved
  'missingGlyph', // a character of the report has no glyph; see `problems`
  'offline', // the server does not answer
  'captivePortal', // something else answers in the server's place
  'unauthorised', // the server does not know this key
  'serverRefused', // the server refused the package; `detail` is its verdict
  'tooNew', // written by a newer version of this app
  'cancelled',
  'busy', // the same work is already under way
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** `detail` is a verdict, a path or a name to show, never an instruction; `problems` point at controls or items. */
export type Failure = { code: FailureCode; detail?: string; problems?: Problem[] }

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })

export function fail(code: FailureCode, more: Omit<Failure, 'code'> = {}): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, ...more } }
}
