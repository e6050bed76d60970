import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import type { DraftView, RosterPerson } from '../../../../shared/contract/views.ts'
import { call } from '../../../bridge.ts'
import { useCall } from '../../../queries.ts'
import { taskPath } from '../../../route.ts'
import { Loaded } from '../../../ui/loading.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SavedState } from '../../../ui/saved-state.tsx'
import { useSaving } from '../../../ui/saver.ts'
import { useText } from '../../../ui/text.ts'
import { cleanContent } from './clean-content.ts'
import { EditorContext } from './editor-context.ts'
import { CarryOverPart, PrefillPart } from './part-background.tsx'
import { DatesPart } from './part-dates.tsx'
import { EnterprisePart } from './part-enterprise.tsx'
import { IndicatorsPart } from './part-indicators.tsx'
import { Locked } from './locked.tsx'
import { IssuePart } from './part-issue.tsx'
import { RulesPart } from './part-rules.tsx'
import { ScopePart } from './part-scope.tsx'
import { TeamPart } from './part-team.tsx'
import { WorkPart } from './part-work.tsx'
import { PARTS, type Part } from './parts.ts'
import { RevisionNote, Revising } from './revision-note.tsx'
import { PartRail } from './part-rail.tsx'
import { fitWork } from './work.ts'

type EditorProps = { view: DraftView; roster: RosterPerson[] }

/** The whole task as one form that saves itself; its parts are shown one at a time. */
export function Editor({ view, roster }: EditorProps) {
  const t = useText('task')
  const client = useQueryClient()
  const { draftId, projectId } = view.draft
  const [started] = useState(view)
  const [templateSha256, setTemplateSha256] = useState(view.draft.templateSha256)
  const template = useCall('template.get', { sha256: templateSha256 })
  const [part, setPart] = useState<Part>('enterprise')
  const [isStrict, setStrict] = useState(false)
  const form = useForm({ defaultValues: started.draft.content })
  const saving = useSaving(
    started.draft.content,
    async (content) => {
      const saved = await call('task.saveDraft', { draft: { draftId, projectId, templateSha256, content } })
      client.setQueryData(['task.draft', { draftId }], saved)
      void client.invalidateQueries({ queryKey: ['task.drafts'] })
      return { savedAt: saved.updatedAt }
    },
    { clean: cleanContent },
  )
  const { change } = saving
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => change(structuredClone(values)) }),
    [form, change],
  )
  const goTo = (next: Part) => {
    void saving.flush()
    if (next === 'issue') setStrict(true)
    setPart(next)
    document.getElementById('page')?.scrollTo(0, 0)
  }
  const setTemplate = async (sha256: string) => {
    const next = await call('template.get', { sha256 })
    const fitted = template.data === undefined ? form.getValues() : fitWork(form.getValues(), template.data, next)
    setTemplateSha256(sha256)
    form.reset(fitted)
    change(structuredClone(fitted))
  }
  const name = useWatch({ control: form.control, name: 'enterprise.name' })
  const following = PARTS[PARTS.indexOf(part) + 1]
  const panels = useMemo<Record<Exclude<Part, 'issue'>, React.ReactNode>>(
    () => ({
      enterprise: (
        <Locked isWhole>
          <EnterprisePart />
        </Locked>
      ),
      scope: <ScopePart />,
      dates: <DatesPart />,
      team: <TeamPart />,
      work: <WorkPart />,
      indicators: (
        <Locked isWhole>
          <IndicatorsPart />
        </Locked>
      ),
      carryOver: (
        <Locked isWhole>
          <CarryOverPart />
        </Locked>
      ),
      prefill: (
        <Locked isWhole>
          <PrefillPart />
        </Locked>
      ),
      rules: (
        <Locked isWhole>
          <RulesPart />
        </Locked>
      ),
    }),
    [],
  )
  return (
    <Loaded asked={template}>
      {(chosen) => (
        <EditorContext
          value={{
            template: chosen,
            templateSha256,
            roster,
            problems: view.problems,
            revises: view.revises,
            isStrict,
            goTo,
            setTemplate,
          }}
        >
          <FormProvider {...form}>
            <PageHeader
              backTo={view.revises === null ? '/' : taskPath(view.revises.taskId, 'overview')}
              title={name || t('untitled')}
              subtitle={view.revises === null ? t('editTitle') : <Revising from={view.revises.fromRevision} />}
              actions={<SavedState state={saving.state} onRetry={() => void saving.flush()} />}
            />
            <RevisionNote revises={view.revises} />
            <div className="editor">
              <PartRail part={part} />
              <form
                className="card editor-part"
                aria-label={t(`part_${part}`)}
                onSubmit={(event) => event.preventDefault()}
              >
                <h2>{t(`part_${part}`)}</h2>
                {part === 'issue' ? (
                  <IssuePart draftId={draftId} name={name} onBeforeIssue={saving.flush} />
                ) : (
                  panels[part]
                )}
                {following === undefined ? null : (
                  <div className="editor-next">
                    <Button onClick={() => goTo(following)}>{t('nextPart', { name: t(`part_${following}`) })}</Button>
                  </div>
                )}
              </form>
            </div>
          </FormProvider>
        </EditorContext>
      )}
    </Loaded>
  )
}
