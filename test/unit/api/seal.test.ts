import { setImmediate } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { entryBytes, newestMade } from '../../../electron/storage/package-store.ts'
import type { Sheet } from '../../../shared/domain/sheet.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { PASSPHRASE, job, makeWorld } from '../../support/app-world.ts'
import { bigTemplate, holdTask, plainAnswer } from '../../support/checklist-visit.ts'
import { memberOf, taskOf } from '../../support/scoring-factories.ts'

const world = makeWorld()
afterAll(async () => await world.end())

async function filled(name: string) {
  const machine = world.machine(name)
  await machine.call('identity.create', { name: '测量', unit: '样例', number: '1', passphrase: PASSPHRASE })
  const { projectId, me } = await machine.call('project.found', { name: '样例', passphrase: PASSPHRASE })
  const template = bigTemplate(60, 6)
  const lead = memberOf(me?.personId ?? '', { role: 'lead', name: '测量' })
  const task = taskOf([lead], { projectId, templateSha256: sha256(jcsBytes(template)) })
  const { taskId } = task
  holdTask(machine, template, task)
  await machine.call('sheet.accept', { taskId })
  for (const item of templateItems(template)) {
    await machine.call('sheet.saveAnswer', { taskId, item: item.id, answer: plainAnswer(item, template) })
  }
  const [first] = templateItems(template)
  if (first === undefined) throw new Error('no items')
  const store = () => {
    const { current } = machine.context.session
    if (current === null) throw new Error('locked')
    return current.store
  }
  return { machine, taskId, store, answer: plainAnswer(first, template) }
}

test('what is stored while a sheet is checked is in what is sealed', async () => {
  const { machine, taskId, store, answer } = await filled('typing')
  const late = { ...answer, note: 'late' }
  const { all } = store()
  let isLate = false
  vi.spyOn(store(), 'all').mockImplementation((sql, parameters) => {
    if (sql.includes('withdrawn') && !isLate) {
      isLate = true
      void setImmediate().then(() => machine.call('sheet.saveAnswer', { taskId, item: late.item, answer: late }))
    }
    return all<never>(sql, parameters)
  })
  const { digest } = await machine.call('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
  const bytes = entryBytes(store(), digest, 'data/sheet.json')
  const sheet = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as Sheet
  expect(isLate).toBe(true)
  expect(sheet.answers.find((a) => a.item === answer.item)?.note).toBe('late')
})

test('somebody who never stops writing cannot hold a seal off', async () => {
  const { machine, taskId, store, answer } = await filled('restless')
  let written = 0
  const sealed = new AbortController()
  const write = async () => {
    while (!sealed.signal.aborted) {
      await setImmediate()
      const next = { ...answer, note: String(written + 1) }
      const saved = await machine.api['sheet.saveAnswer']({ taskId, item: answer.item, answer: next })
      if (saved.ok) written += 1
      else expect(saved.failure.code).toBe('sealed')
    }
  }
  const writing = write()
  const { digest } = await machine.call('sheet.seal', { taskId, passphrase: PASSPHRASE, job: job() })
  sealed.abort()
  await writing
  const bytes = entryBytes(store(), digest, 'data/sheet.json')
  const sheet = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as Sheet
  expect(sheet.answers.find((a) => a.item === answer.item)?.note).toBe(String(written))
})

test('a lock while a sheet is checked seals nothing', async () => {
  const { machine, taskId, store } = await filled('locking')
  const sealing = machine.api['sheet.seal']({ taskId, passphrase: PASSPHRASE, job: job() })
  await machine.call('identity.lock', {})
  expect(await sealing).toMatchObject({ ok: false, failure: { code: 'locked' } })
  const [person] = await machine.call('identity.list', {})
  await machine.call('identity.unlock', { keyId: person?.keyId ?? '', passphrase: PASSPHRASE })
  expect(newestMade(store(), taskId, 'sheet')).toBeNull()
})
