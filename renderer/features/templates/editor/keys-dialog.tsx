import { Button } from 'antd'
import { Dialog } from '../../../ui/dialog.tsx'
import { useText } from '../../../ui/text.ts'

const KEYS = [
  ['↑ ↓', 'key_choose'],
  ['← →', 'key_fold'],
  ['Shift + ↑ ↓', 'key_extend'],
  ['Space / Ctrl + click', 'key_tick'],
  ['Ctrl + A', 'key_all'],
  ['Escape', 'key_none'],
  ['Alt + ↑ ↓', 'key_move'],
  ['Insert', 'key_add'],
  ['Enter / F2', 'key_title'],
  ['Ctrl + D', 'key_copy'],
  ['Delete', 'key_remove'],
  ['Ctrl + C', 'key_clip'],
  ['Ctrl + V', 'key_paste'],
  ['F8 / Shift + F8', 'key_finding'],
  ['Ctrl + Z', 'key_undo'],
  ['Ctrl + Shift + Z / Ctrl + Y', 'key_redo'],
  ['Ctrl + S', 'key_save'],
] as const

/** What the keyboard does in the editor. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useText('templateEditor')
  const common = useText('common')
  return (
    <Dialog isOpen title={t('keys')} onClose={onClose} footer={<Button onClick={onClose}>{common('close')}</Button>}>
      <dl className="facts">
        {KEYS.map(([keys, what]) => (
          <div key={what} className="fact">
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t('keysNote')}</p>
    </Dialog>
  )
}
