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
  exportPdf: { zh: '导出 PDF', en: 'Export PDF' },
  exporting: { zh: '正在排版并检查', en: 'Laying out and checking' },
  exported: {
    zh: '已写到 {{path}}，{{size}}，校验码 {{code}}。',
    en: 'Written to {{path}}, {{size}}, check code {{code}}.',
  },
  resultPackage: { zh: '结果数据文件', en: 'Result package' },
  checkCode: { zh: '校验码', en: 'Check code' },
  pageBreak: { zh: '分页', en: 'Page break' },
  draftNote: {
    zh: '尚未签发，以下为草稿预览；签发后才能导出。',
    en: 'Not issued yet: a draft preview. Export follows the issue.',
  },
} satisfies Catalogue
