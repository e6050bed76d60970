import { Button } from 'antd'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import type { ProjectView, TemplateCard } from '../../../shared/contract/views.ts'
import { useAction, useCall } from '../../queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { CheckField, SelectField } from '../../ui/fields.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { mayMakeTasks } from './may-make-tasks.ts'

/** Chooses project and template for a new task draft; `template` is chosen already. */
export function NewTaskDialog({ template = null, onClose }: { template?: string | null; onClose: () => void }) {
  const t = useText('home')
  const projects = useCall('project.list', {})
  const templates = useCall('template.list', {})
  return (
    <Dialog isOpen title={t('newTask')} onClose={onClose}>
      <Loaded asked={projects}>
        {(all) => (
          <Loaded asked={templates}>
            {(cards) => (
              // Begun anew once the list holds the checklist just made: until then another would be chosen.
              <NewTaskForm
                key={String(cards.some((card) => card.sha256 === template))}
                projects={all.filter(mayMakeTasks)}
                templates={cards}
                template={template}
                onClose={onClose}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Dialog>
  )
}

type NewTaskFormProps = {
  projects: ProjectView[]
  templates: TemplateCard[]
  template: string | null
  onClose: () => void
}

function NewTaskForm({ projects, templates, template, onClose }: NewTaskFormProps) {
  const t = useText('home')
  const common = useText('common')
  const say = useSay()
  const navigate = useNavigate()
  const newDraft = useAction('task.newDraft', { refresh: ['task.drafts'] })
  const { control, handleSubmit } = useForm({
    defaultValues: {
      projectId: projects[0]?.projectId ?? '',
      templateSha256: (templates.find((one) => one.sha256 === template) ?? templates[0])?.sha256 ?? '',
      fromSample: false,
    },
  })
  const templateSha256 = useWatch({ control, name: 'templateSha256' })
  const chosen = templates.find((one) => one.sha256 === templateSha256)
  const submit = handleSubmit(async (values) => {
    const made = await newDraft.run(values)
    if (made.ok) void navigate(`/draft/${made.value.draft.draftId}`)
  })
  if (projects.length === 0) {
    return (
      <>
        <p>{t('noProject')}</p>
        <div className="row">
          <Button type="primary" onClick={() => void navigate('/project', { state: { begin: 'found' } })}>
            {t('found')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="soft">{t('newTaskText')}</p>
      <SelectField
        control={control}
        name="projectId"
        label={t('chooseProject')}
        options={projects.map((one) => ({ value: one.projectId, label: one.name }))}
      />
      <SelectField
        control={control}
        name="templateSha256"
        label={t('chooseTemplate')}
        options={templates.map((one) => ({ value: one.sha256, label: `${one.number} ${say(one.title)}` }))}
        hint={
          chosen &&
          t('templateFacts', {
            edition: chosen.edition,
            scored: chosen.counts.scored,
            veto: chosen.counts.veto,
            full: chosen.totalFull_cp / 100,
          })
        }
      />
      <CheckField control={control} name="fromSample" label={t('fromSample')} />
      <FailureNote failure={newDraft.failure} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={newDraft.isBusy} disabled={!chosen}>
          {t('createDraft')}
        </Button>
        <Button onClick={onClose}>{common('cancel')}</Button>
      </div>
    </form>
  )
}
