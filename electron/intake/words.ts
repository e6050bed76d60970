import type { FailureCode } from '../../shared/contract/errors.ts'
import type { Text } from '../../shared/domain/text.ts'

/** What the centre says to its operator; `{x}` is filled in. */
export const WORDS = {
  usage: {
    zh: `用法:
  npm run centre -- init --folder 目录 --invitation 邀请文件 --root 校验码 [--name 名称] [--practice]
  npm run centre -- [serve] --folder 目录 [--port 7423] [--host 127.0.0.1]
口令取自环境变量 CENTRE_PASSPHRASE,或 --passphrase-file 文件。--root 为项目负责人当面或电话告知的校验码(8 组 5 位数字)或密钥标识。`,
    en: `Usage:
  npm run centre -- init --folder DIR --invitation FILE --root DIGITS [--name NAME] [--practice]
  npm run centre -- [serve] --folder DIR [--port 7423] [--host 127.0.0.1]
The passphrase comes from the variable CENTRE_PASSPHRASE or from --passphrase-file FILE. --root takes the digits (8 groups of 5) or the key id that the project's founder told you by voice or on paper.`,
  },
  ready: {
    zh: '接收中心已就绪:项目「{project}」,名册第 {seq} 版。',
    en: 'The centre is set up: project "{project}", roster {seq}.',
  },
  updated: { zh: '名册已更新到第 {seq} 版。', en: 'The roster is now number {seq}.' },
  digits: { zh: '本中心的校验码: {digits}', en: 'Digits of this centre: {digits}' },
  enrolNow: {
    zh: '请把 {path} 交给项目负责人,在程序里以「接收中心」角色登记(双方核对上面的校验码),再用新的邀请文件运行一次 init。',
    en: 'Give {path} to the project\'s founder, who enrols it in the app with the role "centre" after comparing the digits above; then run init again with the new invitation.',
  },
  listening: { zh: '正在接收: {address}', en: 'Listening on {address}' },
  notEnrolled: {
    zh: '本中心的密钥还不在名册上(角色「接收中心」),因此暂不接收任何文件;登记后无需重启。',
    en: 'The key of this centre is not on the roster with the role "centre" yet, so nothing is accepted; no restart is needed once it is.',
  },
  practice: { zh: '这是练习中心:也接收样例任务。', en: 'This is a practice centre: sample tasks are accepted too.' },
  stopping: { zh: '正在停止……', en: 'Stopping ...' },
  stopped: { zh: '已停止。', en: 'Stopped.' },
  inUse: { zh: '这个目录正由另一个接收进程使用。', en: 'Another centre process is using this folder.' },
  noPassphrase: {
    zh: '没有口令:请设置 CENTRE_PASSPHRASE 或用 --passphrase-file。',
    en: 'No passphrase: set CENTRE_PASSPHRASE or use --passphrase-file.',
  },
  failed: { zh: '没有完成: {why}', en: 'Not done: {why}' },
} as const satisfies Record<string, Text>

/** Failures of `init` and `serve` in plain words; the code itself for those that explain themselves in the system's message. */
export const WHY: Partial<Record<FailureCode, Text>> = {
  rootConflict: {
    zh: '项目的根密钥不是您给出的(或本目录已绑定的)那一个;邀请文件或目录中的校验码是 {detail}。请不要使用这个邀请文件,先向项目负责人核实。',
    en: 'the project root is not the one you named (or the one this folder is bound to); the digits found are {detail}. Do not use this invitation before asking the founder.',
  },
  rosterOld: {
    zh: '邀请文件里的名册比本中心已有的旧。',
    en: 'the roster in the invitation is older than the one held.',
  },
  invalid: { zh: '这不是本项目的邀请文件。', en: 'this is not an invitation to this project.' },
  refused: { zh: '邀请文件的签名不成立。', en: 'the signature of the invitation does not hold.' },
  weakKey: { zh: '邀请文件里有不合规的密钥。', en: 'the invitation holds a key that must not be used.' },
  passphraseTooShort: {
    zh: '口令太短,至少 {detail} 个字符。',
    en: 'the passphrase is too short; at least {detail} characters.',
  },
  wrongPassphrase: { zh: '口令不对。', en: 'the passphrase is wrong.' },
  damagedKey: {
    zh: '中心的密钥文件已损坏,请从备份恢复。',
    en: 'the key file of the centre is damaged; restore it from a backup.',
  },
  notFound: { zh: '这个目录还没有初始化,请先运行 init。', en: 'this folder is not set up yet; run init first.' },
  fileMissing: { zh: '找不到文件: {detail}', en: 'file not found: {detail}' },
  diskFull: { zh: '磁盘已满。', en: 'the disk is full.' },
  notWritable: { zh: '没有写入权限: {detail}', en: 'no right to write: {detail}' },
}
