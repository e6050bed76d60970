import { LayoutOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { PROFILES, type ProfileName } from '../../../shared/domain/template.ts'
import { useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { PackageWays } from '../../ui/package-ways.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Paper } from '../../ui/paper/paper.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { ExportPanel } from './export-panel.tsx'
import './report.css'

const NOT_YET = new Set(['mergeOpen', 'ownSheetFirst', 'incomplete', 'notFound'])

/** The report as it will be printed, in three profiles, with the PDF and the signed result package. */
export function ReportScreen() {
  const t = useText('report')
  const taskId = useTaskId()
  const language = useLanguage()
  const [params, setParams] = useSearchParams()
  const profile = PROFILES.find((one) => one === params.get('profile')) ?? 'committee'
  const model = useCall('report.model', { taskId, profile, language })
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Link to="/report-templates">
            <Button icon={<LayoutOutlined />}>{t('templates')}</Button>
          </Link>
        }
      />
      <div className="stack">
        <nav aria-label={t('profiles')}>
          <ul className="profiles">
            {PROFILES.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  className="plain-choice"
                  aria-pressed={one === profile}
                  onClick={() => setParams({ profile: one })}
                >
                  {t(`profile_${one}`)} <span className="quiet">{t(`about_${one}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {model.failure !== null && NOT_YET.has(model.failure.code) ? (
          <EmptyState
            title={t('notClosed')}
            actions={
              <Link to={taskPath(taskId, 'team')}>
                <Button type="primary">{t('toTeam')}</Button>
              </Link>
            }
          >
            <p>{t('notClosedHint')}</p>
          </EmptyState>
        ) : (
          <>
            <Ways taskId={taskId} profile={profile} />
            <Loaded asked={model}>{(shown) => <Paper model={shown} taskId={taskId} />}</Loaded>
          </>
        )}
      </div>
    </div>
  )
}

function Ways({ taskId, profile }: { taskId: string; profile: ProfileName }) {
  const t = useText('report')
  const team = useCall('team.open', { taskId })
  const result = team.data?.results.toSorted((a, b) => b.revision - a.revision)[0]
  return (
    <div className="columns">
      {team.data === undefined ? null : (
        <ExportPanel taskId={taskId} profile={profile} isIssued={team.data.state === 'closed'} />
      )}
      {result === undefined || team.data === undefined ? null : (
        <section className="card stack-tight">
          <h2>{t('resultPackage')}</h2>
          {team.data.checkCode === null ? null : (
            <p>
              {t('checkCode')} <strong className="mono one-piece">{team.data.checkCode}</strong>
            </p>
          )}
          <DeliveryState delivery={result} />
          <PackageWays
            digest={result.digest}
            projectId={team.data.task.projectId}
            refresh={['team.open']}
            isPrimary={false}
          />
        </section>
      )}
    </div>
  )
}
