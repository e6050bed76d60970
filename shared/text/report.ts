import type { Catalogue } from './catalogue.ts'

/** Preview and export of reports. (The words printed in reports have their own catalogue.) */
export const report = {
  title: { zh: '评价报告', en: 'Report' },
  subtitle: { zh: '预览与导出的 PDF 内容一致。', en: 'The preview and the PDF say the same.' },
  profiles: { zh: '报告版本', en: 'Profiles' },
  profile_committee: { zh: '委员会版', en: 'Committee' },
  profile_archive: { zh: '归档版', en: 'Archive' },
  profile_enterprise: { zh: '企业反馈版', en: 'Enterprise' },
  about_committee: { zh: '含合并得分，专家以字母表示', en: 'Merged scores; experts as letters' },
  about_archive: { zh: '含全部内容和个人评分', en: 'Everything, with personal scores' },
  about_enterprise: { zh: '不含得分和推荐意见', en: 'No scores and no recommendation' },
  notClosed: { zh: '结果还没有签发', en: 'The result is not issued yet' },
  notClosedHint: {
    zh: '全部条目评定并签发后，可在这里预览和导出报告。',
    en: 'Once everything is settled and issued, the report appears here.',
  },
  toTeam: { zh: '去集体评议', en: 'Go to consensus' },
  preview: { zh: '报告预览', en: 'Report preview' },
  contents: { zh: '目录', en: 'Contents' },
  exportTitle: { zh: '导出', en: 'Export' },
  export_pdf: { zh: '导出 PDF', en: 'Export PDF' },
  export_docx: { zh: '导出 Word', en: 'Export Word' },
  export_zip: { zh: '导出佐证包', en: 'Export evidence' },
  export_xlsx: { zh: '导出 Excel', en: 'Export Excel' },
  exportFor_pdf: { zh: '正式报告，打印、签字、归档用', en: 'The report itself: print, sign, archive' },
  exportFor_docx: { zh: '可编辑副本，内容相同，供转写和排版', en: 'Editable copy with the same content' },
  exportFor_zip: {
    zh: '佐证和清单，任何电脑用浏览器即可打开；归档版为全部原件',
    en: 'Evidence with a list, opens in any browser; all originals in the archive copy',
  },
  exportFor_xlsx: {
    zh: '组长用：各专家得分、合并、偏差和不符合项的明细表',
    en: 'For the lead: scores per expert, merge, deviations, nonconformities',
  },
  exporting_xlsx: { zh: '正在生成 Excel 文件', en: 'Making the workbook' },
  written: { zh: '已写到 {{path}}，{{size}}。', en: 'Written to {{path}}, {{size}}.' },
  exporting_pdf: { zh: '正在排版并检查', en: 'Laying out and checking' },
  exporting_docx: { zh: '正在生成 Word 文件', en: 'Making the Word file' },
  exporting_zip: { zh: '正在整理佐证', en: 'Gathering the evidence' },
  writtenDraft: {
    zh: '这是草稿，每页都有草稿标记，没有签名。',
    en: 'This is a draft, marked so, without a signature.',
  },
  writtenMissing: {
    zh: '有 {{count}} 个佐证文件不在这台电脑上，未能放入。',
    en: '{{count}} pieces of evidence are not on this computer and could not be put in.',
  },
  writtenLeftOut: {
    zh: '有 {{count}} 个 PDF、录像、录音或 HEIC 文件未放入本版本：其中可能记有作者、位置等信息。清单已逐个注明，原件在归档版的佐证包里。',
    en: '{{count}} PDFs, films, sound or HEIC files are not in this copy: they may name author or place. The list says which; the archive copy’s evidence holds them.',
  },
  writtenWord: {
    zh: '用 Word 打开时若问是否更新域，选“是”，目录页码即与 Word 的版面一致；改过以后，右键目录选“更新域”。',
    en: 'When Word asks whether to update fields, answer Yes: the contents then show Word’s own page numbers. After editing, right-click the contents and choose “Update field”.',
  },
  templates: { zh: '报告模板', en: 'Report templates' },
  checkTitle: { zh: '核对一份 PDF', en: 'Check a PDF' },
  checkFor: {
    zh: '别人交来的报告是不是这里签发的那一份、有没有改过。',
    en: 'Whether a report somebody brought is the one issued, and unchanged.',
  },
  checkChoose: { zh: '选择 PDF', en: 'Choose a PDF' },
  checkSame: {
    zh: '“{{file}}”就是{{enterprise}}的报告（编号 {{number}}）第 {{version}} 版的{{profile}}，{{day}} 签发，内容一个字节都没有变。',
    en: '“{{file}}” is the {{profile}} copy of report {{number}} ({{enterprise}}), revision {{version}}, issued {{day}}; not a byte has changed.',
  },
  checkChanged: {
    zh: '“{{file}}”带有报告 {{number}}（{{enterprise}}）第 {{version}} 版的校验码 {{code}}，但与签发的文件不同：内容被改过，或用其他软件重新保存过。请以签发的文件为准。',
    en: '“{{file}}” carries the check code {{code}} of report {{number}} ({{enterprise}}), revision {{version}}, but is not the issued file: it was changed, or saved again by another program. The issued file counts.',
  },
  checkUnknown: {
    zh: '“{{file}}”不是这里持有的任何结果的报告。扫描件、照片和打印后重新生成的 PDF 也会这样，请核对纸面上的校验码。',
    en: '“{{file}}” is no report of any result held here. Scans and reprinted PDFs read so too: compare the printed check code.',
  },
  checkNewer: { zh: '注意：已有更新的第 {{newest}} 版。', en: 'Note: there is a newer revision {{newest}}.' },
  exported: {
    zh: '已写到 {{path}}，{{size}}，校验码 {{code}}。',
    en: 'Written to {{path}}, {{size}}, check code {{code}}.',
  },
  resultPackage: { zh: '结果数据文件', en: 'Result package' },
  checkCode: { zh: '校验码', en: 'Check code' },
  pageBreak: { zh: '分页', en: 'Page break' },
  draftNote: {
    zh: '结果尚未签发：现在导出的都是草稿，带草稿标记，没有签名。',
    en: 'The result is not issued: whatever is exported now is a marked draft without a signature.',
  },
} satisfies Catalogue
