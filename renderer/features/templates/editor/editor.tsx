import { QuestionCircleOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useBlocker } from 'react-router'
import { isScored, templateItems } from '../../../../shared/domain/template.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SavedState } from '../../../ui/saved-state.tsx'
import { useShortcut } from '../../../ui/shortcut.ts'
import { useSay, useText } from '../../../ui/text.ts'
import { BulkPanel } from './bulk-panel.tsx'
import { FindingsPane } from './findings-pane.tsx'
import { focusPlace } from './focus-place.ts'
import { IssueDialog } from './issue-dialog.tsx'
import { ItemPanel } from './item/item-panel.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { writeNumber } from './numbers.ts'
import { OutlinePane } from './outline-pane.tsx'
import { PartPanel } from './parts/part-panel.tsx'
import { PasteDialog } from './paste-dialog.tsx'
import { PartsPane } from './parts-pane.tsx'
import { SectionPanel } from './section-panel.tsx'
import { useNextFinding } from './use-next-finding.ts'
import type { Side } from './editor-store.ts'
import { useEditor, useStore } from './use-editor.ts'

/** The checklist being made: its outline, own properties or findings on the left, the chosen place on the right. */
export function Editor() {
  const t = useText('templateEditor')
  return (
    <div className="page template-editor">
      <EditorHead />
      <StayDialog />
      <Pasting />
      <div className="ed-panes">
        <aside className="ed-side" aria-label={t('side')}>
          <SideTabs />
          <SidePane />
        </aside>
        <MainPane />
      </div>
    </div>
  )
}

function EditorHead() {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const title = useEditor((state) => say(state.content.title))
  const number = useEditor((state) => state.content.number)
  const edition = useEditor((state) => state.content.edition)
  const canUndo = useEditor((state) => state.canUndo)
  const canRedo = useEditor((state) => state.canRedo)
  const [open, setOpen] = useState<'issue' | 'keys' | null>(null)
  useShortcut('ctrl+z', store.undo)
  useShortcut('ctrl+shift+z', store.redo)
  useShortcut('ctrl+y', store.redo)
  const toFinding = useNextFinding()
  useShortcut('f8', () => void toFinding(1))
  useShortcut('shift+f8', () => void toFinding(-1))
  useShortcut('ctrl+s', () => void store.saver.flush())
  return (
    <>
      <PageHeader
        backTo="/templates"
        title={title || t('untitled')}
        subtitle={
          <>
            {t('draftOf', { number: number || t('noNumber'), edition })} · <Totals />
          </>
        }
        actions={
          <>
            <Saved />
            <Button
              icon={<UndoOutlined />}
              aria-label={t('undo')}
              title={t('undoHint')}
              disabled={!canUndo}
              onClick={store.undo}
            />
            <Button
              icon={<RedoOutlined />}
              aria-label={t('redo')}
              title={t('redoHint')}
              disabled={!canRedo}
              onClick={store.redo}
            />
            <Button
              icon={<QuestionCircleOutlined />}
              aria-label={t('keys')}
              title={t('keys')}
              onClick={() => setOpen('keys')}
            />
            <Button type="primary" onClick={() => setOpen('issue')}>
              {t('issue')}
            </Button>
          </>
        }
      />
      {open === 'issue' ? <IssueDialog onClose={() => setOpen(null)} /> : null}
      {open === 'keys' ? <KeysDialog onClose={() => setOpen(null)} /> : null}
    </>
  )
}

function Pasting() {
  const text = useEditor((state) => state.pasting)
  return text === null ? null : <PasteDialog text={text} />
}

/** Asks before leaving while something could not be stored. */
function StayDialog() {
  const t = useText('templateEditor')
  const { saver } = useStore()
  const blocker = useBlocker(() => saver.snapshot().state.kind === 'failed')
  return (
    <ConfirmDialog
      isOpen={blocker.state === 'blocked'}
      title={t('leaveTitle')}
      confirmText={t('leaveAnyway')}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      <p>{t('leaveText')}</p>
    </ConfirmDialog>
  )
}

function Saved() {
  const { saver } = useStore()
  const { state } = useSyncExternalStore(saver.subscribe, saver.snapshot)
  return <SavedState state={state} onRetry={() => void saver.flush()} />
}

function Totals() {
  const t = useText('templateEditor')
  const full = useEditor((state) => state.content.totalFull_cp)
  const scored = useEditor((state) => templateItems(state.content).filter(isScored).length)
  const all = useEditor((state) => templateItems(state.content).length)
  return <output>{t('totals', { full: writeNumber(full, 100), scored, words: all - scored })}</output>
}

const SIDES: Side[] = ['outline', 'parts', 'findings']

function SideTabs() {
  const t = useText('templateEditor')
  const store = useStore()
  const side = useEditor((state) => state.side)
  const errors = useEditor((state) => state.findings.filter((one) => one.severity === 'error').length)
  const warnings = useEditor((state) => state.findings.length) - errors
  return (
    <div role="group" aria-label={t('side')} className="side-tabs">
      {SIDES.map((one) => (
        <button key={one} type="button" aria-pressed={side === one} onClick={() => store.show({ side: one })}>
          {one === 'findings' ? (
            <>
              <Mark
                shape={errors > 0 || warnings > 0 ? 'alert' : 'full'}
                tone={errors > 0 ? 'serious' : warnings > 0 ? 'middling' : 'good'}
              />{' '}
              {errors > 0
                ? t('sideErrors', { n: errors })
                : warnings > 0
                  ? t('sideWarnings', { n: warnings })
                  : t('sideClean')}
            </>
          ) : (
            t(`side_${one}`)
          )}
        </button>
      ))}
    </div>
  )
}

function SidePane() {
  const side = useEditor((state) => state.side)
  if (side === 'outline') return <OutlinePane />
  return side === 'parts' ? <PartsPane /> : <FindingsPane />
}

function MainPane() {
  const t = useText('templateEditor')
  const pane = useRef<HTMLDivElement>(null)
  const selection = useEditor((state) => state.selection)
  const wanted = useEditor((state) => state.wanted)
  const isBulk = useEditor((state) => state.picked.size > 1)
  const key = isBulk ? ' bulk' : selection.kind === 'part' ? selection.part : selection.id
  useEffect(() => {
    if (wanted !== null && pane.current) focusPlace(pane.current, wanted.path)
  }, [wanted])
  return (
    <div key={key} ref={pane} className="ed-main" role="region" aria-label={t('properties')} tabIndex={-1}>
      {isBulk ? <BulkPanel /> : null}
      {isBulk ? null : selection.kind === 'item' ? <ItemPanel id={selection.id} /> : null}
      {!isBulk && selection.kind === 'section' ? <SectionPanel id={selection.id} /> : null}
      {!isBulk && selection.kind === 'part' ? <PartPanel part={selection.part} /> : null}
    </div>
  )
}
