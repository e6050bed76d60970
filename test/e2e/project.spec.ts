import { t } from '../support/e2e-text.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { givePassphrase, openPage } from './pages/frame.ts'
import { begin, createIdentity } from './pages/identity-page.ts'
import { enrol, found, join, openRequest, readDigits, saveInvitation, saveRequest } from './pages/project-page.ts'

test('a founder enrols an expert by digits and the expert joins by digits', async ({ bench }) => {
  const lead = await bench.open('lead')
  await createIdentity(lead, { name: '沈明远', unit: '样例省质量协会', passphrase: PASSPHRASE })
  await begin(lead)
  const expert = await bench.open('expert')
  await createIdentity(expert, { name: '林晓岚', unit: '样例省泵业研究所', passphrase: PASSPHRASE })
  await begin(expert)

  await found(lead, '辽宁优品2026样例批次', PASSPHRASE)
  const rootDigits = await readDigits(lead.page.getByRole('list', { name: t('project', 'rootDigits') }))
  expect(rootDigits).toHaveLength(8)

  const own = await saveRequest(expert, bench.file('request.json'))
  expect(await openRequest(lead, bench.file('request.json'))).toEqual(own)
  await givePassphrase(lead, PASSPHRASE, t('project', 'enrolConfirm'))
  await expect(lead.page.getByText(t('project', 'comparedRequired'))).toBeVisible()
  await enrol(lead, PASSPHRASE)
  await expect(lead.page.getByRole('row', { name: /林晓岚/ })).toContainText(t('project', 'valid'))
  await expect(lead.page.getByText(t('project', 'invitationNext'))).toBeVisible()
  await saveInvitation(lead, bench.file('invitation.json'))

  await join(expert, bench.file('invitation.json'), rootDigits)
  await expect(expert.page.getByRole('heading', { level: 2, name: '辽宁优品2026样例批次' })).toBeVisible()
  await expect(expert.page.getByRole('row', { name: /林晓岚/ })).toContainText(t('project', 'you'))
  expect(await readDigits(expert.page.getByRole('list', { name: t('project', 'rootDigits') }))).toEqual(rootDigits)

  // The first pages know what is behind: the expert waits for a task, the lead makes it.
  await openPage(expert, 'home')
  await expect(expert.page.getByLabel(t('home', 'stepDone'))).toHaveCount(2)
  await openPage(lead, 'home')
  await expect(lead.page.getByRole('main').getByRole('button', { name: t('home', 'newTask') })).toHaveCount(2)
  await openPage(lead, 'project')

  await lead.page.getByRole('button', { name: t('project', 'revokeOf', { name: '林晓岚' }) }).click()
  await expect(lead.page.getByRole('dialog')).toContainText(t('project', 'revokeMeans2'))
  await givePassphrase(lead, PASSPHRASE, t('project', 'revokeConfirm'))
  await expect(lead.page.getByRole('row', { name: /林晓岚/ })).toContainText(t('project', 'revoked'))
  await expect(lead.page.getByText(t('project', 'invitationNext'))).toBeVisible()

  const fresh = await bench.open('fresh')
  await createIdentity(fresh, { name: '林晓岚', unit: '样例省泵业研究所', passphrase: PASSPHRASE })
  await begin(fresh)
  await saveRequest(fresh, bench.file('request-2.json'))
  await openRequest(lead, bench.file('request-2.json'))
  await lead.page
    .getByRole('dialog')
    .getByRole('button', { name: t('project', 'sameYes') })
    .click()
  await expect(lead.page.getByRole('dialog')).toContainText(t('project', 'sameRevoked'))
  await enrol(lead, PASSPHRASE)
  await expect(lead.page.getByRole('row', { name: /林晓岚/ })).toHaveCount(2)
  await saveInvitation(lead, bench.file('invitation-2.json'))
  await join(fresh, bench.file('invitation-2.json'), rootDigits)
  const [project] = await fresh.call('project.list', {})
  expect(project?.members.filter((m) => m.personId === project.me?.personId)).toHaveLength(2)

  await expert.close()
  const again = await bench.open('expert')
  expect((await again.attempt('project.list', {})).ok).toBe(false)
  expect([...lead.complaints, ...again.complaints, ...fresh.complaints]).toEqual([])
})
