import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { ProjectView, RequestPreview, RosterPerson } from '../../../shared/contract/views.ts'
import { useAction, useCall } from '../../queries.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'
import { CentreForm } from './centre-form.tsx'
import { EnrolDialog } from './enrol-dialog.tsx'
import { Members } from './members.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

/** One project: its check code, its roster, and for its founder enrolling and inviting. */
export function ProjectCard({ project }: { project: ProjectView }) {
  const t = useText('project')
  const openRequest = useAction('project.openRequest')
  const invite = useAction('project.saveInvitation')
  const [request, setRequest] = useState<RequestPreview | null>(null)
  const [savedTo, setSavedTo] = useState<string | null>(null)
  const [hasChanged, setChanged] = useState(false)
  const [revoking, setRevoking] = useState<RosterPerson | null>(null)
  const { projectId } = project
  const mine = useCall('identity.current', {}).data
  const isWithdrawn = project.members.some((one) => one.isRevoked && one.keyId === mine?.keyId)
  const enrol = () => void openRequest.run({ projectId }).then((opened) => opened.ok && setRequest(opened.value))
  const saveInvitation = async () => {
    const saved = await invite.run({ projectId })
    if (!saved.ok || !saved.value) return
    setSavedTo(saved.value.path)
    setChanged(false)
  }
  const changed = () => {
    setSavedTo(null)
    setChanged(true)
  }
  return (
    <section className="card stack">
      <div className="project-head">
        <div>
          <h2>{project.name}</h2>
          <p className="row">
            {project.isRoot ? <span className="chip chip-brand">{t('founder')}</span> : null}
            {project.me ? <span className="chip">{t(`role_${project.me.role}`)}</span> : null}
            <span className="quiet">{t('rosterSeq', { n: project.rosterSeq })}</span>
          </p>
          {project.me || project.isRoot ? null : (
            <Alert type="warning" showIcon title={isWithdrawn ? t('withdrawn') : t('notListed')} />
          )}
        </div>
        <div>
          <h3>{t('rootDigits')}</h3>
          <DigitsBlock digits={project.rootDigits} label={t('rootDigits')} />
          <p className="quiet">{project.isRoot ? t('rootHintMine') : t('rootHint')}</p>
        </div>
      </div>
      {project.isRoot ? (
        <div>
          <div className="row">
            <Button type={hasChanged ? 'default' : 'primary'} loading={openRequest.isBusy} onClick={enrol}>
              {t('enrol')}
            </Button>
            <Button
              type={hasChanged ? 'primary' : 'default'}
              loading={invite.isBusy}
              onClick={() => void saveInvitation()}
            >
              {t('saveInvitation')}
            </Button>
          </div>
          <p role="status" className="soft">
            {savedTo ? t('invitationSaved', { path: savedTo }) : hasChanged ? t('invitationNext') : ''}
          </p>
          <FailureNote failure={openRequest.failure ?? invite.failure} />
        </div>
      ) : null}
      <Members members={project.members} me={project.me} onRevoke={project.isRoot ? setRevoking : null} />
      <CentreForm project={project} />
      {request ? (
        <EnrolDialog projectId={projectId} request={request} onEnrolled={changed} onClose={() => setRequest(null)} />
      ) : null}
      {revoking ? (
        <RevokeDialog projectId={projectId} person={revoking} onRevoked={changed} onClose={() => setRevoking(null)} />
      ) : null}
    </section>
  )
}
