import type { Catalogue } from './catalogue.ts'

/** What is wrong with a cell of a spreadsheet, what was done, and what to do, by the code of the problem. */
export const cellProblems = {
  missingSheet: {
    zh: '没有工作表“{{value}}”，这部分按空白处理。请确认没有被改名或删除。',
    en: 'There is no sheet “{{value}}”; that part is taken as empty. Make sure that it was not renamed or removed.',
  },
  missingColumn: {
    zh: '没有“{{value}}”这一列，这一项按空白处理。请确认表头没有改动。',
    en: 'There is no column “{{value}}”; it is taken as empty. Make sure that the head was not changed.',
  },
  notANumber: {
    zh: '“{{value}}”不是数字，按没有填处理。请在编辑器里填写，或在表里改成数字后再选。',
    en: '“{{value}}” is not a number and was taken as empty. Enter it in the editor, or correct the sheet and choose it again.',
  },
  unknownWord: {
    zh: '“{{value}}”不是认识的说法，按没有填处理。请在编辑器里选择。',
    en: '“{{value}}” is not a known word and was taken as empty. Choose it in the editor.',
  },
  methodKept: {
    zh: '“{{value}}”已放进评定说明。请在编辑器里勾选评价方法。',
    en: '“{{value}}” was put into the guidance. Tick the method in the editor.',
  },
  tooManyDecimals: {
    zh: '“{{value}}”超过两位小数，按没有填处理。请改为最多两位小数。',
    en: '“{{value}}” has more than two decimals and was taken as empty. Use two at most.',
  },
  notAWholeNumber: {
    zh: '“{{value}}”应为整数，按没有填处理。请在编辑器里填写。',
    en: '“{{value}}” should be a whole number and was taken as empty. Enter it in the editor.',
  },
  missing: {
    zh: '没有填写，已按相邻内容推断。请在编辑器里核对。',
    en: 'Nothing stands here; it was inferred from the rest of the row. Check it in the editor.',
  },
  missingField: {
    zh: '没有找到“{{value}}”这一项，按默认值处理。请在编辑器里核对。',
    en: '“{{value}}” was not found; the default was used. Check it in the editor.',
  },
  noPoints: {
    zh: '没有分值，按 0 分放入。请在编辑器里填写分值，否则不能签发。',
    en: 'No points here; 0 was put in. Enter them in the editor, or the checklist cannot be issued.',
  },
  unknownItem: {
    zh: '没有编号为“{{value}}”的条目，这一行没有导入。请改成条目表里有的编号。',
    en: 'There is no item with the code “{{value}}”; the row was left out. Use a code of the item sheet.',
  },
  unknownConclusion: {
    zh: '没有名为“{{value}}”的结论。请在编辑器的结论规则里选择。',
    en: 'There is no conclusion “{{value}}”. Choose one in the editor’s conclusion rules.',
  },
  itemBeforeSection: {
    zh: '这一条前面还没有章节，已放进一个新的章节。请在编辑器里给章节命名。',
    en: 'No section stands before this item; it was put into a new one. Name it in the editor.',
  },
  idReplaced: {
    zh: '内部标识“{{value}}”不能用或重复，已换成新的。与上一版对照时这一条会显示为新增。',
    en: 'The internal id “{{value}}” cannot be used or stands twice; a new one was given. Compared with earlier editions the item will look new.',
  },
  sheetNotUsed: {
    zh: '工作表“{{value}}”没有读取。里面如果也有条目，生成草稿后在 Excel 里复制那些行，粘贴到编辑器里。',
    en: 'The sheet “{{value}}” was not read. If it holds items too, copy those rows in Excel and paste them into the editor once the draft is made.',
  },
  totalDiffers: {
    zh: '写明的总分与各条合计不同（{{value}}），已按各条合计处理。请核对各条分值（写成“15分”的，Excel 求和时不计），看看是否漏了几行。',
    en: 'The stated total and the sum of the items differ ({{value}}); the sum was used. Check the points (Excel does not add up cells such as “15 pts”) and whether rows are missing.',
  },
  duplicateCode: {
    zh: '编号“{{value}}”用了不止一次。请在编辑器里改成不同的编号，或在表里改好后再选。',
    en: 'The code “{{value}}” is used more than once. Give the item another in the editor, or correct the sheet and choose it again.',
  },
  columnNotUsed: {
    zh: '“{{value}}”这一列没有导入。需要的话，在这一列上方选择它的含义。',
    en: 'The column “{{value}}” was not taken in. If it is needed, say what it means above it.',
  },
  rowsAfterLast: {
    zh: '“到第几行止”之后还有 {{value}} 行有内容，没有读取。',
    en: 'Filled rows below “Items to row” were not read: {{value}}.',
  },
  noItems: {
    zh: '没有读到条目。请核对“条目从第几行起”和“条目内容”列。',
    en: 'No items were read. Check “Items from row” and the column of the item text.',
  },
  repeatedHead: {
    zh: '这一行是重复的表头（“{{value}}”），没有当作条目。',
    en: 'This row repeats the head (“{{value}}”) and was not taken as an item.',
  },
  remark: {
    zh: '这一行像是备注（“{{value}}”），没有当作条目。如果是条目，请在编辑器里补上。',
    en: 'This row looks like a remark (“{{value}}”) and was not taken as an item. If it is one, add it in the editor.',
  },
  totalWithoutNumber: {
    zh: '这一行写着“{{value}}”但没有数，没有用来核对。',
    en: 'This row says “{{value}}” but holds no number; nothing was checked against it.',
  },
  sectionAgain: {
    zh: '章节“{{value}}”前面已经有过，后面的条目放进了同一章。请核对次序。',
    en: 'The section “{{value}}” stood above already; these items were put into it. Check the order.',
  },
  hiddenRows: {
    zh: '表里有 {{value}} 行是隐藏的，也已读取。请核对它们是否属于细则。',
    en: '{{value}} rows of the sheet are hidden; they were read too. Check whether they belong to the checklist.',
  },
  hiddenColumns: {
    zh: '表里有 {{value}} 列是隐藏的，也已读取。请核对对应的列。',
    en: '{{value}} columns of the sheet are hidden; they were read too. Check what they stand for.',
  },
  hiddenSheet: {
    zh: '这个工作表是隐藏的，有 {{value}} 行内容。需要时请在原文件里取消隐藏。',
    en: 'This sheet is hidden and has {{value}} rows. Unhide it in the file if it is needed.',
  },
  tooManyItems: {
    zh: '超过 5000 个条目，从这一行起有 {{value}} 行没有导入。请把细则分成几个文件。',
    en: 'More than 5000 items; rows left out from here on: {{value}}. Split the checklist into several files.',
  },
  tooManySections: {
    zh: '超过 2000 个章节，从这一行起有 {{value}} 行没有导入。多半是“章节”对错了列，或把条目当成了标题行：请返回“对应列”改正；表格本身就有这么多章节时，请分成几个文件。',
    en: 'More than 2000 sections; rows left out from here on: {{value}}. Most likely the section column is matched wrongly, or items are taken for headings: correct it under “Match columns”. Split the file if it really has so many.',
  },
  noTitle: {
    zh: '这一行有内容（“{{value}}”）但“条目内容”是空的，没有导入。请在表里补上后再选，或在编辑器里添加。',
    en: 'This row holds something (“{{value}}”) but no item text; it was left out. Fill it in and choose the file again, or add the item in the editor.',
  },
  dateAsCode: {
    zh: '编号变成了日期“{{value}}”（Excel 常把 1-1 当作日期）。请在编辑器里改回编号。',
    en: 'The code has become the date {{value}} (Excel takes 1-1 for a date). Put the code back in the editor.',
  },
  pointsOfVeto: {
    zh: '否决项不计分，分值“{{value}}”没有使用。',
    en: 'A veto item carries no points; “{{value}}” was not used.',
  },
  textCut: {
    zh: '文字太长（{{value}} 字），只保留了前面一部分。请在编辑器里精简。',
    en: 'The text is too long ({{value}} characters); only its beginning was kept. Shorten it in the editor.',
  },
  range: {
    zh: '分值写成范围“{{value}}”，按最大的数作为满分。请核对。',
    en: 'The points are a range, “{{value}}”; the largest was taken as full marks. Please check.',
  },
  percent: {
    zh: '分值写成百分数“{{value}}”，按其中的数作为分值。请核对。',
    en: 'The points are a percentage, “{{value}}”; its number was taken. Please check.',
  },
  wordsAround: {
    zh: '分值里夹有文字“{{value}}”，按其中的数作为分值。请核对。',
    en: 'Words stand around the points, “{{value}}”; the number was taken. Please check.',
  },
  indicatorRows: {
    zh: '指标条目的各项指标在表里没有写，将由任务填写。也可以在编辑器里添加。',
    en: 'The indicators of this item are not in the sheet; the task is to give them. They may be added in the editor.',
  },
  deductionList: {
    zh: '扣分条目的扣分情形在表里没有写。请在编辑器里填写，否则不能签发。',
    en: 'The deductions of this item are not in the sheet. Enter them in the editor, or the checklist cannot be issued.',
  },
  gradesMade: {
    zh: '按“{{value}}”新建了一种评级方式。请在编辑器里给各级写上名称和说明。',
    en: 'Grades were made from “{{value}}”. Name and describe them in the editor.',
  },
  codesPrefixed: {
    zh: '各章的编号都从头开始，已在前面加上章号。',
    en: 'Numbers begin again in every section; the section’s number was put before them.',
  },
  sectionSumDiffers: {
    zh: '表里写的本章小计与各条合计不同（{{value}}）。请核对各条分值。',
    en: 'The section’s stated sum and its items differ ({{value}}). Check the points.',
  },
  notScorable: {
    zh: '“{{value}}”这种题不能计分，没有导入。',
    en: 'A question of this kind (“{{value}}”) cannot be scored and was left out.',
  },
  unknownList: {
    zh: '选项表“{{value}}”不存在，用了默认的评级方式。请在编辑器里核对。',
    en: 'There is no choice list “{{value}}”; the usual grades were taken. Check it in the editor.',
  },
  formulaWithoutValue: {
    zh: '这一格是公式，文件里没有存结果，按空白处理。请在 Excel 里打开、保存一次后再选。',
    en: 'A formula whose result is not in the file; taken as empty. Open and save the file in Excel once and choose it again.',
  },
  errorValue: {
    zh: '这一格是错误值“{{value}}”，按空白处理。请在 Excel 里改正后再选，或在编辑器里补上。',
    en: 'The cell holds the error {{value}}; taken as empty. Correct it in Excel and choose the file again, or fill it in in the editor.',
  },
  beyondLimits: {
    zh: '超出可读取的行数或列数，这一格之后没有读取。请把无关的行列删去后再选。',
    en: 'Beyond the rows or columns that can be read; nothing after this cell was read. Remove what does not belong and choose the file again.',
  },
  moreProblems: {
    zh: '问题太多，后面的没有再列出。请先改正前面的，再选一次文件。',
    en: 'Too many problems; the rest are not listed. Correct those above and choose the file again.',
  },
  mergesIgnored: {
    zh: '这里的合并格太多或太大，没有展开，只有左上角的一格有内容。请取消合并、填满后再选。',
    en: 'The merged cells here are too many or too large and were not spread; only the first cell holds the text. Unmerge and fill them, then choose the file again.',
  },
  externalLinks: {
    zh: '文件链接了别的文件，链接没有打开，用的是文件里存的结果。请核对有关的数。',
    en: 'The file links to other files; the links were not opened and the stored results were used. Check those values.',
  },
  macros: {
    zh: '文件带有宏，宏没有运行，也没有读入。内容不受影响。',
    en: 'The file holds macros; they were neither run nor taken in. Nothing else is affected.',
  },
  pictures: {
    zh: '文件里有 {{value}} 张图片，没有读入。如果图里有条目，请把文字录进格子里。',
    en: 'Pictures in the file ({{value}}) were not taken in. If items stand in them, type them into cells.',
  },
} satisfies Catalogue

