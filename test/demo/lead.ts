import { join } from 'node:path'
import { expect } from '@playwright/test'
import { PASSPHRASE } from '../support/app-world.ts'
import { t } from '../support/e2e-text.ts'
import type { Desk } from '../e2e/pages/desk.ts'
import { printShown, showDocument } from '../e2e/pages/documents-page.ts'
import { exportPackage } from '../e2e/pages/exchange-page.ts'
import { givePassphrase, openPage, openTask, openTaskPage } from '../e2e/pages/frame.ts'
import {
  enrol,
  found,
  join as joinProject,
  openRequest,
  readDigits,
  saveInvitation,
  saveRequest,
} from '../e2e/pages/project-page.ts'
import { declare, issue, newDraftFromSample, openPart } from '../e2e/pages/task-page.ts'
import { decide, importSheets, openDecision, openTeamPart, vote } from '../e2e/pages/team-page.ts'
import type { Member } from './crew.ts'
import type { Stage } from './stage.ts'

const PROJECT = '辽宁优品2026样例批次'

/** The lead founds the project, enrols everybody by their digits, and everybody joins by the project's digits. */
export async function gather(stage: Stage, [lead, ...experts]: Member[]): Promise<string> {
  if (lead === undefined) throw new Error('no lead')
  await found(lead.desk, PROJECT, PASSPHRASE)
  for (const [n, expert] of experts.entries()) {
    const request = join(stage.folder, 'inputs', `request-${expert.key}.json`)
    const own = await saveRequest(expert.desk, request)
    expect(await openRequest(lead.desk, request)).toEqual(own)
    if (n === 0)
      await stage.shoot(lead.desk, '登记组员：核对 8 组校验码', 'Enrolling: comparing eight groups of digits')
    await enrol(lead.desk, PASSPHRASE)
  }
  const invitation = join(stage.folder, 'trust', 'invitation.json')
  await saveInvitation(lead.desk, invitation)
  await stage.shoot(lead.desk, '专家名册', 'The roster')
  const root = await readDigits(lead.desk.page.getByRole('list', { name: t('project', 'rootDigits') }))
  for (const expert of experts) await joinProject(expert.desk, invitation, root)
  return invitation
}

/** Drafts the sample visit, shows its parts, issues it and exports the task package. */
export async function handOut(stage: Stage, { desk }: Member, enterprise: string): Promise<string> {
  await openPage(desk, 'home')
  await newDraftFromSample(desk, /工业品牌[^＋]*$/)
  await stage.shoot(desk, '编制任务：企业与任务', 'Preparing the task: enterprise')
  await openPart(desk, 'work')
  await stage.shoot(desk, '分工：主评与复核', 'Division of work: owners and reviewers')
  await issue(desk, PASSPHRASE)
  const file = join(stage.folder, 'packages', 'task.evp')
  await exportPackage(desk, t('exchange', 'kind_task'), file)
  await stage.shoot(desk, '任务已签发、导出', 'The task is issued and exported')
  await openTask(desk, enterprise)
  await declare(desk)
  return file
}

/** Takes the colleagues' sheets in, settles what they disagree on, has the facts confirmed, issues the result. */
export async function conclude(stage: Stage, { desk }: Member, enterprise: string, sheets: string[]): Promise<string> {
  const { page } = desk
  await openTask(desk, enterprise)
  await openTaskPage(desk, 'team')
  await importSheets(desk, sheets)
  await stage.shoot(desk, '评分表收齐', 'Every sheet has arrived')
  await openTeamPart(desk, 'matrix')
  await stage.shoot(desk, '只看真正的差异', 'Only real differences')
  await settle(stage, desk)
  await openTeamPart(desk, 'conclusion')
  await stage.shoot(desk, '得分与结论', 'Scores and conclusion')
  await openTeamPart(desk, 'texts')
  await page.getByLabel(t('team', 'sampling'), { exact: true }).fill('本次评价基于抽样，未抽到的部分不代表没有问题。')
  await page.getByLabel(t('team', 'sampling'), { exact: true }).blur()
  await expect(
    page
      .locator('.saving-text')
      .filter({ hasText: t('team', 'sampling') })
      .locator('.saved-state'),
  ).toHaveAttribute('data-state', 'saved')
  await openTeamPart(desk, 'close')
  const form = page.getByRole('form', { name: t('team', 'confirmation') })
  await form.getByRole('button', { name: t('team', 'statement_agree') }).click()
  await form.getByLabel(t('team', 'representative')).fill('王建国')
  await form.getByLabel(t('team', 'post')).fill('质量总监')
  await form.getByRole('button', { name: t('team', 'saveConfirmation') }).click()
  await page.getByRole('button', { name: t('team', 'close') }).click()
  await givePassphrase(desk, PASSPHRASE, t('team', 'close'))
  await expect(page.getByRole('heading', { name: t('team', 'issued') })).toBeVisible({ timeout: 120_000 })
  const file = join(stage.folder, 'packages', 'result.evp')
  await desk.answer(file)
  await page.getByRole('button', { name: t('seal', 'export') }).click()
  await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible()
  await stage.shoot(desk, '结果已签发、导出', 'The result is issued and exported')
  return file
}

