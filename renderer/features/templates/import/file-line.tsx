import { FileExcelOutlined, InfoCircleOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { OpenedSheet, OpenedWorkbook } from '../../../../shared/contract/template-methods.ts'
import { useText } from '../../../ui/text.ts'

type FileLineProps = {
  opened: OpenedWorkbook
  sheet: OpenedSheet | undefined
  isBusy: boolean
  onSheet: (name: string) => void
  onChooseOther: () => void
}

/** Which file and sheet is being read, and on what grounds the columns are already matched. */
export function FileLine({ opened, sheet, isBusy, onSheet, onChooseOther }: FileLineProps) {
  const t = useText('templateImport')
  const { kind, guess, isRemembered } = opened
  const grounds =
    kind === 'foreign' ? (guess === null ? null : t(isRemembered ? 'remembered' : 'guessed')) : t(`kind_${kind}`)
  return (
    <div className="import-file">
      <FileExcelOutlined aria-hidden />
      <strong>{opened.fileName}</strong>
      <Select
        aria-label={t('sheet')}
        className="import-sheet-choice"
        value={sheet?.name ?? null}
        options={opened.sheets.map(({ name, isHidden }) => ({
          value: name,
          label: isHidden ? t('hiddenSheet', { name }) : name,
        }))}
        onChange={onSheet}
      />
      {sheet === undefined ? null : (
        <span className="quiet">{t('sheetSize', { rows: sheet.rowCount, columns: sheet.columnCount })}</span>
      )}
      <Button className="import-other" disabled={isBusy} onClick={onChooseOther}>
        {t('chooseOther')}
      </Button>
      {grounds === null ? null : (
        <p className="import-grounds">
          <InfoCircleOutlined aria-hidden /> {grounds}
        </p>
      )}
    </div>
  )
}
