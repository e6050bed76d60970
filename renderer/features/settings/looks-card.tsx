import { Segmented, Switch } from 'antd'
import { useId } from 'react'
import type { Settings } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useLooks } from '../../ui/looks.tsx'
import { useText } from '../../ui/text.ts'

const SIZES = [100, 115, 130, 150] as const

/** Language, theme, text size and touch mode; every change holds at once. */
export function LooksCard() {
  const t = useText('settings')
  const id = useId()
  const { language, theme, textSize, touch } = useLooks()
  const save = useAction('app.saveSettings', { refresh: ['app.settings'] })
  const put = (change: Partial<Settings>) => void save.run({ language, theme, textSize, touch, ...change })
  return (
    <section className="card stack-tight">
      <h2>{t('looks')}</h2>
      <div className="setting">
        <span>{t('language')}</span>
        <Segmented<Settings['language']>
          aria-label={t('language')}
          value={language}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => put({ language: value })}
        />
      </div>
      <div className="setting">
        <span>{t('theme')}</span>
        <Segmented<Settings['theme']>
          aria-label={t('theme')}
          value={theme}
          options={(['light', 'dark', 'system'] as const).map((one) => ({ value: one, label: t(`theme_${one}`) }))}
          onChange={(value) => put({ theme: value })}
        />
      </div>
      <div className="setting">
        <span>{t('textSize')}</span>
        <Segmented<Settings['textSize']>
          aria-label={t('textSize')}
          value={textSize}
          options={SIZES.map((one) => ({ value: one, label: `${one}%` }))}
          onChange={(value) => put({ textSize: value })}
        />
      </div>
      <div className="setting">
        <label htmlFor={`${id}-touch`}>
          {t('touch')}
          <span className="quiet">{t('touchHint')}</span>
        </label>
        <Switch id={`${id}-touch`} checked={touch} onChange={(value) => put({ touch: value })} />
      </div>
      <FailureNote failure={save.failure} />
    </section>
  )
}
