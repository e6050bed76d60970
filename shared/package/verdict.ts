import type { Text } from '../domain/text.ts'

/** What an import can say of a package, in the order of the checks: the first failure is the verdict. */
export const VERDICTS = [
  'damaged',
  'unsafe',
  'tooNew',
  'unknownSigner',
  'revoked',
  'notAuthentic',
  'invalidContent',
  'notPermitted',
  'wrongAudience',
  'duplicate',
  'conflictingTwin',
  'older',
  'ok',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** What each verdict means and what to do about it, in plain words. */
export const VERDICT_TEXT: Readonly<Record<Verdict, Text>> = {
  damaged: {
    zh: '文件在传递中损坏。请让对方重新导出，再拷一份。',
    en: 'The file was damaged on its way. Ask for it to be exported and copied again.',
  },
  unsafe: {
    zh: '文件结构不符合安全规定，没有打开。请不要再用这个文件，并向发送人核实来源。',
    en: 'The file breaks the safety rules and was not opened. Do not use it; ask the sender where it came from.',
  },
  tooNew: {
    zh: '文件由更新版本的软件生成。请先升级本软件，再导入。',
    en: 'The file was made by a newer version. Update this app, then import it.',
  },
  unknownSigner: {
    zh: '签名人不在项目名册中。请向组长或办公室索取最新名册，核对校验码后再导入。',
    en: 'The signer is not on the project roster. Get the newest roster from the lead or the office, then import again.',
  },
  revoked: {
    zh: '签名人的签名身份已停用或过期。请联系组长或办公室。',
    en: 'The signer’s key has been withdrawn or has expired. Contact the lead or the office.',
  },
  notAuthentic: {
    zh: '签名不成立，内容可能被改过。请保留这个文件作为证据，并请发送人当面重新导出。',
    en: 'The signature does not hold; the content may have been changed. Keep the file and ask the sender for a new one in person.',
  },
  invalidContent: {
    zh: '内容前后不一致（例如分数无法复算）。请把提示的条目告诉发送人，让其更正后重新封存。',
    en: 'The content contradicts itself (for example, scores that do not recompute). Tell the sender which items are named below.',
  },
  notPermitted: {
    zh: '签名人无权提交这类文件。请核对任务分工和名册中的角色。',
    en: 'The signer may not issue this. Check the team of the task and the roles on the roster.',
  },
  wrongAudience: {
    zh: '这个文件不是给您或本项目的。请交给指定的收件人。',
    en: 'This file is meant for somebody else or another project. Pass it to the person it is for.',
  },
  duplicate: {
    zh: '这个文件已经导入过，无需再次导入。',
    en: 'This file has been imported already. Nothing to do.',
  },
  conflictingTwin: {
    zh: '同一人的同一版本出现两份不同内容。请两份都保留，向签名人问清以哪份为准，由其出具新的修订。',
    en: 'There are two different versions under one number. Keep both, ask the signer which counts, and have a new revision made.',
  },
  older: {
    zh: '您已有更新的版本。这份旧版本不会替换它。',
    en: 'You already hold a newer revision. This older one does not replace it.',
  },
  ok: { zh: '校验通过。', en: 'Everything checks out.' },
}

/** What order is judged by. `subject` = whose document it is: the scored person of a sheet, null for a task or a result. */
export type PackageFacts = {
  digest: string
  kind: 'task' | 'sheet' | 'result'
  taskId: string
  keyId: string
  deviceId: string
  seq: number
  subject: string | null
  revision: number
  /** SHA-256 of the document of the kind. */
  documentSha256: string
  logHead: { size: number; sha256: string }
}

/** An accepted package; `acceptedAt` is the instant its key was judged at. */
export type KnownPackage = PackageFacts & { acceptedAt: string }

/** Where a package stands among those already accepted: duplicate, conflictingTwin, older or ok, in this order. */
export function orderVerdict(
  facts: PackageFacts,
  known: readonly PackageFacts[],
): 'duplicate' | 'conflictingTwin' | 'older' | 'ok' {
  const siblings = known.filter(
    (k) => k.kind === facts.kind && k.taskId === facts.taskId && k.subject === facts.subject,
  )
  if (known.some((k) => k.digest === facts.digest)) return 'duplicate'
  if (siblings.some((k) => k.documentSha256 === facts.documentSha256)) return 'duplicate'
  const isTwin =
    siblings.some((k) => k.revision === facts.revision) ||
    known.some((k) => k.keyId === facts.keyId && k.deviceId === facts.deviceId && k.seq === facts.seq)
  if (isTwin) return 'conflictingTwin'
  return siblings.some((k) => k.revision > facts.revision) ? 'older' : 'ok'
}
