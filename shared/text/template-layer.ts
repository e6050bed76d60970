import type { LAYER_CONFLICTS } from '../domain/layers.ts'
import type { Catalogue, Phrase } from './catalogue.ts'

/** Laying a product's add-on over a general checklist. */
export const templateLayer = {
  title: { zh: '叠加附加细则', en: 'Lay an add-on over a checklist' },
  subtitle: {
    zh: '在通用细则上加入某类产品的专项条目，分值从指定条目让出，总分不变。',
    en: 'Adds a product’s own items to a general checklist; named items give up points for them and the total stays.',
  },
  base: { zh: '通用细则', en: 'General checklist' },
  addOn: { zh: '附加细则', en: 'Add-on' },
  fits: { zh: '{{title}}（适用）', en: '{{title}} (fits)' },
  option: {
    zh: '{{number}} 第 {{edition}} 版 {{title}}',
    en: '{{number}} edition {{edition}} {{title}}',
  },
  addOnFacts: {
    zh: '用于 {{number}} 第 {{edition}} 版 · 让出分值 {{moves}} 条 · 新增章节 {{sections}} 个、条目 {{items}} 条',
    en: 'Made for {{number}} edition {{edition}} · items giving points: {{moves}} · new sections: {{sections}} · new items: {{items}}',
  },
  noAddOns: { zh: '本机没有附加细则', en: 'No add-ons on this machine' },
  noAddOnsText: {
    zh: '附加细则随软件提供。请升级软件后再看，或在编辑器里直接修改细则。',
    en: 'Add-ons come with the app. Look again after an upgrade, or edit a checklist directly.',
  },
  toList: { zh: '返回细则列表', en: 'Back to the checklists' },

  resultTitle: { zh: '叠加后的细则', en: 'The layered checklist' },
  result: { zh: '{{number}} 第 {{edition}} 版', en: '{{number}} edition {{edition}}' },
  summary: {
    zh: '{{moves}} 个条目让出 {{given}} 分，用于 {{items}} 个新增条目（{{taken}} 分）。',
    en: 'Items giving points: {{moves}}, {{given}} points in all. New items: {{items}}, worth {{taken}} points.',
  },
  totalSame: { zh: '总分不变：{{total}} 分', en: 'Total unchanged: {{total}} points' },
  totalChanged: { zh: '总分 {{before}} → {{after}} 分', en: 'Total {{before}} → {{after}} points' },
  movesTitle: { zh: '让出分值的条目', en: 'Items that give up points' },
  movesNone: { zh: '没有条目让出分值', en: 'No item gives up points' },
  item: { zh: '条目', en: 'Item' },
  before: { zh: '原分值', en: 'Before' },
  after: { zh: '现分值', en: 'After' },
  given: { zh: '让出', en: 'Given' },
  sum: { zh: '合计', en: 'In all' },
  addedTitle: { zh: '新增的条目', en: 'New items' },
  newSection: { zh: '新增章节', en: 'New section' },
  addedNone: { zh: '没有新增条目', en: 'No new items' },

  conflictsTitle: { zh: '这两份不能叠加，原因如下', en: 'These two cannot be layered' },
  conflictsText: {
    zh: '没有产生任何细则。请按每条说明处理，或换一份通用细则。',
    en: 'No checklist was made. Follow what is said for each, or choose another general checklist.',
  },
  conflictsMore: {
    zh: '因此另有 {{n}} 处对不上，换成适用的通用细则后就不再出现。',
    en: 'Because of this {{n}} more places do not match; they go away with the checklist it was made for.',
  },
  chooseFitting: { zh: '改用适用的通用细则', en: 'Use the checklist it was made for' },
  conflictOther: {
    zh: '{{place}}：叠加后不符合细则规则：{{why}}。请联系附加细则的制定单位。',
    en: '{{place}}: breaks a rule of checklists once layered: {{why}}. Ask whoever made the add-on.',
  },
  conflict_duplicateId: {
    zh: '{{place}}：两份细则用了相同的内部编号。请联系附加细则的制定单位更换。',
    en: '{{place}}: both use the same internal id. Ask whoever made the add-on to change it.',
  },
  conflict_totalFull: {
    zh: '让出的分值与新增条目的分值不相等，总分会变。请联系附加细则的制定单位改正。',
    en: 'The points given up and those of the new items differ, so the total would change. Ask whoever made the add-on to correct it.',
  },
  conflict_unknownGradeSet: {
    zh: '{{place}}：用到的评级方式通用细则里没有。请换一份通用细则。',
    en: '{{place}}: uses grades the general checklist does not have. Choose another general checklist.',
  },
  conflict_missingBands: {
    zh: '{{place}}：用到的成熟度分档通用细则里没有。请换一份通用细则。',
    en: '{{place}}: uses maturity bands the general checklist does not have. Choose another general checklist.',
  },

  adopt: { zh: '采用，成为正式细则', en: 'Adopt as an issued checklist' },
  adoptText: {
    zh: '采用后作为单独一份正式细则进入列表，不再变动；原来的两份都保留。',
    en: 'It joins the list as an issued checklist of its own and never changes again; both originals stay.',
  },
  adoptTitle: { zh: '采用“{{title}}”？', en: 'Adopt “{{title}}”?' },
  already: {
    zh: '这份叠加后的细则已经在列表中，可以直接用于任务。',
    en: 'This layered checklist is already on the list and can be used in a task.',
  },
  adopted: {
    zh: '已成为正式细则，可以用于任务。',
    en: 'It is now an issued checklist and can be used in a task.',
  },
  useInTask: { zh: '用它建任务', en: 'Make a task with it' },
} satisfies Catalogue

