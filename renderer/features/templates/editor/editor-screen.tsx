import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { findingsInSteps } from '../../../../shared/checklist/findings.ts'
import type { TemplateDraftView } from '../../../../shared/contract/template-methods.ts'
import { templateItems, type Template } from '../../../../shared/domain/template.ts'
import { call } from '../../../bridge.ts'
import { useCall } from '../../../queries.ts'
import { Loaded, Loading } from '../../../ui/loading.tsx'
import { Editor } from './editor.tsx'
import { EditorStore, leaveEditor, openEditor } from './editor-store.ts'
import { EditorContext } from './use-editor.ts'
import '../../../ui/plain-choice.css'
import './editor.css'
import './findings.css'
import './outline.css'

/** Makes or changes a checklist until it is issued. */
export function TemplateEditorScreen() {
  const { draftId = '' } = useParams()
  return <FreshDraft key={draftId} draftId={draftId} />
}

/** Reads the draft anew once, then leaves the open editor alone: later readings must not overtake what is being typed. */
function FreshDraft({ draftId }: { draftId: string }) {
  const asked = useCall('template.draft', { draftId })
  const [first, setFirst] = useState<TemplateDraftView | null>(null)
  if (first === null && asked.data !== undefined && !asked.isFetching) setFirst(asked.data)
  const previous = first?.content.previous ?? null
  const before = useCall('template.get', { sha256: previous ?? '' }, { enabled: previous !== null })
  if (first === null && asked.isFetching) return <Loading />
  if (previous !== null && before.isFetching && before.data === undefined) return <Loading />
  return <Loaded asked={asked}>{(view) => <OpenEditor view={first ?? view} before={before.data ?? null} />}</Loaded>
}

function OpenEditor({ view, before }: { view: TemplateDraftView; before: Template | null }) {
  const client = useQueryClient()
  const { draftId } = view
  const [store] = useState(() =>
    openEditor(
      draftId,
      () =>
        new EditorStore(draftId, view.content, view.findings, {
          save: async (content) => {
            const saved = await call('template.saveDraft', { draftId, json: JSON.stringify(content) })
            void client.invalidateQueries({ queryKey: ['template.drafts'] })
            return saved
          },
          check: findingsInSteps,
          now: () => performance.now(),
          avoid: idsOf(before),
        }),
    ),
  )
  useEffect(() => {
    // What an earlier visit could not store is tried again.
    void store.saver.flush()
    const onHide = () => void store.saver.flush()
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      void leaveEditor(store).then(() => client.removeQueries({ queryKey: ['template.draft', { draftId }] }))
    }
  }, [store, client, draftId])
  return (
    <EditorContext value={store}>
      <Editor />
    </EditorContext>
  )
}

const idsOf = (template: Template | null): ReadonlySet<string> =>
  new Set(template === null ? [] : [...template.sections, ...templateItems(template)].map((one) => one.id))
