import { expect, type Locator } from '@playwright/test'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { templateItems, type Item, type Template } from '../../../shared/domain/template.ts'
import { indicatorRows } from '../../../shared/domain/task.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import { MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'
import { t } from '../../support/e2e-text.ts'
import { choice, openItem, saved, unfold } from './checklist-page.ts'
import type { Desk } from './desk.ts'

type Visit = { task: Task; template: Template }

/** Enters one whole record with the mouse and the keyboard, control by control. */
export async function enterAnswer(desk: Desk, visit: Visit, answer: Answer): Promise<void> {
  const item = templateItems(visit.template).find((one) => one.id === answer.item)
  const section = visit.template.sections.find((one) => one.items.some((i) => i.id === answer.item))
  if (item === undefined || section === undefined) throw new Error(`no item ${answer.item}`)
  const pane = await openItem(desk, section.code, item.code)
  if (answer.state === 'answered') await enterValue(pane, item, answer, visit)
  else await pane.getByRole('button', { name: t('checklist', answer.state) }).click()
  await enterWords(pane, answer)
  await enterRecords(pane, item, answer)
  await saved(desk.page)
}

async function enterValue(pane: Locator, item: Item, answer: Answer, visit: Visit): Promise<void> {
  const { value } = answer
  if (item.type === 'veto' || item.type === 'gate') {
    if (value === 'pass' || value === 'fail' || value === 'pending' || value === 'yes' || value === 'no')
      await choice(pane, t('checklist', value)).click()
    if (answer.pending !== null) {
      await pane.getByLabel(t('checklist', 'pendingWho')).fill(answer.pending.who)
      await pane.getByLabel(t('checklist', 'pendingDue')).fill(answer.pending.due ?? '')
    }
  } else if (item.type === 'conformity') {
    const grade = gradesOf(item, visit.template).find((one) => one.id === value)
    await choice(pane, grade?.label.zh ?? '').click()
  } else if (item.type === 'indicator') {
    const names = new Map(indicatorRows(visit.task, item).map((row) => [row.id, row.name.zh]))
    for (const { row, measured } of answer.indicators) {
      const name = names.get(row) ?? row
      if (measured.op !== '=')
        await pane.getByLabel(t('checklist', 'operatorOf', { name }), { exact: true }).selectOption(measured.op)
      await pane.getByLabel(t('checklist', 'measuredOf', { name }), { exact: true }).fill(measured.v)
    }
  } else if (typeof value === 'number') {
    const box = pane.getByRole('spinbutton').first()
    await box.fill(String(item.type === 'maturity' ? value : value / (MICRO_PER_CP * 100)))
    await box.blur()
  }
}

async function enterWords(pane: Locator, answer: Answer): Promise<void> {
  if (answer.note !== '') await pane.getByLabel(t('checklist', 'note')).first().fill(answer.note)
  if (answer.facts !== '') await pane.getByLabel(t('checklist', 'facts')).fill(answer.facts)
  if (answer.reason === '') return
  const label =
    answer.state === 'answered' ? t('checklist', 'reasonOfAnswer') : t('checklist', `reason_${answer.state}`)
  const reason = pane.getByLabel(label)
  await expect(reason).toBeVisible()
  await reason.fill(answer.reason)
}

async function enterRecords(pane: Locator, item: Item, answer: Answer): Promise<void> {
  if (answer.documents.length > 0) {
    await unfold(pane, t('checklist', 'documents'))
    for (const [n, { name, number, date }] of answer.documents.entries()) {
      await pane.getByRole('button', { name: `+ ${t('checklist', 'addDocument')}` }).click()
      await fillLine(pane, n, { documentName: name, documentNumber: number, documentDate: date })
    }
  }
  if (answer.samples.length > 0) {
    const { minSamples } = item.demand
    await unfold(pane, minSamples > 0 ? t('checklist', 'samplesOf', { n: minSamples }) : t('checklist', 'samples'))
    for (const [n, { population, how, id, result }] of answer.samples.entries()) {
      await pane.getByRole('button', { name: `+ ${t('checklist', 'addSample')}` }).click()
      await fillLine(pane, n, { samplePopulation: population, sampleHow: how, sampleId: id, sampleResult: result })
    }
  }
  if (answer.noEvidence !== '') {
    await unfold(pane, t('checklist', 'noEvidence'))
    await pane.getByLabel(t('checklist', 'noEvidenceReason')).fill(answer.noEvidence)
  }
}

type LineKey =
  | 'documentName'
  | 'documentNumber'
  | 'documentDate'
  | 'samplePopulation'
  | 'sampleHow'
  | 'sampleId'
  | 'sampleResult'

async function fillLine(pane: Locator, index: number, values: Partial<Record<LineKey, string>>): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    await pane.getByLabel(`${t('checklist', key as LineKey)} ${index + 1}`, { exact: true }).fill(value)
  }
}
