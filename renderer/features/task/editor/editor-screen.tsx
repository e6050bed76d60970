import { useParams } from 'react-router'
import { useCall } from '../../../queries.ts'
import { Loaded } from '../../../ui/loading.tsx'
import { Editor } from './editor.tsx'
import './editor.css'

/** Prepares a task until it is issued. */
export function EditorScreen() {
  const { draftId = '' } = useParams()
  const draft = useCall('task.draft', { draftId })
  const projects = useCall('project.list', {})
  return (
    <div className="page">
      <Loaded asked={draft}>
        {(view) => (
          <Loaded asked={projects}>
            {(all) => (
              <Editor
                key={draftId}
                view={view}
                roster={all.find((one) => one.projectId === view.draft.projectId)?.members ?? []}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </div>
  )
}
