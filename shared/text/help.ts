import type { Catalogue } from './catalogue.ts'

/** The job in steps, the keys, what words mean. */
export const help = {
  title: { zh: '帮助', en: 'Help' },
  expert: { zh: '专家：从接到任务到交表', en: 'Experts: from task to sealed sheet' },
  expert1: {
    zh: '在“项目与名册”保存登记申请，交给组长；念出自己的校验码供对方核对。',
    en: 'Under Project, save your enrolment request, give it to the lead and read out your check code.',
  },
  expert2: {
    zh: '打开收到的邀请，与发起人核对项目校验码后加入。',
    en: 'Open the invitation you get, compare the project check code with the founder and join.',
  },
  expert3: {
    zh: '在“文件交换”导入任务，阅读并确认公正性与保密声明。',
    en: 'Under Exchange import the task, read and accept the declaration.',
  },
  expert4: {
    zh: '在现场逐条评分，记录事实、查阅的文件和照片。每一项都即时保存，屏幕上会如实显示。',
    en: 'Score item by item on site, with facts, documents seen and photos. Everything is saved at once, and the screen says so truthfully.',
  },
  expert5: {
    zh: '起草不符合项：要求、客观证据（何处、何时、何事）。',
    en: 'Draft nonconformities: requirement and objective evidence (where, when, what).',
  },
  expert6: {
    zh: '按完整性清单补齐，用口令封存评分表，导出交给组长。封存前看不到他人的评分。',
    en: 'Complete what the list names, seal with your passphrase and export for the lead. Before sealing, colleagues’ scores stay hidden.',
  },
  expert7: {
    zh: '封存后要更正，请开启修订并写明原因，再次封存导出。',
    en: 'To correct a sealed sheet, start a revision, give the reason, seal and export again.',
  },
  lead: { zh: '组长：从编制任务到签发结果', en: 'Leads: from making the task to the signed result' },
  lead1: {
    zh: '新建项目，逐一登记组员（核对校验码），导出邀请发给大家。',
    en: 'Found a project, enrol each member (comparing check codes) and send everybody the invitation.',
  },
  lead2: {
    zh: '新建任务：企业、范围、日程、分工、指标、待核实问题；签发后导出给组员。',
    en: 'Make the task: enterprise, scope, schedule, division of work, indicators, questions; issue it and export it to the team.',
  },
  lead3: {
    zh: '完成自己的评分表并封存，再导入组员的评分表，顺序不限。',
    en: 'Seal your own sheet, then import the members’ in any order.',
  },
  lead4: {
    zh: '在“集体评议”只处理有差异、涉及否决的条目，写明理由和不同意见。',
    en: 'On the team’s desk settle only differences and vetoes, with reasons and dissent.',
  },
  lead5: {
    zh: '请企业确认事实、表示意见（同意、保留、拒签）。',
    en: 'Have the enterprise confirm the facts and state its view (agree, reservations, refuses).',
  },
  lead6: {
    zh: '冻结结果并签名，导出 PDF 报告和评价结果文件。',
    en: 'Freeze and sign the result, export the PDF report and the result package.',
  },
  goProject: { zh: '去“项目与名册”', en: 'Go to Project' },
  goExchange: { zh: '去“文件交换”', en: 'Go to Exchange' },
  goHome: { zh: '去首页新建任务', en: 'Go home to make a task' },
  goTemplates: { zh: '看评价细则', en: 'Look at the templates' },
  keys: { zh: '键盘', en: 'Keys' },
  keyLock: { zh: '锁定本机', en: 'Lock this machine' },
  keyHelp: { zh: '打开帮助', en: 'Open help' },
  keyTab: { zh: '到下一个控件；Shift+Tab 返回', en: 'Next control; Shift+Tab goes back' },
  keyEscape: { zh: '关闭对话框', en: 'Close a dialog' },
  keyDigits: { zh: '评分页：按数字选择等级', en: 'Checklist: choose a grade by its digit' },
  keyFind: { zh: '评分时：查找条目（标题可用拼音首字母）', en: 'While scoring: find items' },
  keyMissing: { zh: '评分时：下一缺项，加 Shift 往回', en: 'While scoring: next missing, with Shift the previous' },
  keyJump: {
    zh: '评分时：下一条未判定、缺证据、缺理由、不符合、否决、不适用，加 Shift 往回',
    en: 'While scoring: next open, without proof, without reason, failed, veto, N/A; with Shift the previous',
  },
  keyBands: { zh: '评分时：成熟度、分值条目选档', en: 'While scoring: choose a maturity band or an anchor' },
  keyStates: { zh: '评分时：不适用 / 回避', en: 'While scoring: N/A / recuse' },
  keyNext: { zh: '评分页：下一条、上一条', en: 'Checklist: next, previous item' },
  words: { zh: '几个词', en: 'A few words' },
  wordSaved: { zh: '已保存', en: 'Saved' },
  wordSavedText: {
    zh: '内容已写到这台电脑的磁盘上，断电也不会丢。',
    en: 'Written to this machine’s disk; a power cut does not lose it.',
  },
  wordExported: { zh: '已导出', en: 'Exported' },
  wordExportedText: { zh: '已写成一个文件，例如在 U 盘上。', en: 'Written into a file, on a stick for example.' },
  wordVerified: { zh: '已核验', en: 'Verified' },
  wordVerifiedText: {
    zh: '导出的文件已重新读出并逐项核对，内容完整。',
    en: 'The exported file was read back and checked piece by piece.',
  },
  wordReceived: { zh: '已接收', en: 'Received' },
  wordReceivedText: { zh: '接收中心已核验并发回签名回执。', en: 'The centre verified it and sent a signed receipt.' },
  wordCode: { zh: '校验码', en: 'Check code' },
  wordCodeText: {
    zh: '8 组数字，代表某个人或项目。两边念出的数字一致，才说明对方是本人。',
    en: '8 groups of digits that stand for a person or project. If both sides read the same, it is really them.',
  },
} satisfies Catalogue