/** Why an add-on does not go on a checklist, and what to do. `{{place}}` names the item or section. */
export const layerConflicts = {
  baseDiffers: {
    zh: '附加细则是为另一份（或另一版）通用细则制定的：现在选的是 {{place}}。请改选它指明的那一版。',
    en: 'The add-on was made for another checklist or edition; chosen is {{place}}. Choose the one it names.',
  },
  category: {
    zh: '附加细则的类别与通用细则不同。请选同一类别的通用细则。',
    en: 'The add-on is for another category. Choose a general checklist of the same category.',
  },
  unknownItem: {
    zh: '{{place}}：附加细则要这一条让出分值，但通用细则里没有这一条。请改选它指明的那一版。',
    en: '{{place}} is to give up points but is not in the general checklist. Choose the edition the add-on names.',
  },
  unknownSection: {
    zh: '{{place}}：附加细则要在这一章加条目，但通用细则里没有这一章。请改选它指明的那一版。',
    en: '{{place}} is to get items but is not in the general checklist. Choose the edition the add-on names.',
  },
  duplicateCode: {
    zh: '{{place}}：两份细则都用了这个编号。请在编辑器里为通用细则改号后签发新版，再叠加。',
    en: '{{place}}: both use this code. Change it in the general checklist, issue a new edition, and layer again.',
  },
  notMovable: {
    zh: '{{place}}：重点、加分、扣分或单列分值的条目不能让出分值。请联系附加细则的制定单位改用其他条目。',
    en: '{{place}}: starred, bonus, deduction items and those listing their own points give up none. Ask whoever made the add-on to take another item.',
  },
  notLower: {
    zh: '{{place}}：让出后的分值没有比原来少。通用细则的分值可能已改过，请改选附加细则指明的那一版。',
    en: '{{place}}: what is left is not less than before; its points may have changed. Choose the edition the add-on names.',
  },
  step: {
    zh: '{{place}}：按新的分值不能分成相同的档。请联系附加细则的制定单位换一个分值。',
    en: '{{place}}: the new points do not divide into the same steps. Ask whoever made the add-on for other points.',
  },
} satisfies Record<(typeof LAYER_CONFLICTS)[number], Phrase>
