import { renamed } from './killed-work.ts'
import { PASSPHRASE, job, machineAt } from './app-world.ts'

/*
 * Run as a program: a machine that works until it is killed. It says `begun` when the work that is to be interrupted begins, and
 * `done` after every piece of it that was answered. Arguments: profile folder, what to do, task or file.
 */
const [profile = '', what = '', about = ''] = process.argv.slice(2)
const machine = machineAt(profile)
const say = (word: string): void => void process.stdout.write(`${word}\n`)

if (what === 'restore') {
  machine.answers.push(about)
  const copy = await machine.call('backup.openCopy', { passphrase: PASSPHRASE, job: job() })
  say('begun')
  await machine.call('backup.restore', { token: copy?.token ?? '', passphrase: PASSPHRASE, job: job() })
  say('done')
} else {
  const [identity] = await machine.call('identity.list', {})
  await machine.call('identity.unlock', { keyId: identity?.keyId ?? '', passphrase: PASSPHRASE })
  if (what === 'import') {
    say('begun')
    machine.answers.push(about)
    const [preview] = (await machine.call('package.open', { job: job() })) ?? []
    await machine.call('package.accept', { token: preview?.token ?? '' })
    say('done')
  } else if (what === 'move') {
    const { to } = await machine.call('sheet.movePlan', { taskId: about })
    say('begun')
    for (;;) {
      await machine.call('sheet.move', { taskId: about, toRevision: to.revision })
      say('done')
      await machine.call('sheet.moveBack', { taskId: about })
      say('done')
    }
  } else {
    for (let n = 0; ; n++) {
      const { draftId, content } = await machine.call('template.newDraft', { from: { kind: 'edition', sha256: about } })
      await machine.call('template.saveDraft', {
        draftId,
        json: JSON.stringify(renamed(content, `T ${process.pid} ${n}`)),
      })
      if (n === 0) say('begun')
      await machine.call('template.issue', { draftId })
      say('done')
    }
  }
}
process.exit(0)
