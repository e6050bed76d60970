import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { worstOf } from './finding-text.ts'
import { PARTS, type Part } from './selection.ts'
import { useEditor, useStore } from './use-editor.ts'

/** The checklist's own properties, as a list of pages. */
export function PartsPane() {
  const t = useText('templateEditor')
  return (
    <ul className="editor-parts">
      {PARTS.map((part) => (
        <li key={part}>
          <PartButton part={part} name={t(`part_${part}`)} />
        </li>
      ))}
    </ul>
  )
}

function PartButton({ part, name }: { part: Part; name: string }) {
  const t = useText('templateEditor')
  const store = useStore()
  const isHere = useEditor(({ selection }) => selection.kind === 'part' && selection.part === part)
  const worst = useEditor((state) => worstOf(state.findings, state.content).get(`part ${part}`))
  return (
    <button
      type="button"
      aria-current={isHere ? 'page' : undefined}
      onClick={() => store.select({ kind: 'part', part })}
    >
      {name}
      {worst === undefined ? null : (
        <Mark
          shape="alert"
          tone={worst === 'error' ? 'serious' : 'middling'}
          label={worst === 'error' ? t('hasErrors') : t('hasWarnings')}
        />
      )}
    </button>
  )
}