/** Why a file is no workbook that can be read, and what to do, by the detail of the failure. */
export const workbookRefusals = {
  encrypted: {
    zh: '文件设了打开密码，不能读取。请在 Excel 或 WPS 中去掉密码，另存为 .xlsx 后再选。',
    en: 'The file is protected by a password. Remove it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  xls: {
    zh: '这是旧格式（.xls）。请在 Excel 或 WPS 中打开，用“另存为”存成 .xlsx 后再选。',
    en: 'This is the old .xls format. Open it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  xlsb: {
    zh: '这是二进制格式（.xlsb）。请在 Excel 中打开，用“另存为”存成 .xlsx 后再选。',
    en: 'This is the binary .xlsb format. Open it in Excel, save it as .xlsx, and choose it again.',
  },
  ods: {
    zh: '这是 OpenDocument 表格（.ods）。请打开它，另存为 .xlsx 后再选。',
    en: 'This is an OpenDocument sheet (.ods). Open it, save it as .xlsx, and choose it again.',
  },
  notAWorkbook: {
    zh: '这不是表格文件（名字像表格，内容不是）。请选择 .xlsx 或 .csv 文件。',
    en: 'This is no spreadsheet, whatever its name says. Choose an .xlsx or .csv file.',
  },
  doctype: {
    zh: '文件里有不安全的内容，没有打开。请在 Excel 或 WPS 中另存为新的 .xlsx 后再选。',
    en: 'The file holds unsafe content and was not opened. Save it as a new .xlsx in Excel or WPS and choose it again.',
  },
  encoding: {
    zh: '看不懂这个文件的文字编码。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再选。',
    en: 'The file’s text encoding is not understood. Open it in Excel or WPS, save it as .xlsx, and choose it again.',
  },
  bomb: {
    zh: '文件展开后异常巨大，为保护电脑没有打开。如果来源可靠，请在 Excel 中另存为新的 .xlsx 后再选。',
    en: 'Unpacked, the file is abnormally large; it was not opened. If you trust its source, save it as a new .xlsx in Excel and choose it again.',
  },
  tooManyCells: {
    zh: '表格里的格子太多。请只留下细则所在的工作表和行列，另存为 .xlsx 后再选。',
    en: 'The sheet has too many cells. Keep only the sheet and rows of the checklist, save it as .xlsx, and choose it again.',
  },
} satisfies Catalogue
