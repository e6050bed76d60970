import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { PASSPHRASE, job } from '../support/app-world.ts'
import { t } from '../support/e2e-text.ts'
import { sampleSheet } from '../support/sample-answers.ts'
import { makePhoto } from '../support/sample-photos.ts'
import { enterAnswer } from '../e2e/pages/answer-entry.ts'
import { toItem, unfold } from '../e2e/pages/checklist-page.ts'
import { openDesk, type Desk } from '../e2e/pages/desk.ts'
import { acceptPreview, openFiles, previewOf } from '../e2e/pages/exchange-page.ts'
import { givePassphrase, openTask, openTaskPage } from '../e2e/pages/frame.ts'
import { begin, createIdentity } from '../e2e/pages/identity-page.ts'
import { declare } from '../e2e/pages/task-page.ts'
import type { Stage } from './stage.ts'

export type Member = { name: string; key: string; desk: Desk }

export const PEOPLE = [
  { name: '沈明远', key: 'lead', unit: '样例省质量协会' },
  { name: '林晓岚', key: 'e1', unit: '样例省泵业研究所' },
  { name: '赵启航', key: 'e2', unit: '样例省产品质检院' },
  { name: '周文静', key: 'e3', unit: '样例省质量协会' },
  { name: '韩立群', key: 'e4', unit: '样例大学机械学院' },
] as const

/** Starts one app a person, each with its own profile, and makes everybody's identity at the door. */
export async function startCrew(stage: Stage): Promise<Member[]> {
  const crew: Member[] = []
  for (const [n, { name, key, unit }] of PEOPLE.entries()) {
    const desk = await openDesk({ profileDir: join(stage.profiles, key), args: ['--disable-gpu'] })
    crew.push({ name, key, desk })
    stage.onEnd(desk.close)
    await expect(desk.page.getByRole('button', { name: t('identity', 'create') })).toBeVisible()
    if (n === 0) await stage.shoot(desk, '第一次打开', 'First start')
    await createIdentity(desk, { name, unit, number: `YP-0${n + 1}`, passphrase: PASSPHRASE })
    if (n === 0) await stage.shoot(desk, '恢复码只显示一次', 'The recovery code, shown once')
    await begin(desk)
  }
  return crew
}

/** Takes the task file in and signs the declaration. */
export async function takeTask({ desk }: Member, file: string, enterprise: string): Promise<void> {
  await openFiles(desk, file)
  await acceptPreview(previewOf(desk, file.split('/').at(-1) ?? ''))
  await desk.page.getByRole('button', { name: t('exchange', 'openTask') }).click()
  await expect(desk.page.getByRole('heading', { level: 1, name: enterprise })).toBeVisible()
  await declare(desk)
}

async function photoFile(stage: Stage, { key }: Member, seed: number): Promise<string> {
  const file = join(stage.folder, 'inputs', `photo-${key}.jpg`)
  writeFileSync(file, await makePhoto(seed, { width: 1600, height: 1200, orientation: seed % 2 === 0 ? 6 : 1 }))
  return file
}

