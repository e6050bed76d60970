import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { sampleSheet } from '../support/sample-answers.ts'
import { launchApp } from '../support/electron-app.ts'
import { practise } from './practise.ts'
import { percentile } from './percentile.ts'

const ROUNDS = 10
const SAVES = 40

/** A commit with nothing around it: one row of the same size, WAL, synchronous FULL, on the same disk. */
function bareCommits(folder: string, payload: string): () => number[] {
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE answer(item TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT')
  db.pragma('synchronous = FULL')
  const put = db.prepare('INSERT OR REPLACE INTO answer VALUES (?, ?)')
  return () =>
    Array.from({ length: SAVES }, (_, n) => {
      const from = performance.now()
      put.run(`i${n}`, payload)
      return performance.now() - from
    })
}

/** From the window's call to the durable commit and back, in the window's own clock. */
async function savesInWindow(page: Page, taskId: string, answers: unknown[]): Promise<number[]> {
  return await page.evaluate(
    async ({ id, list, count }) => {
      const times: number[] = []
      for (let n = 0; n < count; n += 1) {
        const answer = list[n % list.length] as Parameters<(typeof window.onsite)['sheet.saveAnswer']>[0]['answer']
        const from = performance.now()
        const saved = JSON.parse(
          await window.onsite['sheet.saveAnswer']({ taskId: id, item: answer?.item ?? '', answer }),
        )
        if (!saved.ok) throw new Error(JSON.stringify(saved.failure))
        times.push(performance.now() - from)
      }
      return times
    },
    { id: taskId, list: answers, count: SAVES },
  )
}

const folder = mkdtempSync(join(tmpdir(), 'onsite-bench-'))
const app = await launchApp({ profileDir: join(folder, 'profile') })
try {
  const page = await app.firstWindow()
  const { taskId, view } = await practise(page)
  const { answers } = sampleSheet({
    task: view.task,
    template: view.template,
    personId: view.me?.personId ?? '',
    at: new Date().toISOString(),
  })
  const bare = bareCommits(folder, JSON.stringify(answers[8]))
  const ours: number[] = []
  const floor: number[] = []
  await savesInWindow(page, taskId, answers)
  bare()
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(...(await savesInWindow(page, taskId, answers)))
    floor.push(...bare())
  }
  const figures = {
    bench: 'save',
    unit: 'ms',
    saves: ours.length,
    ours: { p50: percentile(ours, 50), p95: percentile(ours, 95) },
    bareCommit: { p50: percentile(floor, 50), p95: percentile(floor, 95) },
  }
  const ratio = { p50: figures.ours.p50 / figures.bareCommit.p50, p95: figures.ours.p95 / figures.bareCommit.p95 }
  process.stdout.write(`${JSON.stringify({ ...figures, ratio })}\n`)
} finally {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
}
