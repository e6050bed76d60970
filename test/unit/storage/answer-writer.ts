import { join } from 'node:path'
import { write } from '../../../electron/storage/database.ts'
import { openStore } from '../../../electron/storage/open.ts'
import { acceptDeclaration, saveAnswer } from '../../../electron/storage/sheet-store.ts'

/** Run as a program: saves answers one by one and says after each what became of it. Arguments: folder, number of answers. */
const [folder = '', count = '0'] = process.argv.slice(2)
const TASK = '00000000-0000-7000-8000-00000000000a'
const at = '2026-11-24T01:00:00.000Z'
const stamp = { actor: 'zhang', at, mono: 1 }

const opened = openStore({ path: join(folder, 'onsite.db'), copies: null, deviceId: 'device-1' })
if (!opened.ok) throw new Error(opened.failure.code)
const started = write(opened.value, (tx) => acceptDeclaration(tx, stamp, TASK, 'x'))
if (!started.ok) throw new Error(started.failure.code)
for (let n = 0; n < Number(count); n++) {
  const saved = write(opened.value, (tx) =>
    saveAnswer(tx, stamp, TASK, `q${n}`, {
      item: `q${n}`,
      state: 'answered',
      value: n,
      score: n,
      reason: '',
      note: '现场查看记录完整。'.repeat(20),
      facts: '',
      pending: null,
      documents: [],
      people: [],
      units: [],
      samples: [],
      indicators: [],
      noEvidence: '',
      media: [],
      updatedAt: at,
    }),
  )
  process.stdout.write(`${saved.ok ? 'ok' : saved.failure.code}\n`)
}