/** One expert's sheet entered by hand: every item, a photo by the dialog, a chapter's summary, the open questions. */
export async function scoreByHand(stage: Stage, member: Member, taskId: string): Promise<number> {
  const { desk } = member
  const { page } = desk
  const view = await desk.call('sheet.open', { taskId })
  const sheet = sampleSheet({ ...view, personId: view.me?.personId ?? '', at: new Date().toISOString() })
  await openTaskPage(desk, 'checklist')
  for (const [n, answer] of sheet.answers.entries()) {
    await enterAnswer(desk, view, answer)
    if (n === 1 || n === 4) await stage.shoot(desk, '逐条评分', 'Scoring item by item')
  }
  await toItem(desk, taskId, 'v8', 'V8')
  const strip = page.getByRole('region', { name: t('checklist', 'evidence') })
  await desk.answer(await photoFile(stage, member, 1))
  await strip.getByRole('button', { name: t('checklist', 'addPhotos') }).click()
  await strip.getByRole('button', { name: t('checklist', 'openPhoto', { name: `photo-${member.key}.jpg` }) }).click()
  const viewer = page.getByRole('dialog')
  await viewer.getByLabel(t('checklist', 'caption')).fill('出厂试验站在用')
  await viewer.getByLabel(t('checklist', 'inReport')).check()
  await expect(viewer.locator('.saved-state')).toHaveAttribute('data-state', 'saved')
  await stage.shoot(desk, '照片：归条目、写说明、选入报告', 'A photo: items, caption, report')
  await viewer.getByRole('button', { name: t('checklist', 'close'), exact: true }).click()
  await unfold(page.getByRole('article', { name: 'V8' }), t('checklist', 'people'))
  await saveRest(desk, taskId, sheet)
  return sheet.answers.length
}

type SampleParts = ReturnType<typeof sampleSheet>

/** Summaries, answers to open questions, nonconformities, tests and meetings, through the window's own operations. */
async function saveRest({ call }: Desk, taskId: string, sheet: SampleParts): Promise<void> {
  for (const summary of sheet.sections) await call('sheet.saveSection', { taskId, summary })
  for (const finding of sheet.carryOver) await call('sheet.saveCarryOver', { taskId, finding })
  for (const nonconformity of sheet.nonconformities) await call('sheet.saveNonconformity', { taskId, nonconformity })
  await call('sheet.saveWitnessTests', { taskId, witnessTests: sheet.witnessTests })
  await call('sheet.saveMeetings', { taskId, meetings: sheet.meetings })
}

/** A whole sheet through the window's own operations: the same saves as by hand, without the clicks. */
export async function scoreAtOnce(stage: Stage, member: Member, taskId: string, seed: number): Promise<number> {
  const { desk } = member
  const view = await desk.call('sheet.open', { taskId })
  const sheet = sampleSheet({ ...view, personId: view.me?.personId ?? '', at: new Date().toISOString() })
  const items = sheet.answers.slice(0, 2).map((answer) => answer.item)
  await desk.answer(await photoFile(stage, member, seed))
  const taken = await desk.call('evidence.choose', { taskId, items, job: job() })
  const sha256 = taken?.added[0]?.sha256
  if (sha256 === undefined) throw new Error('no photo')
  await desk.call('evidence.update', { taskId, sha256, caption: `现场照片 ${seed}`, items, inReport: true })
  for (const answer of sheet.answers) {
    const stored = view.media.length === 0 && items.includes(answer.item) ? { ...answer, media: [sha256] } : answer
    await desk.call('sheet.saveAnswer', { taskId, item: answer.item, answer: stored })
  }
  await saveRest(desk, taskId, sheet)
  return sheet.answers.length
}

/** Completeness, seal, export; answers the package file. */
export async function sealAndExport(
  stage: Stage,
  { desk, key }: Member,
  enterprise: string,
  isShown: boolean,
): Promise<string> {
  const { page } = desk
  await openTask(desk, enterprise)
  await openTaskPage(desk, 'seal')
  await expect(page.getByText(t('seal', 'complete'))).toBeVisible()
  if (isShown) await stage.shoot(desk, '全部补齐，可以封存', 'Complete, ready to seal')
  await page.getByRole('button', { name: t('seal', 'sealNow') }).click()
  await givePassphrase(desk, PASSPHRASE, t('seal', 'sealNow'))
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const file = join(stage.folder, 'packages', `sheet-${key}.evp`)
  await desk.answer(file)
  await page.getByRole('button', { name: t('seal', 'export') }).click()
  await expect(page.getByRole('status').filter({ hasText: t('seal', 'exported', { path: file }) })).toBeVisible()
  if (isShown) await stage.shoot(desk, '封存、导出、读回校验', 'Sealed, exported, read back')
  return file
}
