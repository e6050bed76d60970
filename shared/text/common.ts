import type { FailureCode } from '../contract/errors.ts'
import type { Catalogue, Phrase } from './catalogue.ts'

export const common = {
  noPreview: {
    zh: '这种文件不能预览，原文件已完整保存。',
    en: 'No preview for this kind of file; the original is kept in full.',
  },
  appName: { zh: '优品现场评价', en: 'YouPin Onsite' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '关闭', en: 'Close' },
  back: { zh: '返回', en: 'Back' },
  next: { zh: '下一步', en: 'Next' },
  confirm: { zh: '确定', en: 'Confirm' },
  remove: { zh: '删除', en: 'Remove' },
  add: { zh: '添加', en: 'Add' },
  edit: { zh: '编辑', en: 'Edit' },
  undo: { zh: '撤销', en: 'Undo' },
  emptySearch: { zh: '清空查找', en: 'Clear the search' },
  retry: { zh: '重试', en: 'Try again' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  saving: { zh: '正在保存…', en: 'Saving…' },
  saved: { zh: '已保存到本机 {{time}}', en: 'Saved on this machine {{time}}' },
  notSaved: { zh: '未保存：{{why}}', en: 'Not saved: {{why}}' },
  required: { zh: '必填', en: 'Required' },
  optional: { zh: '选填', en: 'Optional' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  none: { zh: '无', en: 'None' },
  sample: { zh: '样例', en: 'Sample' },
  passphrase: { zh: '口令', en: 'Passphrase' },
  checkCode: { zh: '校验码', en: 'Check code' },
  points: { zh: '{{n}} 分', en: '{{n}} points' },
  calendar: { zh: '打开日历', en: 'Open the calendar' },
  stepTaken: {
    zh: '“{{typed}}”不能用：应在 0 到 {{max}} 之间，每档 {{step}}。已取最近的 {{used}}。',
    en: '“{{typed}}” cannot be given: 0 to {{max}} in steps of {{step}}. The nearest, {{used}}, was taken.',
  },
  stepNotNumber: {
    zh: '“{{typed}}”不是数字，没有改动。请输入 0 到 {{max}} 的数。',
    en: '“{{typed}}” is not a number; nothing was changed. Enter 0 to {{max}}.',
  },
  page: { zh: '第 {{n}} 页', en: 'Page {{n}}' },
} satisfies Catalogue

/** What a failure means and what to do about it, in plain words. */
export const failures = {
  invalid: {
    zh: '有内容不符合要求，请按标出的位置修改。',
    en: 'Some entries break a rule. Correct the marked places.',
  },
  notFound: {
    zh: '没有找到这项内容，可能已被移走。请返回后重试。',
    en: 'This was not found; it may have been moved. Go back and try again.',
  },
  locked: { zh: '已锁定，请先用口令解锁。', en: 'Locked. Unlock with your passphrase first.' },
  wrongPassphrase: {
    zh: '口令不对。请检查大小写和输入法后重试；内容没有改变。',
    en: 'Wrong passphrase. Check capitals and the input method and try again; nothing was changed.',
  },
  passphraseTooShort: {
    zh: '口令太短，请至少使用 {{detail}} 个字符。',
    en: 'The passphrase is too short; use at least {{detail}} characters.',
  },
  damagedKey: {
    zh: '本机保存的身份文件已损坏。请用恢复套件恢复身份；原文件已保留。',
    en: 'The identity file on this machine is damaged. Restore it with the recovery kit; the file was kept.',
  },
  notPermitted: { zh: '您在本任务中的角色不能做这项操作。', en: 'Your role in this task does not allow this.' },
  alreadyExists: { zh: '已经存在，没有重复添加。', en: 'It is already there; nothing was added twice.' },
  sealed: {
    zh: '评分表已封存。需要更正时，请先开启一次修订。',
    en: 'The sheet is sealed. To correct it, start a revision.',
  },
  incomplete: {
    zh: '还有未完成的内容，请按清单补齐。',
    en: 'Something is still missing; complete the items on the list.',
  },
  mergeOpen: { zh: '还有条目没有评定，暂不能结束。', en: 'Some items are not settled yet, so this cannot be closed.' },
  closed: {
    zh: '评价结果已签发。需要更正时，请先开启更正报告。',
    en: 'The result has been issued. To correct it, start a corrected report.',
  },
  ownSheetFirst: {
    zh: '请先封存自己的评分表，再查看其他专家的评分。',
    en: 'Seal your own sheet before looking at colleagues’ scores.',
  },
  stale: {
    zh: '内容已在别处更新，请重新打开后再改。',
    en: 'This was changed elsewhere meanwhile. Open it again before editing.',
  },
  refused: { zh: '文件未被接收：{{detail}}', en: 'The package was refused: {{detail}}' },
  rootConflict: {
    zh: '这个项目已绑定另一个发起人，不能更换。请当面核对后联系发起人。',
    en: 'This project is already bound to another founder and cannot be rebound. Check with the founder in person.',
  },
  rosterOld: {
    zh: '这份名册比本机的旧，已保留本机的名册。',
    en: 'This roster is older than the one held; the held one was kept.',
  },
  weakKey: {
    zh: '这份申请中的身份数据不安全，不能登记。请对方重新建立身份。',
    en: 'The key in this request is unsafe and cannot be enrolled. Ask for a new identity.',
  },
  importNotAllowed: {
    zh: '本任务只收现场拍摄的照片，没有收入这个照片文件。请用“拍照”当场拍摄；确需导入的，请组长修订任务的规则。',
    en: 'This task takes photos made on the spot only; this picture file was not taken in. Use “Take photos”, or ask the lead to revise the rule of the task.',
  },
  unsupportedFile: {
    zh: '不支持这种文件。照片请用 JPG、PNG、WebP 或 HEIC；文档请用 PDF。',
    en: 'This kind of file is not supported. Use JPG, PNG, WebP or HEIC photos, or PDF documents.',
  },
  damagedFile: {
    zh: '文件已损坏，无法读取。请重新拷贝一份。',
    en: 'The file is damaged and cannot be read. Copy it again.',
  },
  fileTooLarge: { zh: '文件超过大小限制（{{detail}}）。', en: 'The file is over the size limit ({{detail}}).' },
  tooManyFiles: { zh: '一次选择的文件太多，请分批添加。', en: 'Too many files at once; add them in batches.' },
  fileExists: {
    zh: '目标位置已有同名文件，未覆盖。请换一个文件名或位置。',
    en: 'A file of that name is already there and was not overwritten. Choose another name or place.',
  },
  fileMissing: {
    zh: '找不到文件，存储设备可能已拔出。',
    en: 'The file is not there; the drive may have been removed.',
  },
  diskFull: {
    zh: '磁盘空间不足，没有写入任何内容。请清理空间或换一个位置后重试。',
    en: 'The disk is full; nothing was written. Free some space or choose another place and try again.',
  },
  notWritable: { zh: '这个位置不能写入，请换一个位置。', en: 'This place cannot be written to; choose another.' },
  storageFailed: {
    zh: '磁盘报告错误，内容没有保存。请不要关闭窗口，先把草稿副本存到其他位置。',
    en: 'The disk reported an error and nothing was saved. Keep the window open and save a draft copy elsewhere first.',
  },
  missingGlyph: {
    zh: '报告中有字体无法显示的字符，请更换：{{detail}}',
    en: 'The report has characters the fonts cannot show; replace them: {{detail}}',
  },
  offline: {
    zh: '连不上中心。内容已安全保存在本机，联网后会自动重试。',
    en: 'The centre cannot be reached. Everything is safe on this machine; sending is retried when there is a network.',
  },
  captivePortal: {
    zh: '当前网络拦截了连接（可能需要先登录上网）。尚未送达。',
    en: 'This network intercepts connections (a log-in page, perhaps). Nothing was delivered.',
  },
  unauthorised: {
    zh: '中心的名册里没有您的身份。请联系项目发起人更新名册。',
    en: 'The centre’s roster does not know you. Ask the founder to update the roster.',
  },
  serverRefused: { zh: '中心没有接收：{{detail}}', en: 'The centre refused it: {{detail}}' },
  tooNew: {
    zh: '这份内容由更新版本的软件生成，请先升级。',
    en: 'This was written by a newer version of the app; upgrade first.',
  },
  cancelled: { zh: '已取消，没有改变任何内容。', en: 'Cancelled; nothing was changed.' },
  busy: { zh: '同样的操作正在进行，请稍候。', en: 'The same work is already under way; please wait.' },
} satisfies Record<FailureCode, Phrase>
