import type { Catalogue } from './catalogue.ts'

/** Revisions of an issued task: what they change, and what becomes of sheets made before. */
export const revision = {
  changesNone: { zh: '内容与原版相同。', en: 'Nothing differs.' },
  changesTitle: { zh: '与第 {{n}} 版相比的变动', en: 'Changes against revision {{n}}' },
  forYou: { zh: '与您有关', en: 'For you' },
  template: {
    zh: '评价细则由第 {{from}} 版改为第 {{to}} 版',
    en: 'The checklist changes from edition {{from}} to edition {{to}}',
  },
  templateOther: {
    zh: '评价细则改为 {{number}} 第 {{to}} 版',
    en: 'The checklist changes to {{number}}, edition {{to}}',
  },
  joined: { zh: '{{name}} 加入评价组（{{role}}）', en: '{{name}} joins the team ({{role}})' },
  left: { zh: '{{name}} 退出评价组（原{{role}}）', en: '{{name}} leaves the team (was {{role}})' },
  role: { zh: '{{name}} 由{{from}}改为{{to}}', en: '{{name}}: {{from}} becomes {{to}}' },
  gained: { zh: '{{name}} 增加条目 {{codes}}', en: '{{name}} gains items {{codes}}' },
  lost: { zh: '{{name}} 不再评定 {{codes}}', en: '{{name}} no longer judges {{codes}}' },
  owns: { zh: '{{name}} 主评 {{codes}}', en: '{{name}} owns {{codes}}' },
  handedOver: { zh: '{{name}} 不再主评 {{codes}}', en: '{{name}} no longer owns {{codes}}' },
  andMore: { zh: '{{codes}} 等 {{n}} 条', en: '{{codes}} and others, {{n}} in all' },
  dates: {
    zh: '现场日期由 {{from}} 改为 {{to}}',
    en: 'The visit moves from {{from}} to {{to}}',
  },
  part_enterprise: { zh: '企业信息有变动', en: 'The enterprise’s data change' },
  part_numbers: { zh: '编号、类型或组织单位有变动', en: 'Numbers, kind of visit or organiser change' },
  part_products: { zh: '申报产品或评价边界有变动', en: 'Products or boundary change' },
  part_sites: { zh: '现场场所有变动', en: 'The sites change' },
  part_period: { zh: '评价周期有变动', en: 'The period changes' },
  part_schedule: { zh: '日程有变动', en: 'The schedule changes' },
  part_indicators: { zh: '产品指标的比对界线有变动', en: 'The thresholds of the indicators change' },
  part_carryOver: { zh: '待核实问题有变动', en: 'The questions to verify change' },
  part_prefill: { zh: '申报资料有变动', en: 'The application data change' },
  part_rules: { zh: '现场规定有变动', en: 'The rules on site change' },
  part_attachments: { zh: '附件有变动', en: 'The attachments change' },
  part_fieldEnrolments: { zh: '现场应急登记有变动', en: 'The emergency enrolments change' },

  arrival: {
    zh: '这是您已有任务的修订：第 {{from}} 版 → 第 {{to}} 版',
    en: 'A revision of a task you have: {{from}} → {{to}}',
  },
  arrival_none: {
    zh: '您还没有开始评分，导入后按新版进行。',
    en: 'You have not begun; work goes on under the new revision.',
  },
  arrival_current: {
    zh: '导入后，您已评的内容全部保留，按新版任务继续。',
    en: 'Everything you have recorded stays; work goes on under the new revision.',
  },
  arrival_stands: {
    zh: '您已封存的评分表仍然有效，不需要重做。',
    en: 'Your sealed sheet still counts; nothing has to be done again.',
  },
  arrival_move: {
    zh: '细则换了版本。导入后您的评分表先保持原样，由您查看差异后再转到新版，转后也可以移回。',
    en: 'The checklist has another edition. Your sheet stays as it is until you have looked and moved it; it can be moved back.',
  },
  arrival_sealAgain: {
    zh: '您已封存的评分表将不再计入合并。导入后请到“检查与封存”开启修订，核对后重新封存，再导出给组长。',
    en: 'Your sealed sheet will not count any more. Afterwards start a revision under Check and seal, seal again and export it for the lead.',
  },
  arrival_removed: {
    zh: '新版任务中您不再评分。您已记录的内容保留在本机，不会进入合并。有疑问请联系组长。',
    en: 'You do not score in the new revision. What you recorded stays on this machine and is not merged. Ask the lead if in doubt.',
  },
  missing: {
    zh: '缺少第 {{n}} 版任务，无法核对这次修订是否越权。请先向发件人索取并导入第 {{n}} 版，再导入本文件。',
    en: 'Revision {{n}} of the task is missing here, so this one cannot be checked. Get and import revision {{n}} first.',
  },
  taskNotHeld: {
    zh: '这份文件所依据的那一版任务（{{n}}）本机还没有。请先导入任务的最新修订，再导入本文件。',
    en: 'The revision of the task it was made under ({{n}}) is not here. Import the newest revision of the task first, then this file.',
  },
  beyondRights: {
    zh: '组长在现场只能改人员、分工、日期、日程和场所；这份修订改了别的内容。请由任务的签发人重新签发。',
    en: 'On site a lead may change people, work, dates, schedule and sites only; this changes more. Whoever issued the task must issue it.',
  },
  notLead: {
    zh: '签名人不是这项任务的组长，也不是签发人。请向组长或办公室核实。',
    en: 'The signer is neither this task’s lead nor whoever issued it. Ask the lead or the office.',
  },

  revise: { zh: '修订任务…', en: 'Revise the task…' },
  continueRevision: { zh: '继续修订', en: 'Go on revising' },
  inForce: { zh: '任务第 {{n}} 版', en: 'Task revision {{n}}' },
  moveTitle: { zh: '任务改用了新版细则', en: 'The task has a new edition of its checklist' },
  moveText: {
    zh: '您的评分表仍在原来的版本上，内容没有变。先查看差异，再转到新版；在封存前可以移回。原版本的评分表不能再封存。',
    en: 'Your sheet is still under the earlier edition, unchanged. Look first, then move it; until it is sealed it can be moved back. Under the earlier edition it cannot be sealed any more.',
  },
  look: { zh: '查看差异并转移…', en: 'Look and move…' },
  movedTitle: { zh: '评分表已转到第 {{n}} 版细则', en: 'The sheet was moved to edition {{n}}' },
  movedText: {
    zh: '原版的答案都还在。封存之前可以移回原版；封存后不能。',
    en: 'All earlier answers are kept. It can be moved back until it is sealed.',
  },
  moveBack: { zh: '移回原版…', en: 'Move back…' },
  moveBackAsk: {
    zh: '移回后，没有改过的内容恢复为原来的样子；转移后改过的保留您的修改；只有新版才有的条目先收起，再次转移时还在。',
    en: 'What was not touched becomes as it was; what you changed since stays changed; items only the new edition has are put away and are there again after the next move.',
  },
  moveBackConfirm: { zh: '移回原版', en: 'Move back' },
  sealAgainTitle: {
    zh: '任务已修订，已封存的评分表不再计入',
    en: 'The task was revised; your sealed sheet does not count any more',
  },
  sealAgainText: {
    zh: '请到“检查与封存”开启修订，按新版任务核对后重新封存并导出给组长。',
    en: 'Start a revision under Check and seal, check it against the new task, seal it and export it for the lead.',
  },
  goRevise: { zh: '去开启修订', en: 'Start a revision' },
  standsText: {
    zh: '任务有了第 {{n}} 版；您已封存的评分表仍然有效。',
    en: 'The task has revision {{n}}; your sealed sheet still counts.',
  },
  removedTitle: { zh: '第 {{n}} 版任务起您不再评分', en: 'You do not score from revision {{n}} on' },
  removedText: {
    zh: '您记录的内容保留在本机，不会进入合并。如需交接，请联系组长。',
    en: 'What you recorded stays on this machine and is not merged. Ask the lead about handing over.',
  },
  sealBlocked: {
    zh: '任务改用了新版细则，原版的评分表不能封存。请先到任务概览查看差异并转移。',
    en: 'The task has a new edition of its checklist; under the earlier one the sheet cannot be sealed. Look and move it on the overview.',
  },
  toOverview: { zh: '去任务概览', en: 'To the overview' },

  planTitle: { zh: '第 {{from}} 版 → 第 {{to}} 版细则', en: 'Edition {{from}} → edition {{to}}' },
  planText: {
    zh: '确认前什么都不会改。',
    en: 'Nothing is changed before you confirm.',
  },
  outcome_kept: { zh: '照原样保留', en: 'Kept as they are' },
  outcome_look: { zh: '保留，请再看一眼', en: 'Kept; please look again' },
  outcome_dropped: {
    zh: '新版中没有位置（答案保留，移回即恢复）',
    en: 'No place in the new edition (kept; moving back restores them)',
  },
  outcome_new: { zh: '新版需要判定', en: 'To be judged in the new edition' },
  toTray: {
    zh: '{{n}} 张照片不再属于任何条目，会放入未归位。',
    en: '{{n}} photos belong to no item any more and go to the tray.',
  },
  nothing: { zh: '无', en: 'None' },
  value: { zh: '判定', en: 'Judgement' },
  scoreWas: { zh: '{{before}} → {{after}} 分', en: '{{before}} → {{after}} points' },
  scoreSame: { zh: '{{score}} 分', en: '{{score}} points' },
  state_na: { zh: '不适用', en: 'N/A' },
  state_abstain: { zh: '回避', en: 'Abstains' },
  photos: { zh: '照片 {{n}}', en: 'Photos {{n}}' },
  hasNote: { zh: '有备注', en: 'Has a note' },
  why_removed: { zh: '条目已取消', en: 'The item is gone' },
  why_typeChanged: { zh: '题型已变，需重新判定', en: 'Another kind of item; judge it anew' },
  why_notAssigned: { zh: '不再分给您', en: 'No longer yours' },
  why_invalid: {
    zh: '原判定在新版中不成立，需重新判定',
    en: 'The judgement is none in the new edition; judge it anew',
  },
  changed_points: { zh: '分值', en: 'points' },
  changed_grades: { zh: '等级或档次', en: 'grades or bands' },
  changed_rows: { zh: '指标', en: 'indicators' },
  changed_demand: { zh: '证据要求', en: 'evidence asked for' },
  changed_wording: { zh: '文字', en: 'wording' },
  changedFields: { zh: '变动：{{list}}', en: 'Changed: {{list}}' },
  moveConfirm: { zh: '转到第 {{n}} 版', en: 'Move to edition {{n}}' },

  editTitle: { zh: '修订任务：第 {{from}} 版 → 第 {{to}} 版', en: 'Revise the task: {{from}} → {{to}}' },
  editAll: {
    zh: '签发后成为同一任务的第 {{to}} 版，需要重新分发给全体成员。细则只能换成同一编号的其他版本。',
    en: 'Once issued this is revision {{to}} of the same task, to be handed to everybody again. The checklist can only become another edition of the same number.',
  },
  editIssued: {
    zh: '本任务的评价结果已经签发，签发的报告不受影响，仍按原来的任务。修订后，受影响的评分表要重新封存，再“开启更正报告”重新签发。',
    en: 'The result of this task is issued; the issued report stays as it is, under the task as it was. After a revision the sheets concerned are sealed again and a corrected report is issued.',
  },
  editOnSite: {
    zh: '您作为组长，可在现场修订人员、分工、日期、日程和场所。其他内容由任务的签发人修订，这里只能查看。',
    en: 'As its lead you may revise people, work, dates, schedule and sites. Everything else belongs to whoever issued the task and can only be read here.',
  },
  readOnly: {
    zh: '本部分由任务的签发人修订，这里只能查看。',
    en: 'Only whoever issued the task revises this part; here it can be read.',
  },
  readOnlyHere: { zh: '由签发人修订，只能查看', en: 'Revised by the issuer only' },
  issueText: {
    zh: '签发后由您签名，成为任务的第 {{to}} 版。随后请导出并分发给全体成员；已封存而受影响的评分表需要本人修订后重新封存。',
    en: 'Under your signature this becomes revision {{to}}. Then export it for everybody; sealed sheets that are touched must be revised and sealed again by their experts.',
  },
  issue: { zh: '签发第 {{to}} 版', en: 'Issue revision {{to}}' },
  issueAsk: { zh: '签发“{{name}}”任务的第 {{to}} 版', en: 'Issue revision {{to}} of the task for “{{name}}”' },
  begunFrom: {
    zh: '这份修订是从第 {{from}} 版开始的，期间已有第 {{now}} 版。请按新版重新修订。',
    en: 'This was begun from revision {{from}}; meanwhile there is revision {{now}}. Begin again from it.',
  },
  beginAgain: { zh: '按第 {{now}} 版重新修订', en: 'Begin again from revision {{now}}' },

  uncountedTitle: { zh: '未计入的评分表（{{n}}）', en: 'Sheets that do not count ({{n}})' },
  uncountedSheet: {
    zh: '{{name}}：评分表第 {{revision}} 版，按任务第 {{task}} 版评定',
    en: '{{name}}: sheet revision {{revision}}, made under task revision {{task}}',
  },
  uncounted_template: {
    zh: '细则换了版本。请其导入第 {{now}} 版任务，开启修订并转到新版细则，补判后重新封存、导出。',
    en: 'The checklist has another edition. Ask for: import task revision {{now}}, start a revision, move the sheet, judge what is new, seal and export.',
  },
  uncounted_indicators: {
    zh: '产品指标有变动。请其导入第 {{now}} 版任务，开启修订，核对指标后重新封存、导出。',
    en: 'The indicators changed. Ask for: import task revision {{now}}, start a revision, check the indicators, seal and export.',
  },
  uncounted_assigned: {
    zh: '分工有变动。请其导入第 {{now}} 版任务，开启修订，补齐条目后重新封存、导出。',
    en: 'The assignment changed. Ask for: import task revision {{now}}, start a revision, complete it, seal and export.',
  },
  uncounted_notInTeam: {
    zh: '在第 {{now}} 版任务中不再评分，不需要再交。',
    en: 'Does not score under task revision {{now}}; nothing more to ask for.',
  },
} satisfies Catalogue
