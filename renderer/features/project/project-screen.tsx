import { Button } from 'antd'
import { useState } from 'react'
import type { InvitationPreview, ProjectView } from '../../../shared/contract/views.ts'
import { useAction, useCall } from '../../queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { useBegin } from '../../ui/use-begin.ts'
import { FoundDialog } from './found-dialog.tsx'
import { JoinDialog } from './join-dialog.tsx'
import { MyCode } from './my-code.tsx'
import { ProjectCard } from './project-card.tsx'
import './project.css'

/** Projects with their rosters; founding, joining and enrolling. */
export function ProjectScreen() {
  const t = useText('project')
  const projects = useCall('project.list', {})
  const open = useAction('project.openInvitation')
  const [isFounding, setFounding] = useState(false)
  const [invitation, setInvitation] = useState<InvitationPreview | null>(null)
  const join = () => void open.run({}).then((opened) => opened.ok && setInvitation(opened.value))
  useBegin('join', join)
  useBegin('found', () => setFounding(true))
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <Button onClick={join} loading={open.isBusy}>
              {t('join')}
            </Button>
            <Button onClick={() => setFounding(true)}>{t('found')}</Button>
          </>
        }
      />
      <FailureNote failure={open.failure} />
      <div className="stack">
        <Loaded asked={projects}>{(list) => <Projects projects={list} />}</Loaded>
        <MyCode />
      </div>
      <FoundDialog isOpen={isFounding} onClose={() => setFounding(false)} />
      {invitation ? <JoinDialog invitation={invitation} onClose={() => setInvitation(null)} /> : null}
    </div>
  )
}

function Projects({ projects }: { projects: ProjectView[] }) {
  const t = useText('project')
  const [chosen, setChosen] = useState<string | null>(null)
  const project = projects.find((one) => one.projectId === chosen) ?? projects[0]
  if (!project) {
    return (
      <EmptyState title={t('emptyTitle')}>
        <p>{t('emptyText')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      {projects.length < 2 ? null : (
        <div className="project-tabs" role="group" aria-label={t('projects')}>
          {projects.map((one) => (
            <button
              key={one.projectId}
              type="button"
              aria-pressed={one === project}
              onClick={() => setChosen(one.projectId)}
            >
              {one.name}
            </button>
          ))}
        </div>
      )}
      <ProjectCard key={project.projectId} project={project} />
    </>
  )
}
