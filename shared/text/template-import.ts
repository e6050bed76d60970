import type { Catalogue } from './catalogue.ts'

/** Taking a checklist in from a spreadsheet. */
export const templateImport = {
  title: { zh: '从 Excel 导入细则', en: 'Import a checklist from Excel' },
  subtitle: {
    zh: '读入表格，核对后成为草稿；原文件不会改动。',
    en: 'A spreadsheet is read and checked, then becomes a draft. The file itself is never changed.',
  },
  steps: { zh: '导入步骤', en: 'Steps of the import' },
  step_file: { zh: '选择文件', en: 'Choose a file' },
  step_columns: { zh: '对应列', en: 'Match columns' },
  step_look: { zh: '看原表', en: 'The sheet' },
  step_preview: { zh: '核对并生成草稿', en: 'Check and make a draft' },
  stepDone: { zh: '已完成', en: 'done' },

  choose: { zh: '选择文件…', en: 'Choose a file…' },
  chooseOther: { zh: '换一个文件…', en: 'Another file…' },
  opening: { zh: '正在读取文件…', en: 'Reading the file…' },
  emptyTitle: { zh: '选择一个 Excel 文件', en: 'Choose an Excel file' },
  emptyText: {
    zh: '支持 .xlsx、.csv 和本软件导出的细则表。单位自己的审核表、检查表也可以：下一步指明哪一列是条目、哪一列是分值即可。',
    en: 'Takes .xlsx, .csv and the workbooks this app exports. An audit list of your own works too: in the next step you say which column holds the items and which the points.',
  },
  emptyOld: {
    zh: '旧格式（.xls）请先在 Excel 或 WPS 中“另存为”.xlsx。',
    en: 'Save an old .xls file as .xlsx first, in Excel or WPS.',
  },
  unsupported: {
    zh: '不能读取这种文件。请在 Excel 或 WPS 中打开，用“另存为”存成 .xlsx 后再选。',
    en: 'This kind of file cannot be read. Open it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  damaged: {
    zh: '文件内容已损坏，没有读入任何内容。请在 Excel 或 WPS 中打开并另存为新的 .xlsx，再选一次。',
    en: 'The file is damaged; nothing was read. Open it in Excel or WPS, save it as a new .xlsx, and choose it again.',
  },
  tooLarge: {
    zh: '文件太大，没有读入任何内容。请删去图片和无关的工作表，另存为 .xlsx 后再选。',
    en: 'The file is too large; nothing was read. Remove pictures and sheets that do not belong, save it as .xlsx, and choose it again.',
  },
  refused_encrypted: {
    zh: '文件设了打开密码，不能读取。请在 Excel 或 WPS 中去掉密码，另存为 .xlsx 后再选。',
    en: 'The file is protected by a password. Remove it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  refused_xls: {
    zh: '这是旧格式（.xls）。请在 Excel 或 WPS 中打开，用“另存为”存成 .xlsx 后再选。',
    en: 'This is the old .xls format. Open it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  refused_xlsb: {
    zh: '这是二进制格式（.xlsb）。请在 Excel 中打开，用“另存为”存成 .xlsx 后再选。',
    en: 'This is the binary .xlsb format. Open it in Excel, save it as .xlsx, and choose it again.',
  },
  refused_ods: {
    zh: '这是 OpenDocument 表格（.ods）。请打开它，另存为 .xlsx 后再选。',
    en: 'This is an OpenDocument sheet (.ods). Open it, save it as .xlsx, and choose it again.',
  },
  refused_notAWorkbook: {
    zh: '这不是表格文件（名字像表格，内容不是）。请选择 .xlsx 或 .csv 文件。',
    en: 'This is no spreadsheet, whatever its name says. Choose an .xlsx or .csv file.',
  },
  refused_doctype: {
    zh: '文件里有不安全的内容，没有打开。请在 Excel 或 WPS 中另存为新的 .xlsx 后再选。',
    en: 'The file holds unsafe content and was not opened. Save it as a new .xlsx in Excel or WPS and choose it again.',
  },
  refused_encoding: {
    zh: '看不懂这个文件的文字编码。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再选。',
    en: 'The file’s text encoding is not understood. Open it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  refused_bomb: {
    zh: '文件展开后异常巨大，为保护电脑没有打开。如果来源可靠，请在 Excel 中另存为新的 .xlsx 后再选。',
    en: 'Unpacked, the file is abnormally large; it was not opened. If you trust its source, save it as a new .xlsx in Excel and choose it again.',
  },
  refused_tooManyCells: {
    zh: '表格里的格子太多。请只留下细则所在的工作表和行列，另存为 .xlsx 后再选。',
    en: 'The sheet has too many cells. Keep only the sheet and rows of the checklist, save it as .xlsx, and choose it again.',
  },
  gone: {
    zh: '这个文件已不在内存中（例如锁定过）。请再选一次；对应关系会自动填好。',
    en: 'The file is no longer open (the app was locked, perhaps). Choose it again; the columns are matched as before.',
  },

  kind_ours: {
    zh: '这是本软件导出的细则表，不需要对应列。',
    en: 'This workbook was exported by this app; no columns need matching.',
  },
  kind_xlsform: {
    zh: '这是表单格式（XLSForm）的文件，已按其规则读取，不需要对应列。',
    en: 'This is an XLSForm; it is read by its own rules and no columns need matching.',
  },
  remembered: {
    zh: '已按上次的对应关系填好，请核对。',
    en: 'Filled in as matched the last time; please check.',
  },
  guessed: {
    zh: '已按表头猜测对应关系，请核对。',
    en: 'The columns were guessed from the head; please check.',
  },

  sheet: { zh: '工作表', en: 'Sheet' },
  hiddenSheet: { zh: '{{name}}（隐藏）', en: '{{name}} (hidden)' },
  sheetSize: { zh: '{{rows}} 行 × {{columns}} 列', en: '{{rows}} rows × {{columns}} columns' },
  firstRows: {
    zh: '只显示前 {{n}} 行，全部 {{rows}} 行都会读取',
    en: 'The first {{n}} rows are shown; all {{rows}} are read',
  },
  sheetEmpty: {
    zh: '这张工作表是空的。请换一张工作表，或换一个文件。',
    en: 'This sheet is empty. Choose another sheet or another file.',
  },
  grid: { zh: '表格内容', en: 'Content of the sheet' },
  gridHint: {
    zh: '点一格选中一行；方向键移动，H 表头、F 首条、L 末条。',
    en: 'Click a cell to choose its row; arrows move, H head, F first, L last.',
  },
  cellShown: { zh: '{{cell}}：{{text}}', en: '{{cell}}: {{text}}' },
  cellBlank: { zh: '（空）', en: '(empty)' },
  rowTools: { zh: '第 {{n}} 行', en: 'Row {{n}}' },
  setHead: { zh: '从这行起是表头', en: 'Head begins here' },
  setFirst: { zh: '从这行起是条目', en: 'Items begin here' },
  setLast: { zh: '到这行为止', en: 'Items end here' },
  headRow: { zh: '表头从第几行起', en: 'Head from row' },
  firstRow: { zh: '条目从第几行起', en: 'Items from row' },
  lastRow: { zh: '到第几行止', en: 'Items to row' },
  lastRowHint: { zh: '空 = 读到最后一行', en: 'Empty = to the last row' },
  role_head: { zh: '表头', en: 'Head' },
  role_first: { zh: '首条', en: 'First' },
  role_last: { zh: '末条', en: 'Last' },
  meaningOf: { zh: '{{column}} 列的含义', en: 'Meaning of column {{column}}' },
  notTaken: { zh: '— 不导入 —', en: '— leave out —' },
  usedAt: { zh: '{{field}}（现为 {{column}} 列）', en: '{{field}} (now column {{column}})' },
  field_sectionCode: { zh: '章节编号', en: 'Section code' },
  field_sectionTitle: { zh: '章节名称', en: 'Section title' },
  field_code: { zh: '条目编号', en: 'Item code' },
  field_title: { zh: '条目内容', en: 'Item text' },
  field_titleEn: { zh: '条目英文', en: 'Item text in English' },
  field_type: { zh: '条目类型', en: 'Item type' },
  field_points: { zh: '分值', en: 'Points' },
  field_basis: { zh: '依据', en: 'Basis' },
  field_evidence: { zh: '应查证据', en: 'Evidence' },
  field_guidance: { zh: '评定说明', en: 'Guidance' },
  field_method: { zh: '评价方法', en: 'Method' },
  field_starred: { zh: '重点标记', en: 'Starred' },
  field_allowNA: { zh: '允许不适用', en: 'May be N/A' },
  cellProblem: { zh: '有问题的格', en: 'Cell with a problem' },

  aboutTitle: { zh: '这份细则', en: 'This checklist' },
  number: { zh: '细则编号', en: 'Number' },
  numberHint: { zh: '签发前都可以改', en: 'May change until it is issued' },
  checklistTitle: { zh: '细则名称', en: 'Title' },
  category: { zh: '类别', en: 'Category' },
  defaultType: { zh: '没写类型的条目按', en: 'Items without a type are' },
  sections: { zh: '章节在表里怎么写', en: 'Where sections stand' },
  sections_columns: { zh: '单独的列', en: 'Columns of their own' },
  sections_rows: { zh: '单独的标题行', en: 'Heading rows' },
  sections_none: { zh: '没有章节', en: 'No sections' },
  sectionsHint_columns: {
    zh: '每行都有章节列；合并的格子算到它盖住的每一行。',
    en: 'Every row has its section in a column; a merged cell counts for every row it covers.',
  },
  sectionsHint_rows: {
    zh: '只有一格有字、没有分值的行当作章节标题。',
    en: 'A row with only one filled cell and no points is a section heading.',
  },
  sectionsHint_none: { zh: '全部条目放进一个章节。', en: 'All items go into one section.' },
  gap_noRows: {
    zh: '这张工作表没有内容，请换一张。',
    en: 'This sheet has nothing in it; choose another.',
  },
  gap_rowsBeyond: {
    zh: '条目的首行超出了表格，请重新指定“条目从第几行起”。',
    en: 'The first item row is beyond the sheet; set “Items from row” anew.',
  },
  gap_noTitleColumn: {
    zh: '还没有指明哪一列是“条目内容”：请在那一列上方选择。',
    en: 'Say which column holds the item text: choose it above that column.',
  },
  gap_noSectionColumn: {
    zh: '章节写在单独的列里，请指明“章节名称”或“章节编号”列；没有章节就选“没有章节”。',
    en: 'Sections stand in columns: say which is the section title or code, or choose “No sections”.',
  },
  next: { zh: '下一步：核对', en: 'Next: check' },
  previewing: { zh: '正在按新的对应关系读取…', en: 'Reading by the new matching…' },
  liveCounts: {
    zh: '读到 {{sections}} 个章节、{{items}} 个条目，合计 {{points}} 分',
    en: 'Sections: {{sections}} · items: {{items}} · points: {{points}}',
  },
  problems: { zh: '{{n}} 处需要看', en: '{{n}} to look at' },
  noProblems: { zh: '没有发现问题', en: 'No problems found' },

  previewTitle: { zh: '将得到的细则', en: 'The checklist you will get' },
  untitled: { zh: '（未命名）', en: '(no title)' },
  countScored: { zh: '计分 {{n}} 条', en: 'Scored: {{n}}' },
  countVeto: { zh: '否决 {{n}} 条', en: 'Vetoes: {{n}}' },
  countGate: { zh: '前置 {{n}} 条', en: 'Gates: {{n}}' },
  countSections: { zh: '章节 {{n}} 个', en: 'Sections: {{n}}' },
  countLeftOut: { zh: '没有导入 {{n}} 行', en: 'Rows left out: {{n}}' },
  totalFound: { zh: '各条分值合计 {{found}} 分', en: 'The items add up to {{found}} points' },
  totalAgrees: {
    zh: '与文件写明的合计 {{stated}} 分一致',
    en: 'The same as the {{stated}} points the file states',
  },
  totalDiffers: {
    zh: '文件写明合计 {{stated}} 分，相差 {{difference}} 分。请看右边的问题；也可能是漏读了几行，或有一列分值没有对上。',
    en: 'The file states {{stated}} points, a difference of {{difference}}. See the problems; some rows may have been missed or the points column not matched.',
  },
  totalNotStated: {
    zh: '文件没有写明合计，请自行核对',
    en: 'The file states no total; please compare yourself',
  },
  outline: { zh: '章节和条目', en: 'Sections and items' },
  sectionSum: { zh: '{{n}} 条 · {{points}} 分', en: 'Items: {{n}} · points: {{points}}' },
  noItems: {
    zh: '没有读到条目。请返回上一步，核对“条目从第几行起”和“条目内容”列。',
    en: 'No items were read. Go back and check the first item row and the item text column.',
  },
  problemsTitle: { zh: '需要看的地方', en: 'What to look at' },
  problemsNone: {
    zh: '每一格都读懂了。生成草稿后还可以在编辑器里修改。',
    en: 'Every cell was understood. The draft can still be edited.',
  },
  problemsSay: {
    zh: '可以先在 Excel 里改好再选一次，也可以生成草稿后在编辑器里改。',
    en: 'Correct them in Excel and choose the file again, or make the draft and correct them in the editor.',
  },
  errorsOf: { zh: '{{n}} 处没有导入', en: 'Left out: {{n}}' },
  warningsOf: { zh: '{{n}} 处请核对', en: 'To check: {{n}}' },
  severity_error: { zh: '没有导入', en: 'Left out' },
  severity_warning: { zh: '请核对', en: 'Check' },
  toCell: { zh: '到 {{cell}}', en: 'Go to {{cell}}' },
  inSheet: { zh: '工作表“{{sheet}}”', en: 'sheet “{{sheet}}”' },
  more: { zh: '再显示 {{n}} 处', en: 'Show {{n}} more' },
  beyondShown: {
    zh: '{{cell}} 在第 {{row}} 行，这里只显示前 {{n}} 行。格中内容：{{value}}',
    en: '{{cell}} is in row {{row}}; only the first {{n}} rows are shown. The cell holds: {{value}}',
  },
  goOn: { zh: '继续导入', en: 'Go on importing' },
  anyError: {
    zh: '“{{value}}”不能用，这一行没有导入。请在 Excel 中改正后再选，或在编辑器里补上。',
    en: '“{{value}}” cannot be used; the row was left out. Correct it in Excel and choose the file again, or add the item in the editor.',
  },
  anyWarning: {
    zh: '“{{value}}”没有完全读懂，请在编辑器里核对。',
    en: '“{{value}}” was not fully understood; check it in the editor.',
  },
  problem_missingSheet: {
    zh: '没有工作表“{{value}}”，这部分按空白处理。请确认没有被改名或删除。',
    en: 'There is no sheet “{{value}}”; that part is taken as empty. Make sure that it was not renamed or removed.',
  },
  problem_missingColumn: {
    zh: '没有“{{value}}”这一列，这一项按空白处理。请确认表头没有改动。',
    en: 'There is no column “{{value}}”; it is taken as empty. Make sure that the head was not changed.',
  },
  problem_notANumber: {
    zh: '“{{value}}”不是数字，按没有填处理。请在编辑器里填写，或在表里改成数字后再选。',
    en: '“{{value}}” is not a number and was taken as empty. Enter it in the editor, or correct the sheet and choose it again.',
  },
  problem_unknownWord: {
    zh: '“{{value}}”不是认识的说法，按没有填处理。请在编辑器里选择。',
    en: '“{{value}}” is not a known word and was taken as empty. Choose it in the editor.',
  },
  problem_tooManyDecimals: {
    zh: '“{{value}}”超过两位小数，按没有填处理。请改为最多两位小数。',
    en: '“{{value}}” has more than two decimals and was taken as empty. Use two at most.',
  },
  problem_notAWholeNumber: {
    zh: '“{{value}}”应为整数，按没有填处理。请在编辑器里填写。',
    en: '“{{value}}” should be a whole number and was taken as empty. Enter it in the editor.',
  },
  problem_missing: {
    zh: '没有填写，已按相邻内容推断。请在编辑器里核对。',
    en: 'Nothing stands here; it was inferred from the rest of the row. Check it in the editor.',
  },
  problem_missingField: {
    zh: '没有找到“{{value}}”这一项，按默认值处理。请在编辑器里核对。',
    en: '“{{value}}” was not found; the default was used. Check it in the editor.',
  },
  problem_noPoints: {
    zh: '没有分值，按 0 分放入。请在编辑器里填写分值，否则不能签发。',
    en: 'No points here; 0 was put in. Enter them in the editor, or the checklist cannot be issued.',
  },
  problem_unknownItem: {
    zh: '没有编号为“{{value}}”的条目，这一行没有导入。请改成条目表里有的编号。',
    en: 'There is no item with the code “{{value}}”; the row was left out. Use a code of the item sheet.',
  },
  problem_unknownConclusion: {
    zh: '没有名为“{{value}}”的结论。请在编辑器的结论规则里选择。',
    en: 'There is no conclusion “{{value}}”. Choose one in the editor’s conclusion rules.',
  },
  problem_itemBeforeSection: {
    zh: '这一条前面还没有章节，已放进一个新的章节。请在编辑器里给章节命名。',
    en: 'No section stands before this item; it was put into a new one. Name it in the editor.',
  },
  problem_idReplaced: {
    zh: '内部标识“{{value}}”不能用或重复，已换成新的。与上一版对照时这一条会显示为新增。',
    en: 'The internal id “{{value}}” cannot be used or stands twice; a new one was given. Compared with earlier editions the item will look new.',
  },
  problem_sheetNotUsed: {
    zh: '工作表“{{value}}”不属于细则，没有读取。内容不受影响。',
    en: 'The sheet “{{value}}” is no part of a checklist and was not read. Nothing else is affected.',
  },
  problem_totalDiffers: {
    zh: '写明的总分与各条合计不同（{{value}}），已按各条合计处理。请核对各条分值。',
    en: 'The stated total and the sum of the items differ ({{value}}); the sum was used. Check the points.',
  },
  problem_duplicateCode: {
    zh: '编号“{{value}}”已经用过，这一条照原样导入。请在编辑器里改成不同的编号，否则不能签发。',
    en: 'The code “{{value}}” is used already; the item was taken as it is. Give it another code in the editor, or the checklist cannot be issued.',
  },
  problem_formulaWithoutValue: {
    zh: '这一格是公式，文件里没有存结果，按空白处理。请在 Excel 里打开、保存一次后再选。',
    en: 'A formula whose result is not in the file; taken as empty. Open and save the file in Excel once and choose it again.',
  },
  problem_errorValue: {
    zh: '这一格是错误值“{{value}}”，按空白处理。请在 Excel 里改正后再选，或在编辑器里补上。',
    en: 'The cell holds the error {{value}}; taken as empty. Correct it in Excel and choose the file again, or fill it in in the editor.',
  },
  problem_beyondLimits: {
    zh: '超出可读取的行数或列数，这一格之后没有读取。请把无关的行列删去后再选。',
    en: 'Beyond the rows or columns that can be read; nothing after this cell was read. Remove what does not belong and choose the file again.',
  },
  problem_moreProblems: {
    zh: '问题太多，后面的没有再列出。请先改正前面的，再选一次文件。',
    en: 'Too many problems; the rest are not listed. Correct those above and choose the file again.',
  },
  problem_externalLinks: {
    zh: '文件链接了别的文件，链接没有打开，用的是文件里存的结果。请核对有关的数。',
    en: 'The file links to other files; the links were not opened and the stored results were used. Check those values.',
  },
  problem_macros: {
    zh: '文件带有宏，宏没有运行，也没有读入。内容不受影响。',
    en: 'The file holds macros; they were neither run nor taken in. Nothing else is affected.',
  },
  problem_pictures: {
    zh: '文件里有 {{value}} 张图片，没有读入。如果图里有条目，请把文字录进格子里。',
    en: 'Pictures in the file ({{value}}) were not taken in. If items stand in them, type them into cells.',
  },
  accept: { zh: '生成草稿并继续编辑', en: 'Make the draft and edit it' },
  backToColumns: { zh: '返回对应列', en: 'Back to the columns' },
  backToLook: { zh: '看原表', en: 'Look at the sheet' },
} satisfies Catalogue
