import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import type { WhyTree } from '../../../shared/scoring/why.ts'
import { exported, gatherTeam, imported, sealed } from '../../support/app-job.ts'
import { PASSPHRASE, job, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { writeTrust } from '../../support/e2e-trust.ts'
import { BAD_POINTS_CELL, TWICE_CELL, foreignChecklist } from '../../support/foreign-checklist.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli.ts')
const LIMIT = { timeout: 180_000 }

let world: World
let lead: Machine
let experts: Machine[]
let projectId: string

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 3)
  ;({ lead, projectId } = team)
  experts = team.experts
}, 60_000)
afterAll(async () => await world.end())

/** The office's own table, taken in, put right as the findings say, and issued. */
async function issueOwnChecklist(): Promise<string> {
  const path = world.file('审核表.xlsx')
  writeFileSync(path, await writeWorkbook(foreignChecklist()))
  lead.answers.push(path)
  const opened = await lead.call('workbook.open', { job: job() })
  if (opened?.guess === null || opened === null) throw new Error('nothing guessed')
  const mapping = { ...opened.guess, type: 'conformity' as const, number: 'LD-GYS-2026', title: '供应商现场审核细则' }
  const preview = await lead.call('workbook.preview', { token: opened.token, mapping, job: job() })
  expect(preview.problems.map((p) => p.cell)).toEqual(expect.arrayContaining([BAD_POINTS_CELL, TWICE_CELL]))
  const { draftId, content } = await lead.call('workbook.accept', { token: opened.token, mapping, job: job() })
  expect((await lead.refused('template.issue', { draftId })).code).toBe('invalid')
  await lead.call('template.saveDraft', { draftId, json: JSON.stringify(putRight(content)) })
  const { findings } = await lead.call('template.draft', { draftId })
  expect(findings.filter((f) => f.severity === 'error')).toEqual([])
  const card = await lead.call('template.issue', { draftId })
  expect(card).toMatchObject({ number: 'LD-GYS-2026', totalFull_cp: 10_000, sample: false })
  return card.sha256
}

/** The item without points gets the ten that lack to the stated hundred; the code that stood twice becomes 2.3. */
function putRight(content: Template): Template {
  const seen = new Set<string>()
  const sections = content.sections.map((s) => ({
    ...s,
    items: s.items.map((item) => {
      const code = seen.has(item.code) ? '2.3' : item.code
      seen.add(code)
      return item.code === '1.3' && item.type !== 'veto' && item.type !== 'gate'
        ? { ...item, full_cp: 1000 }
        : { ...item, code }
    }),
  }))
  return { ...content, sections, totalFull_cp: 10_000 }
}

async function issueTask(templateSha256: string): Promise<string> {
  const me = (await lead.call('project.list', {}))[0]?.members ?? []
  const { draft } = await lead.call('task.newDraft', { projectId, templateSha256, fromSample: false })
  const content = {
    ...draft.content,
    number: 'LD-2026-001',
    batch: '2026-01',
    reportNumber: 'LD-2026-001-B',
    organiser: { zh: '辽东集团质量部', en: '' },
    enterprise: {
      name: '辽宁辰昀泵业有限公司',
      uscc: '91219999MA0YPXMP9F',
      address: '沈阳市',
      contact: '王建国',
      phone: '024-00000000',
    },
    scope: { products: '工业泵', sites: [{ id: 'main', name: '厂区', address: '沈阳市' }], boundary: '' },
    period: { from: '2026-01-01', to: '2026-12-31' },
    dates: { from: '2026-11-24', to: '2026-11-25' },
    team: me.map((m, n) => ({
      personId: m.personId,
      name: m.name,
      unit: m.unit,
      role: n === 0 ? ('lead' as const) : ('expert' as const),
      kind: 'quality' as const,
      assigned: null,
      owns: [],
    })),
  }
  const saved = await lead.call('task.saveDraft', { draft: { ...draft, content } })
  expect(saved.problems).toEqual([])
  const card = await lead.call('task.issue', { draftId: draft.draftId, passphrase: PASSPHRASE })
  const file = await exported(world, lead, card.taskPackage?.digest ?? '', 'T.evp')
  for (const expert of experts) await imported(expert, [file])
  return card.taskId
}

/** Everybody full marks but the first expert, who gives the first item the lowest grade. */
function answersOf(template: Template, isStrict: boolean): Answer[] {
  return templateItems(template).map((item, n) => {
    if (item.type !== 'conformity') throw new Error(item.type)
    const grades = template.gradeSets.find((g) => g.id === item.spec.gradeSet)?.grades ?? []
    const isLow = isStrict && n === 0
    return {
      item: item.id,
      state: 'answered',
      value: (isLow ? grades.at(-1) : grades[0])?.id ?? null,
      score: null,
      reason: isLow ? '现场已说明' : '',
      note: '现场核查',
      facts: '',
      pending: null,
      documents: [{ name: '质量手册', number: 'QM-01', date: '2026-01-01' }],
      people: [],
      units: [],
      samples: [],
      indicators: [],
      noEvidence: '',
      media: [],
      updatedAt: '2026-11-24T01:00:00.000Z',
    }
  })
}

