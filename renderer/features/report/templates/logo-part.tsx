import { PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useAction } from '../../../queries.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { CoverLogo } from '../../../ui/paper/special-blocks.tsx'
import { useText } from '../../../ui/text.ts'
import { Words } from './fields.tsx'
import type { PartProps } from './texts-parts.tsx'

/** What the template is called, who stands at the head of a report, and the logo. */
export function LogoPart({ draft, language, onChange, nameError }: PartProps & { nameError?: string | undefined }) {
  const t = useText('reportTemplates')
  const choose = useAction('reportTemplate.logo')
  const { logo } = draft
  const run = async () => {
    const chosen = await choose.run({})
    if (chosen.ok && chosen.value !== null) onChange({ logo: chosen.value })
  }
  return (
    <div className="stack-tight">
      <Words
        label={t('name')}
        value={draft.name}
        language={language}
        maxLength={60}
        {...(nameError === undefined ? {} : { error: nameError })}
        onChange={(name) => onChange({ name })}
      />
      <Words
        label={t('mark')}
        hint={t('markHint')}
        value={draft.mark}
        language={language}
        maxLength={60}
        onChange={(mark) => onChange({ mark })}
      />
      <div className="stack-tight" role="group" aria-label={t('logo')}>
        <strong>{t('logo')}</strong>
        <span className="quiet">{t('logoHint')}</span>
        {logo === null ? null : (
          <span className="logo-shown">
            <CoverLogo key={logo.sha256} logo={logo} alt={t('logo')} />
          </span>
        )}
        <div className="row">
          <Button icon={<PictureOutlined />} loading={choose.isBusy} onClick={() => void run()}>
            {t('chooseLogo')}
          </Button>
          {logo === null ? null : <Button onClick={() => onChange({ logo: null })}>{t('removeLogo')}</Button>}
        </div>
        <FailureNote failure={choose.failure} onRetry={() => void run()} />
      </div>
    </div>
  )
}
