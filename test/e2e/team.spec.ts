import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../electron/runtime/workspace.ts'
import type { Result } from '../../shared/domain/result.ts'
import { templateItems } from '../../shared/domain/template.ts'
import { formatMicro } from '../../shared/scoring/numbers.ts'
import { t } from '../support/e2e-text.ts'
import { writeTrust } from '../support/e2e-trust.ts'
import { pdfjsRead, popplerText } from '../support/pdf-readers.ts'
import { industrialTemplate, sampleTaskContent } from '../support/sample-task.ts'
import { verifyByHand } from '../support/verify-by-hand.ts'
import { PASSPHRASE, expect, test, type Bench } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { givePassphrase, openTask, openTaskPage } from './pages/frame.ts'
import { decide, importSheets, matrixRow, openDecision, openTeamPart, vote } from './pages/team-page.ts'

const CONTENT = sampleTaskContent()
const onsite = (...args: string[]): string =>
  execFileSync(process.execPath, [join(ROOT, 'electron/cli.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })

async function settleAll(desk: Desk): Promise<void> {
  const { page } = desk
  await test.step('a decision without a reason is not accepted', async () => {
    const form = await openDecision(desk, '6.5')
    await form
      .getByRole('group', { name: t('team', 'outcome') })
      .getByRole('button', { name: t('team', 'outcome_value') })
      .click()
    await expect(form).toContainText(t('team', 'decisionProblem_reason'))
    await expect(form.getByRole('button', { name: t('team', 'decide') })).toBeDisabled()
    await form.getByRole('button', { name: '基本符合' }).click()
    await form.getByLabel(t('team', 'reason')).fill('条款适用；能力确认超期属实。')
    await form.getByRole('button', { name: t('team', 'dissent') }).click()
    await form.getByLabel('赵启航').fill('保留意见：超期期间收货数量少。')
    await decide(form)
  })
  await test.step('a veto takes named votes', async () => {
    const form = await openDecision(desk, 'V4', 'veto')
    await form
      .getByRole('group', { name: t('team', 'outcome') })
      .getByRole('button', { name: t('team', 'outcome_fail') })
      .click()
    await vote(form, 'pass')
    await form.getByLabel(t('team', 'reason')).fill('复查合格报告为原件，视为按规则闭环。')
    await expect(form).toContainText(t('team', 'decisionProblem_twoPersons'))
    await form
      .getByRole('group', { name: t('team', 'outcome') })
      .getByRole('button', { name: t('team', 'outcome_pass'), exact: true })
      .click()
    await decide(form)
  })
  for (const { code, pick } of [
    { code: '7.4', pick: '基本符合' },
    { code: '9.2', pick: null },
  ]) {
    const form = await openDecision(desk, code)
    if (pick !== null) await form.getByRole('button', { name: pick }).click()
    await form.getByLabel(t('team', 'reason')).fill('集体评议核实后取此值。')
    await decide(form)
  }
  await openTeamPart(desk, 'matrix')
  await expect(page.getByText(t('team', 'state_settled'))).toBeVisible()
}

async function issueResult(desk: Desk): Promise<void> {
  const { page } = desk
  await openTeamPart(desk, 'close')
  const close = page.getByRole('button', { name: t('team', 'close') })
  await expect(close).toBeDisabled()
  const form = page.getByRole('form', { name: t('team', 'confirmation') })
  await form.getByLabel(t('team', 'representative')).fill('王建国')
  await form.getByLabel(t('team', 'post')).fill('质量总监')
  // What makes the form complete may be its last change.
  await form.getByRole('button', { name: t('team', 'statement_agree') }).click()
  await form.getByRole('button', { name: t('team', 'saveConfirmation') }).click()
  await close.click()
  await givePassphrase(desk, PASSPHRASE, t('team', 'close'))
  await expect(page.getByRole('heading', { name: t('team', 'issued') })).toBeVisible({ timeout: 60_000 })
}

async function checkPdf(desk: Desk, bench: Bench): Promise<void> {
  const { page } = desk
  await openTaskPage(desk, 'report')
  await expect(page.getByRole('article', { name: t('report', 'preview') })).toContainText(CONTENT.enterprise.name)
  const pdf = bench.file('report.pdf')
  await desk.answer(pdf)
  await page.getByRole('button', { name: t('report', 'export_pdf') }).click()
  await expect(page.getByRole('status').filter({ hasText: pdf })).toBeVisible({ timeout: 60_000 })
  const text = popplerText(pdf).replaceAll(/\s+/g, '')
  expect(text).toContain(CONTENT.enterprise.name)
  for (const item of templateItems(industrialTemplate())) expect(text).toContain(item.code)
  const { outcome } = await desk.call('team.open', { taskId: bench.taskId })
  expect(text).toContain(formatMicro(outcome?.merge.totals.base ?? 0))
  const { pages } = await pdfjsRead(pdf)
  expect(pages.filter((one) => !one.includes(CONTENT.reportNumber))).toEqual([])
}

/** The result as a stranger sees it: verified by command, by hand, and merged again. */
function checkResult(bench: Bench, result: string): void {
  const { roster, root, authors } = writeTrust(bench.seedFile('invitation.json'), bench.folder)
  const sheets = ['lead', 'e1', 'e2', 'e3', 'e4'].map((person) => bench.seedFile(`sheet-${person}.evp`))
  const trust = ['--roster', roster, '--root', root]
  expect(onsite('verify', bench.seedFile('task.evp'), ...sheets, result, ...trust).match(/^ok /gm)).toHaveLength(7)
  expect(onsite('verify', bench.file('report.pdf'), '--result', result, ...trust)).toMatch(/^ok /)
  const author = authors.find((one) => one.name === '沈明远')
  expect(verifyByHand(result, readFileSync(author?.pem ?? '', 'utf8'))).toMatchObject({
    ok: true,
    keyId: author?.keyId,
  })
  const document = JSON.parse(execFileSync('unzip', ['-p', result, 'data/result.json']).toString()) as Result
  const { sheets: _, ...inputs } = document.inputs
  writeFileSync(bench.file('inputs.json'), JSON.stringify(inputs))
  const merged = bench.file('merged.json')
  expect(
    onsite(
      'merge',
      '--task',
      bench.seedFile('task.evp'),
      ...sheets.toReversed(),
      ...trust,
      '--inputs',
      bench.file('inputs.json'),
      '-o',
      merged,
    ),
  ).toContain('closed')
  expect((JSON.parse(readFileSync(merged, 'utf8')) as Result).merge).toEqual(document.merge)
}

test('the lead merges, settles, closes; report and result stand before a stranger', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('lead', { from: ['sealed', 'lead'] })
  const { page } = desk
  await openTask(desk, CONTENT.enterprise.name)
  await openTaskPage(desk, 'team')
  await importSheets(
    desk,
    ['e3', 'e1', 'e4', 'e2'].map((person) => bench.seedFile(`sheet-${person}.evp`)),
  )
  await expect(page.getByText(t('team', 'arrived'), { exact: true })).toHaveCount(5)
  await expect(await matrixRow(desk, '6.5', 'flagged')).toContainText(t('team', 'flag_naConflict'))
  await expect(await matrixRow(desk, 'V4', 'veto')).toContainText(t('team', 'flag_vetoPending'))
  await settleAll(desk)
  await openTeamPart(desk, 'conclusion')
  const { outcome } = await desk.call('team.open', { taskId: bench.taskId })
  await expect(page.getByRole('main')).toContainText(formatMicro(outcome?.merge.totals.base ?? 0))

  await desk.kill()
  const again = await bench.open('lead', { from: ['sealed', 'lead'] })
  await openTask(again, CONTENT.enterprise.name)
  await openTaskPage(again, 'team')
  await expect(again.page.getByText(t('team', 'state_settled'))).toBeVisible()
  await issueResult(again)
  const result = bench.file('result.evp')
  await again.answer(result)
  await again.page.getByRole('button', { name: t('seal', 'export') }).click()
  await expect(again.page.getByRole('status').filter({ hasText: result })).toBeVisible()
  await checkPdf(again, bench)
  await again.close()
  checkResult(bench, result)
  expect([...desk.complaints, ...again.complaints]).toEqual([])
})

test('colleagues’ scores stay hidden until one’s own sheet is sealed; a correction reopens what was issued', async ({
  bench,
}) => {
  const early = await bench.open('early', { from: ['filled', 'lead'] })
  await early.go(`/task/${bench.taskId}/team`)
  await expect(early.page.getByText(t('team', 'ownSheetFirst'))).toBeVisible()
  await early.close()
  const late = await bench.open('late', { from: ['closed', 'lead'] })
  await late.go(`/task/${bench.taskId}/team?part=close`)
  await late.page.getByRole('button', { name: t('team', 'reopen') }).click()
  const dialog = late.page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: t('team', 'reopen') })).toBeDisabled()
  await dialog.getByLabel(t('team', 'changeNote')).fill('更正企业地址')
  await dialog.getByRole('button', { name: t('team', 'reopen') }).click()
  await expect(late.page.getByText(t('team', 'reopenedNote', { note: '更正企业地址' }))).toBeVisible()
})
