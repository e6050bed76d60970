import type { Catalogue } from './catalogue.ts'

/** Draft nonconformities of one expert. */
export const nonconformity = {
  title: { zh: '不符合项', en: 'Nonconformities' },
  subtitle: {
    zh: '本人开具的草稿，封存时随评分表一起送出，由组长汇总。',
    en: 'Your drafts; they go out with your sealed sheet and are merged by the lead.',
  },
  add: { zh: '新增不符合项', en: 'New nonconformity' },
  list: { zh: '不符合项列表', en: 'List of nonconformities' },
  form: { zh: '不符合项内容', en: 'Nonconformity' },
  empty: { zh: '还没有不符合项', en: 'No nonconformities yet' },
  emptyHint: {
    zh: '评级低于最高等级的条目会提示开具；其他条目请在这里新增。',
    en: 'Items graded below the top prompt for one; add one here for the others.',
  },
  sealed: { zh: '评分表已封存，不符合项只能查看。', en: 'The sheet is sealed; nonconformities are read-only.' },
  toSeal: { zh: '去封存页', en: 'Go to Seal' },
  kind: { zh: '性质', en: 'Grade' },
  major: { zh: '严重', en: 'Major' },
  minor: { zh: '一般', en: 'Minor' },
  observation: { zh: '观察项', en: 'Observation' },
  item: { zh: '对应条目', en: 'Item' },
  noItem: { zh: '不对应具体条目', en: 'No single item' },
  noEvidence: { zh: '尚未填写客观证据', en: 'No objective evidence yet' },
  backToItem: { zh: '回到该条目评分', en: 'Back to scoring this item' },
  requirement: { zh: '要求', en: 'Requirement' },
  requirementHint: { zh: '条款或标准的原文要求', en: 'What the clause or standard requires' },
  evidence: { zh: '客观证据', en: 'Objective evidence' },
  evidenceHint: { zh: '看到的事实，不写推断；写明编号、数量', en: 'Facts as seen, no inference; with numbers and IDs' },
  where: { zh: '地点', en: 'Where' },
  when: { zh: '时间', en: 'When' },
  sample: { zh: '样本编号', en: 'Sample ID' },
  confirmedBy: { zh: '企业确认人', en: 'Confirmed by' },
  confirmedByHint: { zh: '岗位与姓名', en: 'Position and name' },
  photos: { zh: '照片', en: 'Photos' },
  noPhotos: {
    zh: '还没有照片；在评分页添加后可在这里选用。',
    en: 'No photos yet; add them while scoring and choose them here.',
  },
  usePhoto: { zh: '选用照片 {{name}}', en: 'Use photo {{name}}' },
  remove: { zh: '删除这一项', en: 'Remove' },
  removeTitle: { zh: '删除这条不符合项？', en: 'Remove this nonconformity?' },
  removeWarning: {
    zh: '删除后不会随评分表送出。照片仍然保留。',
    en: 'It will not go out with the sheet. Its photos stay.',
  },
} satisfies Catalogue
