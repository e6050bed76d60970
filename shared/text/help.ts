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
  expert8: {
    zh: '组长中途改了任务：导入新的任务文件，在任务概览里先看变动，再把评分表转到新版；转错了可以“移回原版”。',
    en: 'When the lead revises the task: import the new file, look at the changes on the overview, then move your sheet; the move can be taken back.',
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
  lead7: {
    zh: '要换组员、日期、场所或细则：在任务概览点“修订任务”，签发后重新发给大家。',
    en: 'To change people, dates, sites or the checklist: revise the task on its overview, issue it and hand it out again.',
  },
  lead8: {
    zh: '组员退出或电脑丢失：在“项目与名册”停用他的校验码，再发一次邀请。',
    en: 'When a member leaves or loses the machine: withdraw the check code under Project and send the invitation again.',
  },
  templates: { zh: '评价细则：用自己的检查表', en: 'Checklists: use your own' },
  templates1: {
    zh: '“评价细则 → 导入”选 Excel 表（.xlsx、.csv），核对每一列的意思，再看列出的疑点；原文件不会改动。',
    en: 'Templates → Import takes a spreadsheet (.xlsx, .csv): check what each column means, then the points listed; your file stays as it is.',
  },
  templates2: {
    zh: '在编辑器里改条目、分值和规则，把“错误”改完即可签发。签发后不再变动，要改就新建下一版。',
    en: 'Edit items, points and rules; once no error is left, issue it. An issued edition never changes: make the next edition instead.',
  },
  templates6: {
    zh: '在左侧列表里按住 Shift 或 Ctrl 点选（触屏点“多选”），可同时改多条的类型、分值、方法，一起移动或删除；每一步都能撤销。',
    en: 'Choose several items with Shift or Ctrl (by touch: Choose several) to change type, points or methods, move or remove them together; every step can be undone.',
  },
  templates7: {
    zh: '在 Excel 里复制几行，到编辑器左侧列表按 Ctrl+V，核对各列后加入所在的章；条目也可以复制回 Excel。',
    en: 'Copy rows in Excel and press Ctrl+V in the editor’s list: check the columns and they join the section. Items copy back to Excel too.',
  },
  templates8: {
    zh: '条目的“试评”里是专家用的真实控件，可点可按键，即时显示本条和本章得分，不会保存。',
    en: 'Try it shows an item with the expert’s own controls: press or type, and see the score of item and section; nothing is stored.',
  },
  templates9: {
    zh: '按 F8 到下一处错误或提醒；同类合在一起，意思确定的可以一步处理，还可以把总分按比例折算成 1000 分。',
    en: 'F8 goes to the next error or warning. Like ones stand together, certain ones are put right in one step, and points scale to 1000.',
  },
  templates3: {
    zh: '“比较两版”逐条列出增、删、改和分值变化，J、K 到下一处、上一处。',
    en: 'Compare lists every item added, removed or changed, and points; J and K go to the next and previous change.',
  },
  templates4: {
    zh: '“叠加细则”把行业附加细则（如食品）加到基础细则上，先看冲突和总分，再采用。',
    en: 'Layer puts an add-on (food, for example) over a base checklist: see conflicts and totals first, then adopt it.',
  },
  templates5: {
    zh: '任何一版都可以导出成 Excel，改好后再导入。',
    en: 'Every edition can be exported to a spreadsheet, changed there and imported again.',
  },
  papers: { zh: '文书、报告与导出', en: 'Documents, reports and exports' },
  papers1: {
    zh: '“文书”页打印通知书、签到表、不符合项报告、现场情况确认单等；“签字材料包”把末次会议要签的合成一个文件。',
    en: 'Documents prints notice, attendance, nonconformity reports and confirmation; the papers to sign put what is signed at the closing meeting in one file.',
  },
  papers2: {
    zh: '“口袋清单”印在纸上带进车间，可只选几章。先拍条目旁的二维码，再拍现场，照片导入后就能归到这一条。',
    en: 'The pocket checklist goes to the floor on paper, whole or some sections. Photograph the code beside an item, then what you see: once imported, the photos can be filed under that item.',
  },
  papers8: {
    zh: '签好字的文书扫描或拍成图片，在“现场评分 → 待归位照片”里导入，就按页上的二维码附到首次或末次会议；没归位的会说明原因，归错的可以撤销。',
    en: 'Scan or photograph signed papers and import them under Checklist → Unfiled photos: the code on each page attaches them to the opening or closing meeting. What stays unfiled says why; a filing can be undone.',
  },
  papers3: {
    zh: '报告可导出 PDF 和 Word；佐证包（ZIP）是全部佐证原件和清单，用浏览器即可打开；得分明细导出 Excel。',
    en: 'Reports export as PDF and Word; the evidence ZIP holds all evidence with a list for any browser; the figures export to Excel.',
  },
  papers4: {
    zh: '企业反馈版不含分数和推荐意见，可以交给企业。',
    en: 'The enterprise’s version has neither scores nor recommendation and may be handed over.',
  },
  papers5: {
    zh: '收到一份 PDF，想知道有没有被改过：在“文件交换”页或任务的“评价报告”页选择它来核对。',
    en: 'To learn whether a PDF was changed, choose it on the Exchange page or on the task’s report page.',
  },
  papers6: {
    zh: '报告的标志、封面、章节顺序、固定文字和盖章处在“报告模板”里改：复制内置的一份，改好定稿，再选用。',
    en: 'Logo, cover, order of chapters, standing texts and seals are changed under Report templates: copy the built-in one, issue an edition, use it.',
  },
  papers7: {
    zh: '用 Word 打开报告时若问是否更新域，选“是”，目录页码就准了。',
    en: 'When Word asks whether to update fields, answer Yes for right page numbers in the contents.',
  },
  find: { zh: '在帮助中查找', en: 'Find in help' },
  noneFound: { zh: '没有找到“{{words}}”，换个词试试。', en: 'Nothing has “{{words}}”. Try another word.' },
  goProject: { zh: '去“项目与名册”', en: 'Go to Project' },
  goExchange: { zh: '去“文件交换”', en: 'Go to Exchange' },
  goHome: { zh: '去首页新建任务', en: 'Go home to make a task' },
  goImport: { zh: '导入自己的检查表', en: 'Import your own' },
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
    zh: '人和项目的校验码是 8 组数字，两边念出的一致，才说明对方是本人。文件、细则和报告的校验码是 12 位字母数字，相同就是同一份。',
    en: 'Of a person or project: 8 groups of digits; if both sides read the same, it is really them. Of a file, checklist or report: 12 characters; the same code is the same file.',
  },
} satisfies Catalogue
