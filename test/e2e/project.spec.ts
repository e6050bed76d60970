import { t } from '../support/e2e-text.ts'
import { PASSPHRASE, expect, test } from './fixtures.ts'
import { givePassphrase } from './pages/frame.ts'
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

  await expert.close()
  const again = await bench.open('expert')
  expect((await again.attempt('project.list', {})).ok).toBe(false)
  expect([...lead.complaints, ...again.complaints]).toEqual([])
})