async function scoreAndSeal(machine: Machine, taskId: string, name: string, isStrict: boolean): Promise<string> {
  const { template } = await machine.call('sheet.accept', { taskId })
  for (const answer of answersOf(template, isStrict))
    await machine.call('sheet.saveAnswer', { taskId, item: answer.item, answer })
  return (await sealed(world, machine, taskId, name)).file
}

function onsite(...args: string[]): string {
  const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', cwd: world.folder })
  if (done.status !== 0) throw new Error(`${done.status} ${done.stdout}${done.stderr}`)
  return done.stdout
}

test(
  'an office’s own Excel table becomes a checklist a team scores, and every door gives the same numbers',
  LIMIT,
  async () => {
    const taskId = await issueTask(await issueOwnChecklist())
    const files = [
      await scoreAndSeal(lead, taskId, 'S0.evp', false),
      await scoreAndSeal(experts[0]!, taskId, 'S1.evp', true),
      await scoreAndSeal(experts[1]!, taskId, 'S2.evp', false),
    ]
    await imported(lead, files.slice(1))
    const open = await lead.call('team.open', { taskId })
    const flagged = open.outcome?.merge.items.filter((i) => i.flags.includes('gradesDiffer')) ?? []
    expect(flagged.map((i) => i.item)).toHaveLength(1)
    const view = await lead.call('team.decide', {
      taskId,
      item: flagged[0]!.item,
      outcome: 'value',
      value: flagged[0]!.proposal.value,
      score: null,
      reason: '两名专家查到的文件一致',
      dissent: [],
      votes: [],
    })
    const { outcome } = view
    expect(outcome?.merge).toMatchObject({ status: 'closed', totals: { base: 100_000_000, rate_bp: 10_000 } })

    const book = world.file('合并.xlsx')
    lead.answers.push(book)
    await lead.call('workbook.exportTeam', { taskId, job: job() })

    const invitation = world.file('invitation.json')
    const { roster, root } = writeTrust(invitation, world.folder)
    const inputs = world.file('inputs.json')
    const { sheets: _sheets, ...given } = view.inputs
    writeFileSync(inputs, JSON.stringify(given))
    const visit = ['--task', world.file('T.evp'), ...files, '--roster', roster, '--root', root, '--inputs', inputs]
    const [result, table, why] = ['result.json', '命令行.xlsx', 'why.json'].map((name) => world.file(name)) as [
      string,
      string,
      string,
    ]
    expect(onsite('merge', ...visit, '-o', result, '--xlsx', table, '--why', why)).toBe('closed\n')

    const merged = JSON.parse(readFileSync(result, 'utf8')) as Result
    expect(merged.merge).toEqual(outcome?.merge)
    expect(JSON.parse(readFileSync(why, 'utf8')) as WhyTree).toEqual(outcome?.why)
    expect(readFileSync(table).equals(readFileSync(book))).toBe(true)
    const english = ['app-en.xlsx', 'cli-en.xlsx'].map((name) => world.file(name)) as [string, string]
    lead.answers.push(english[0])
    await lead.call('app.saveSettings', { ...(await lead.call('app.settings', {})), language: 'en' })
    await lead.call('workbook.exportTeam', { taskId, job: job() })
    const inEnglish = ['--xlsx', english[1], '--language', 'en']
    expect(onsite('merge', ...visit, '-o', world.file('again.json'), ...inEnglish)).toBe('closed\n')
    expect(readFileSync(english[0]).equals(readFileSync(english[1]))).toBe(true)
    expect(readFileSync(english[0]).equals(readFileSync(book))).toBe(false)
    const total = await cellBeside(table, '汇总', '折算总分')
    expect(total).toBe(formatMicro(outcome?.merge.totals.converted ?? 0))
    expect(await cellBeside(table, '汇总', '得分率（%）')).toBe(formatBp(outcome?.merge.totals.rate_bp ?? 0))
  },
)

/** The text beside a label, as a person sees it with two decimals. */
async function cellBeside(path: string, sheet: string, label: string): Promise<string> {
  const read = await readWorkbook(path, { signal: new AbortController().signal, progress: () => undefined })
  if (!read.ok) throw new Error(read.failure.code)
  const rows = read.value.sheets.find((s) => s.name === sheet)?.rows ?? []
  return Number(rows.find((r) => r[0]?.value === label)?.[1]?.value).toFixed(2)
}