/** The four differences the sample team has on purpose. */
async function settle(stage: Stage, desk: Desk): Promise<void> {
  const { page } = desk
  const veto = await openDecision(desk, 'V4', 'veto')
  await veto
    .getByRole('group', { name: t('team', 'outcome') })
    .getByRole('button', { name: t('team', 'outcome_pass'), exact: true })
    .click()
  await vote(veto, 'pass')
  await veto.getByLabel(t('team', 'reason')).fill('复查合格报告为原件，承检机构来电确认，视为按规则闭环。')
  await stage.shoot(desk, '否决项：记名表决', 'A veto item: named votes')
  await decide(veto)
  for (const { code, pick, reason } of [
    { code: '6.5', pick: '基本符合', reason: '条款适用；能力确认超期属实。' },
    { code: '7.4', pick: '基本符合', reason: '夜班巡检记录补写属实，限于一个班组。' },
    { code: '9.2', pick: null, reason: '两个方向均在时限内，数量基本平衡。' },
  ]) {
    const form = await openDecision(desk, code)
    const value = form
      .getByRole('group', { name: t('team', 'outcome') })
      .getByRole('button', { name: t('team', 'outcome_value') })
    if ((await value.count()) > 0) await value.click()
    if (pick !== null) await form.getByRole('button', { name: pick }).click()
    await form.getByLabel(t('team', 'reason')).fill(reason)
    if (code === '7.4')
      await stage.shoot(desk, '并排看事实，集体评定并写理由', 'Facts side by side, a decision with its reason')
    await decide(form)
  }
  await expect(page.getByText(t('team', 'state_settled'))).toBeVisible()
}

/** What is signed at the closing meeting in one file, and the pocket checklist. */
export async function printPapers(stage: Stage, { desk }: Member): Promise<string[]> {
  await openTaskPage(desk, 'documents')
  const files: string[] = []
  for (const document of ['pack', 'pocket'] as const) {
    const shown = await showDocument(desk, document)
    const file = join(stage.folder, 'papers', `${document}.pdf`)
    await printShown(desk, shown, file)
    if (document === 'pack') await stage.shoot(desk, '文书：签字材料包', 'Papers: the signing pack')
    else await stage.shoot(desk, '文书：口袋清单', 'Papers: the pocket checklist')
    files.push(file)
  }
  return files
}

/** The report as PDF in its three profiles; the committee's also as an editable copy, as figures and with all evidence. */
export async function printReports(stage: Stage, { desk }: Member): Promise<{ reports: string[]; exports: string[] }> {
  const { page } = desk
  await openTaskPage(desk, 'report')
  const write = async (name: string, format: 'pdf' | 'docx' | 'xlsx' | 'zip'): Promise<string> => {
    const file = join(stage.folder, 'reports', `${name}.${format}`)
    await desk.answer(file)
    await page.getByRole('button', { name: t('report', `export_${format}`) }).click()
    await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible({ timeout: 120_000 })
    return file
  }
  const [reports, exports]: [string[], string[]] = [[], []]
  for (const profile of ['committee', 'archive', 'enterprise'] as const) {
    await page
      .getByRole('navigation', { name: t('report', 'profiles') })
      .getByRole('button', { name: t('report', `profile_${profile}`) })
      .click()
    reports.push(await write(`report-${profile}`, 'pdf'))
    if (profile !== 'committee') continue
    for (const format of ['docx', 'xlsx', 'zip'] as const) exports.push(await write(`report-${profile}`, format))
    await stage.shoot(desk, '报告预览与导出', 'The report, previewed and exported')
  }
  await openPage(desk, 'home')
  await stage.shoot(desk, '首页：任务完成', 'Home: the task is finished')
  return { reports, exports }
}
