import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { useText } from '../../ui/text.ts'

export function About() {
  const t = useText('settings')
  const info = useCall('app.info', {})
  return (
    <section className="card stack-tight">
      <h2>{t('about')}</h2>
      <Loaded asked={info}>
        {(app) => (
          <>
            <dl className="facts">
              <dt>{t('version')}</dt>
              <dd>{app.version}</dd>
              <dt>{t('runtime')}</dt>
              <dd>Electron {app.electron}</dd>
              <dt>{t('platform')}</dt>
              <dd>{app.platform}</dd>
            </dl>
            {app.isDevelopment ? <p className="chip chip-middling">{t('development')}</p> : null}
          </>
        )}
      </Loaded>
    </section>
  )
}
