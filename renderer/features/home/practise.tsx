import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Failure } from '../../../shared/contract/errors.ts'
import { useAction, useCall } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useText } from '../../ui/text.ts'
import { mayMakeTasks } from './may-make-tasks.ts'

/** Makes a task draft from the sample, in a project of one's own founded for it when there is none. */
export function Practise() {
  const t = useText('home')
  const navigate = useNavigate()
  const projects = useCall('project.list', {}).data ?? []
  const templates = useCall('template.list', {}).data ?? []
  const found = useAction('project.found', { refresh: ['project.list'] })
  const newDraft = useAction('task.newDraft', { refresh: ['task.drafts'] })
  const [isAsking, setAsking] = useState(false)
  const name = t('practiseProject')
  const mine = projects.find((one) => one.isRoot && one.name === name) ?? projects.find(mayMakeTasks)
  const template = templates.find((one) => one.category === 'industry') ?? templates[0]
  const begin = async (projectId: string): Promise<Failure | null> => {
    if (!template) return null
    const made = await newDraft.run({ projectId, templateSha256: template.sha256, fromSample: true })
    if (!made.ok) return made.failure
    await navigate(`/draft/${made.value.draft.draftId}`)
    return null
  }
  const foundAndBegin = async (passphrase: string) => {
    const founded = await found.run({ name, passphrase })
    return founded.ok ? begin(founded.value.projectId) : founded.failure
  }
  return (
    <section className="card practise">
      <p>{t('practiseText')}</p>
      <Button
        loading={newDraft.isBusy}
        disabled={!template}
        onClick={() => (mine ? void begin(mine.projectId) : setAsking(true))}
      >
        {t('practise')}
      </Button>
      {isAsking ? null : <FailureNote failure={newDraft.failure} />}
      <PassphrasePrompt
        isOpen={isAsking}
        title={t('practise')}
        confirmText={t('practise')}
        onConfirm={foundAndBegin}
        onClose={() => setAsking(false)}
      >
        <p>{t('practiseAsk')}</p>
      </PassphrasePrompt>
    </section>
  )
}
