import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import type { DraftView, RosterPerson } from '../../../../shared/contract/views.ts'
import { call } from '../../../bridge.ts'
import { useCall } from '../../../queries.ts'
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
import { IssuePart } from './part-issue.tsx'
import { RulesPart } from './part-rules.tsx'
import { ScopePart } from './part-scope.tsx'
import { TeamPart } from './part-team.tsx'
import { WorkPart } from './part-work.tsx'
import { PARTS, type Part } from './parts.ts'
import { PartRail } from './part-rail.tsx'

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
  const setTemplate = (sha256: string) => {
    setTemplateSha256(sha256)
    change(structuredClone(form.getValues()))
  }
  const name = useWatch({ control: form.control, name: 'enterprise.name' })
  const following = PARTS[PARTS.indexOf(part) + 1]
  const panels = useMemo<Record<Exclude<Part, 'issue'>, React.ReactNode>>(
    () => ({
      enterprise: <EnterprisePart />,
      scope: <ScopePart />,
      dates: <DatesPart />,
      team: <TeamPart />,
      work: <WorkPart />,
      indicators: <IndicatorsPart />,
      carryOver: <CarryOverPart />,
      prefill: <PrefillPart />,
      rules: <RulesPart />,
    }),
    [],
  )
  return (
    <Loaded asked={template}>
      {(chosen) => (
        <EditorContext
          value={{ template: chosen, templateSha256, roster, problems: view.problems, isStrict, goTo, setTemplate }}
        >
          <FormProvider {...form}>
            <PageHeader
              backTo="/"
              title={name || t('untitled')}
              subtitle={t('editTitle')}
              actions={<SavedState state={saving.state} onRetry={() => void saving.flush()} />}
            />
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
