import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../../../ui/text.ts'
import { nth, type Lens } from './lens.ts'
import { useEditor, useStore, useValue } from './use-editor.ts'

type LinesProps<T> = {
  lens: Lens<T[]>
  title: string
  /** What one entry is called, for its buttons. */
  entry: string
  addText: string
  empty: string
  blank: (all: T[]) => T
  hint?: string
  /** The last entry stays where it is; new ones go before it. */
  isLastFixed?: boolean
  /** Above an entry; its name when left out. */
  heading?: (index: number) => React.ReactNode
  children: (entry: T, index: number) => React.ReactNode
}

/** A list of like entries: add, order, remove. Typing in one entry leaves the others alone. */
export function Lines<T>(props: LinesProps<T>) {
  const { lens, title, addText, empty, blank, hint, isLastFixed = false } = props
  const store = useStore()
  const count = useEditor((state) => lens.get(state.content)?.length ?? 0)
  const free = isLastFixed ? count - 1 : count
  const add = () =>
    store.edit((content) => {
      const all = lens.get(content) ?? []
      return lens.set(content, all.toSpliced(Math.max(0, free), 0, blank(all)))
    })
  return (
    <fieldset className="ed-lines" data-path={lens.path}>
      <legend>{title}</legend>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {count === 0 ? <p className="quiet">{empty}</p> : null}
      {Array.from({ length: count }, (_, index) => (
        // Entries have no identity of their own: they are their place.
        <Line key={index} {...props} index={index} free={free} />
      ))}
      <Button icon={<PlusOutlined />} onClick={add}>
        {addText}
      </Button>
    </fieldset>
  )
}

/** `free`: how many entries may be moved and removed. */
function Line<T>({ lens, entry, index, free, heading, children }: LinesProps<T> & { index: number; free: number }) {
  const t = useText('templateEditor')
  const store = useStore()
  const value = useValue(nth(lens, index))
  const name = `${entry} ${index + 1}`
  const change = (how: (all: T[]) => T[]) => store.edit((content) => lens.set(content, how(lens.get(content) ?? [])))
  const swap = (by: -1 | 1) =>
    change((all) => {
      const [one, other] = [all[index], all[index + by]]
      return one === undefined || other === undefined ? all : all.with(index, other).with(index + by, one)
    })
  if (value === undefined) return null
  return (
    <div className="ed-line" role="group" aria-label={name}>
      <div className="ed-line-head">
        <span className="ed-line-name">{heading ? heading(index) : name}</span>
        {index >= free ? null : (
          <div className="ed-line-acts">
            <Button
              type="text"
              icon={<ArrowUpOutlined />}
              aria-label={t('lineUp', { name })}
              title={t('moveUp')}
              disabled={index === 0}
              onClick={() => swap(-1)}
            />
            <Button
              type="text"
              icon={<ArrowDownOutlined />}
              aria-label={t('lineDown', { name })}
              title={t('moveDown')}
              disabled={index + 1 >= free}
              onClick={() => swap(1)}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('lineRemove', { name })}
              title={t('removeRow')}
              onClick={() => change((all) => all.toSpliced(index, 1))}
            />
          </div>
        )}
      </div>
      {children(value, index)}
    </div>
  )
}
