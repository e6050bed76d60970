import { ConfigProvider } from 'antd'
import { useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'

/** A part of the task that a lead on the spot may only read, with the reason; for everybody else just the part. */
export function Locked({ isWhole = false, children }: { isWhole?: boolean; children: React.ReactNode }) {
  const t = useText('revision')
  const { revises } = useEditing()
  if (revises?.rights !== 'onSite') return children
  return (
    <>
      <p className="quiet">{isWhole ? t('readOnly') : t('readOnlyHere')}</p>
      <fieldset disabled className="locked">
        <ConfigProvider componentDisabled>{children}</ConfigProvider>
      </fieldset>
    </>
  )
}
