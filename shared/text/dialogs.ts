import type { Catalogue } from './catalogue.ts'

/** Titles of the operating system's dialogs, kinds of files in them, and the parts of the file names they propose. */
export const dialogs = {
  importPackages: { zh: '导入评价数据文件', en: 'Import evaluation packages' },
  exportPackage: { zh: '导出评价数据文件', en: 'Export an evaluation package' },
  packageFiles: { zh: '评价数据文件', en: 'Evaluation package' },
  name_task: { zh: '任务', en: 'Task' },
  name_sheet: { zh: '评分表', en: 'Sheet' },
  name_result: { zh: '评价结果', en: 'Result' },
  name_revision: { zh: '第{{n}}版', en: 'rev{{n}}' },

  request: { zh: '登记申请', en: 'Enrolment request' },
  invitation: { zh: '项目邀请', en: 'Invitation' },
  name_roster: { zh: '名册{{n}}', en: 'roster{{n}}' },
  recoveryKit: { zh: '恢复套件', en: 'Recovery kit' },
  copyFolder: { zh: '草稿副本的存放位置', en: 'Where draft copies go' },
  openCopy: { zh: '打开草稿副本', en: 'Open a draft copy' },
  copyFiles: { zh: '草稿副本', en: 'Draft copy' },

  addEvidence: { zh: '添加佐证', en: 'Add evidence' },
  evidenceFiles: { zh: '佐证', en: 'Evidence' },

  importChecklist: { zh: '导入评价细则', en: 'Import a checklist' },
  exportTable: { zh: '导出表格', en: 'Export a spreadsheet' },
  name_checklist: { zh: '评价细则', en: 'Checklist' },
  name_form: { zh: '空白评分表', en: 'Scoring form' },
  name_scores: { zh: '评分表', en: 'Scores' },
  name_merged: { zh: '评分合并表', en: 'Merged scores' },

  exportReport: { zh: '导出报告', en: 'Export the report' },
  exportEditable: { zh: '导出可编辑副本', en: 'Export an editable copy' },
  exportEvidence: { zh: '导出佐证包', en: 'Export the evidence' },
  name_report: { zh: '现场评价报告', en: 'On-site report' },
  name_evidence: { zh: '佐证包', en: 'Evidence' },
  name_corrected: { zh: '更正{{n}}', en: 'corrected{{n}}' },
  checkReport: { zh: '核对报告', en: 'Check a report' },
  pictures: { zh: '图片', en: 'Pictures' },
  chooseLogo: { zh: '选择标志', en: 'Choose a logo' },
  exportReportTemplate: { zh: '导出报告模板', en: 'Export the report template' },
  importReportTemplate: { zh: '导入报告模板', en: 'Import a report template' },
  name_copy: { zh: '{{name}}（副本）', en: '{{name}} (copy)' },
  name_reportTemplate: { zh: '报告模板', en: 'report-template' },
  exportDocument: { zh: '导出文书', en: 'Export a document' },
} satisfies Catalogue
