import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../../../ui/text.ts'
import type { Lens } from './lens.ts'
import { usePut, useStore, useValue } from './use-editor.ts'

type LinesProps<T> = {
  lens: Lens<T[]>
  title: string
  /** What one entry is called, for its buttons. */
  entry: string
  addText: string
  empty: string
  blank: (all: T[]) => T
  hint?: string
  /** An entry that may not be moved or removed. */
  isFixed?: (entry: T, index: number) => boolean
  /** New entries go before the fixed ones at the end. */
  children: (entry: T, index: number) => React.ReactNode
}

/** A list of like entries: add, order, remove. */
export function Lines<T>(props: LinesProps<T>) {
  const { lens, title, entry, addText, empty, blank, hint, isFixed = () => false, children } = props
  const t = useText('templateEditor')
  const store = useStore()
  const all = useValue(lens) ?? []
  const put = usePut(lens)
  const swap = (index: number, by: -1 | 1) => {
    const [one, other] = [all[index], all[index + by]]
    if (one !== undefined && other !== undefined) put(all.with(index, other).with(index + by, one))
  }
  const add = () => {
    const end = all.findLastIndex((one, n) => !isFixed(one, n)) + 1
    put(all.toSpliced(end, 0, blank(all)))
  }
  return (
    <fieldset className="ed-lines" data-path={lens.path}>
      <legend>{title}</legend>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {all.length === 0 ? <p className="quiet">{empty}</p> : null}
      {all.map((one, index) => {
        const name = `${entry} ${index + 1}`
        const mayMove = (to: number) => all[to] !== undefined && !isFixed(one, index) && !isFixed(all[to], to)
        return (
          // Entries have no identity of their own: they are their place.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className="ed-line" role="group" aria-label={name}>
            <div className="ed-line-fields">{children(one, index)}</div>
            {isFixed(one, index) ? null : (
              <div className="ed-line-acts">
                <Button
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('lineUp', { name })}
                  title={t('moveUp')}
                  disabled={!mayMove(index - 1)}
                  onClick={() => swap(index, -1)}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('lineDown', { name })}
                  title={t('moveDown')}
                  disabled={!mayMove(index + 1)}
                  onClick={() => swap(index, 1)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('lineRemove', { name })}
                  title={t('removeRow')}
                  onClick={() => store.edit((content) => lens.set(content, all.toSpliced(index, 1)))}
                />
              </div>
            )}
          </div>
        )
      })}
      <Button icon={<PlusOutlined />} onClick={add}>
        {addText}
      </Button>
    </fieldset>
  )
}
