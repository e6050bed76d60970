import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CheckSquareOutlined,
  CopyOutlined,
  DeleteOutlined,
  FolderAddOutlined,
  MenuFoldOutlined,
  OrderedListOutlined,
  PlusOutlined,
  RightCircleOutlined,
  SnippetsOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { ITEM_TYPES, type ItemType } from '../../../../shared/domain/template.ts'
import { useText } from '../../../ui/text.ts'
import { MoveDialog } from './move-dialog.tsx'
import { useEditor, useStore } from './use-editor.ts'
import { useRowActions } from './use-row-actions.ts'

/** The order types are offered in: the most used first. */
const OFFERED: ItemType[] = ['conformity', 'points', 'maturity', 'indicator', 'deduction', 'veto', 'gate']

/** Buttons for what can be done with the outline and its chosen row. */
export function OutlineTools() {
  const t = useText('templateEditor')
  const types = useText('templates')
  const store = useStore()
  const actions = useRowActions()
  const isRow = useEditor((state) => state.selection.kind !== 'part' || state.picked.size > 1)
  const isPicking = useEditor((state) => state.isPicking)
  const picked = useEditor((state) => state.picked)
  const hasSections = useEditor((state) => state.content.sections.length > 0)
  const [isMoving, setMoving] = useState(false)
  const tools = [
    { name: 'moveUp', icon: <ArrowUpOutlined />, run: () => actions.shift(-1) },
    { name: 'moveDown', icon: <ArrowDownOutlined />, run: () => actions.shift(1) },
    { name: 'moveTo', icon: <RightCircleOutlined />, run: () => setMoving(true) },
    { name: 'duplicate', icon: <CopyOutlined />, run: actions.duplicate },
    { name: 'removeRow', icon: <DeleteOutlined />, run: actions.remove },
  ] as const
  return (
    <div className="outline-tools" role="toolbar" aria-label={t('outlineTools')}>
      <span className="outline-adds">
        <span className="add-item">
          <PlusOutlined aria-hidden />
          <select
            aria-label={t('addItem')}
            className="select-entry"
            value=""
            disabled={!hasSections}
            onChange={(event) => {
              const type = ITEM_TYPES.find((one) => one === event.target.value)
              if (type) actions.addItem(type)
            }}
          >
            <option value="" hidden>
              {t('addItem')}
            </option>
            {OFFERED.map((type) => (
              <option key={type} value={type}>
                {t('typeOption', { type: types(`type_${type}`), hint: t(`typeHint_${type}`) })}
              </option>
            ))}
          </select>
        </span>
        <Button icon={<FolderAddOutlined />} onClick={actions.addSection}>
          {t('addSection')}
        </Button>
      </span>
      <span className="outline-acts">
        {tools.map(({ name, icon, run }) => (
          <Button
            key={name}
            type="text"
            icon={icon}
            aria-label={t(name)}
            title={t(`${name}Hint`)}
            disabled={!isRow}
            onClick={run}
          />
        ))}
        <Button
          type="text"
          icon={<CheckSquareOutlined />}
          aria-label={t('pickSeveral')}
          title={t('pickSeveralHint')}
          aria-pressed={isPicking}
          onClick={() => (isPicking ? store.endPicking() : store.show({ isPicking: true }))}
        />
        <Button
          type="text"
          icon={<SnippetsOutlined />}
          aria-label={t('pasteItems')}
          title={t('pasteItemsHint')}
          disabled={!hasSections}
          onClick={() => store.show({ pasting: '' })}
        />
        <Button
          type="text"
          icon={<OrderedListOutlined />}
          aria-label={t('renumber')}
          title={t('renumberHint')}
          onClick={actions.renumber}
        />
        <Button
          type="text"
          icon={<MenuFoldOutlined />}
          aria-label={t('foldAll')}
          title={t('foldAll')}
          onClick={() => store.toggleAll()}
        />
      </span>
      {isPicking || picked.size > 1 ? (
        <p className="outline-picked" role="status">
          {picked.size > 1 ? t('pickedCount', { n: picked.size }) : t('pickHint')}
          <Button type="link" className="in-text" onClick={() => store.endPicking()}>
            {t('endPicking')}
          </Button>
        </p>
      ) : null}
      {isMoving ? <MoveDialog onClose={() => setMoving(false)} /> : null}
    </div>
  )
}
