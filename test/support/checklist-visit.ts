import { cpSync } from 'node:fs'
import { write } from '../../electron/storage/database.ts'
import { addTask } from '../../electron/storage/task-store.ts'
import { addTemplate } from '../../electron/storage/template-store.ts'
import { sha256 as hash } from '../../electron/exchange/crypto.ts'
import { ok } from '../../shared/contract/errors.ts'
import type { Answer } from '../../shared/domain/sheet.ts'
import { assignedItems, parseTask, type Member, type Task } from '../../shared/domain/task.ts'
import { parseTemplate, type Item, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { PASSPHRASE, makeWorld, type Machine } from './app-world.ts'
import {
  AT,
  answerOf,
  conformityItem,
  deductionItem,
  gateItem,
  grade,
  indicatorItem,
  maturityItem,
  memberOf,
  pointsItem,
  rowOf,
  taskOf,
  templateOf,
  vetoItem,
} from './scoring-factories.ts'

export const ENTERPRISE = '沈阳星河重型装备有限公司'
const CLAUSE =
  '查阅近十二个月的检验记录、设备台账与人员培训档案，抽取三批核对原始数据与报告是否一致，现场询问操作工对作业指导书的理解。'
const said = (zh: string, en: string) => ({ zh, en })
const SUBJECTS = ['原料验收', '过程控制', '出厂检验', '计量器具', '不合格品', '顾客反馈', '能源管理', '安全生产']

/** An item of one of the usual kinds with texts as long as real ones. */
function bigItem(n: number, guidance: number): Item {
  const id = `i${n}`
  const subject = SUBJECTS[n % SUBJECTS.length] ?? ''
  const over = {
    code: String(n),
    title: said(`${subject}的规定与实施情况第 ${n} 条`, `${id}: rules and practice`),
    basis: `GB/T 19001—2016 第 ${(n % 10) + 1} 条`,
    guidance: said(CLAUSE.repeat(Math.ceil(guidance / CLAUSE.length)).slice(0, guidance), ''),
    evidence: said('记录、照片、台账', 'Records, photos, registers'),
    allowNA: n % 4 === 0,
    starred: n % 25 === 0,
  }
  if (n % 50 === 0) return vetoItem(id, over)
  if (n % 5 === 1) return maturityItem(id, 10, over)
  return n % 5 === 2 ? pointsItem(id, 10, 0.5, over) : conformityItem(id, 10, over)
}

/** A checklist of `items` in `sections`, each item's guidance `guidance` characters long. */
export function bigTemplate(items: number, sections: number, guidance = 300): Template {
  const all = Array.from({ length: items }, (_, n) => bigItem(n, guidance))
  const size = Math.ceil(items / sections)
  const lists = Array.from({ length: sections }, (_, n) => all.slice(n * size, (n + 1) * size))
  const made = templateOf(lists)
  return { ...made, sections: made.sections.map((s, n) => ({ ...s, id: `s${n}`, code: String(n) })) }
}

const nine = Array.from({ length: 9 }, (_, n) => ({
  ...grade(`g${n + 1}`, 10_000 - n * 1250),
  label: said(`第${n + 1}等`, `Grade ${n + 1}`),
  text: said(`第${n + 1}等的判定标准：抽查未见或少见偏离。`, `What grade ${n + 1} means.`),
}))

/** One item of every kind, those no shipped checklist has among them: nine grades, own points, deductions, units, bonus. */
export function everyKind(): Template {
  const titled = (code: string, zh: string) => ({ code, title: said(zh, code), allowNA: true })
  const rows = [
    rowOf('r1', { name: said('抗拉强度', 'Strength'), unit: 'MPa', base: '400', average: '450', advanced: '500' }),
    rowOf('r2', {
      name: said('能耗', 'Energy'),
      unit: 'kWh',
      direction: 'lower',
      base: '9',
      advanced: '5',
      promised: '6',
    }),
  ]
  const made = templateOf(
    [
      [vetoItem('v1', titled('V1', '许可资质')), gateItem('g1', titled('G1', '正在生产'))],
      [
        conformityItem('c1', 20, titled('1.1', '质量方针')),
        conformityItem('c9', 16, { ...titled('1.2', '计量管理'), spec: { gradeSet: 'nine', points_cp: null } }),
        conformityItem('cp', 10, {
          ...titled('1.3', '档案保存'),
          spec: { gradeSet: 'three', points_cp: [1000, 300, 0] },
        }),
        maturityItem('m1', 20, titled('1.4', '战略规划')),
        pointsItem('p1', 10, 0.5, titled('1.5', '品牌荣誉')),
      ],
      [
        indicatorItem('n1', 30, rows, titled('2.1', '关键性能')),
        deductionItem(
          'd1',
          10,
          [
            { id: 'late', points: 2, maxCount: 3 },
            { id: 'lost', points: 5 },
          ],
          titled('2.2', '标识追溯'),
        ),
        maturityItem('u1', 12, {
          ...titled('2.3', '抽样农户'),
          repeat: { what: said('农户', 'household'), min: 2, max: 4 },
        }),
        pointsItem('b1', 5, 0.5, { ...titled('2.4', '创新加分'), bonus: true }),
      ],
    ],
    { bonusCap_cp: 300 },
  )
  return { ...made, gradeSets: [...made.gradeSets, { id: 'nine', grades: nine }] }
}

type Solo = { template: Template; member?: Partial<Member>; task?: Partial<Task>; answered?: number }

/** Leaves at `target` the profile of a person who leads a visit by `template` and has judged the first `answered` items. */
export async function makeVisitProfile(target: string, solo: Solo): Promise<{ taskId: string }> {
  const parsed = parseTemplate(solo.template)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 5)))
  const world = makeWorld()
  try {
    const machine = world.machine('visit')
    await machine.call('identity.create', { name: '测量', unit: '样例', number: '1', passphrase: PASSPHRASE })
    const { projectId, me } = await machine.call('project.found', { name: '样例', passphrase: PASSPHRASE })
    const member = memberOf(me?.personId ?? '', { role: 'lead', name: '测量', ...solo.member })
    const templateSha256 = hash(jcsBytes(parsed.value))
    const made = taskOf([member], { projectId, templateSha256, ...solo.task })
    const task = parseTask({
      ...made,
      enterprise: { ...made.enterprise, name: ENTERPRISE, uscc: '91219999MA0YPXMP9F' },
    })
    if (!task.ok) throw new Error(JSON.stringify(task.problems))
    const { taskId } = task.value
    holdTask(machine, parsed.value, task.value)
    await machine.call('sheet.accept', { taskId })
    for (const item of assignedItems(member, parsed.value).slice(0, solo.answered ?? 0)) {
      await machine.call('sheet.saveAnswer', { taskId, item: item.id, answer: plainAnswer(item, parsed.value) })
    }
    machine.close()
    cpSync(machine.profile, target, { recursive: true })
    return { taskId }
  } finally {
    await world.end()
  }
}

/** Lets the person unlocked on a machine hold a task and its template as if they had been handed over. */
export function holdTask(machine: Machine, template: Template, task: Task): void {
  const { current } = machine.context.session
  if (current === null) throw new Error('locked')
  const doc = jcsBytes(template)
  const taskDoc = jcsBytes(task)
  const stored = write(current.store, (tx) => {
    addTemplate(tx, task.templateSha256, doc, AT)
    addTask(tx, { task, sha256: hash(taskDoc), doc: taskDoc, packageDigest: null, storedAt: AT })
    return ok(null)
  })
  if (!stored.ok) throw new Error(stored.failure.code)
}

/** A usual answer with a usual note. */
export function plainAnswer(item: Item, template: Template): Answer {
  const value = {
    veto: 'pass',
    gate: 'yes',
    conformity: template.gradeSets[0]?.grades[0]?.id ?? '',
    maturity: 65,
    points: 7_500_000,
    indicator: null,
    deduction: [],
  }[item.type]
  return answerOf(item.id, value, { note: '抽查记录齐全，未见异常。', facts: `现场查看 ${item.code}，与台账一致。` })
}
