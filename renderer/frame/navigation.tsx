import {
  AppstoreOutlined,
  AuditOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  HomeOutlined,
  LayoutOutlined,
  LockOutlined,
  PrinterOutlined,
  ProfileOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import { NavLink, useMatch } from 'react-router'
import appMark from '../../assets/icons/app.svg'
import type { TaskCard } from '../../shared/contract/views.ts'
import { useCall } from '../queries.ts'
import { taskPath, type TaskScreen } from '../route.ts'
import { useText } from '../ui/text.ts'

const TASK_ICONS: Record<TaskScreen, ComponentType> = {
  overview: ProfileOutlined,
  checklist: AuditOutlined,
  nonconformities: WarningOutlined,
  seal: SafetyCertificateOutlined,
  team: TeamOutlined,
  report: FileTextOutlined,
  documents: PrinterOutlined,
  exchange: FileDoneOutlined,
}

const SCREENS_OF: Record<'lead' | 'expert' | 'observer', TaskScreen[]> = {
  lead: ['overview', 'checklist', 'nonconformities', 'seal', 'team', 'report', 'documents', 'exchange'],
  expert: ['overview', 'checklist', 'nonconformities', 'seal', 'documents', 'exchange'],
  observer: ['overview', 'exchange'],
}

/** Global pages, the pages of the open task that the person's role has, and the person. */
export function Navigation({ onLock }: { onLock: () => void }) {
  const t = useText('shell')
  const me = useCall('identity.current', {}).data
  const taskId = useMatch('/task/:taskId/*')?.params.taskId
  const card = useCall('task.list', {}).data?.find((one) => one.taskId === taskId)
  return (
    <nav className="navigation" aria-label={t('navigation')}>
      <NavLink to="/" className="brand">
        <img src={appMark} alt="" width="32" height="32" />
        <span>{t('brand')}</span>
      </NavLink>
      <ul>
        <Entry to="/" icon={HomeOutlined} name={t('home')} />
      </ul>
      {taskId === undefined ? null : <TaskPages taskId={taskId} card={card} />}
      <ul>
        <Entry to="/project" icon={UsergroupAddOutlined} name={t('project')} />
        <Entry to="/exchange" icon={SwapOutlined} name={t('exchange')} />
        <Entry to="/templates" icon={AppstoreOutlined} name={t('templates')} />
        <Entry to="/report-templates" icon={LayoutOutlined} name={t('reportTemplates')} />
      </ul>
      <ul className="navigation-end">
        <Entry to="/settings" icon={SettingOutlined} name={t('settings')} />
        <Entry to="/help" icon={QuestionCircleOutlined} name={t('help')} />
        <li>
          <button
            type="button"
            className="navigation-entry"
            onClick={onLock}
            title={t('lockHint')}
            aria-keyshortcuts="Control+L"
          >
            <LockOutlined aria-hidden />
            <span>{me ? t('lockAs', { name: me.name }) : t('lock')}</span>
          </button>
        </li>
      </ul>
    </nav>
  )
}

function TaskPages({ taskId, card }: { taskId: string; card: TaskCard | undefined }) {
  const t = useText('shell')
  return (
    <section className="navigation-task" aria-label={t('taskPages')}>
      <p title={card?.enterprise}>{card?.enterprise ?? t('task')}</p>
      <ul>
        {SCREENS_OF[card?.role ?? 'observer'].map((screen) => (
          <Entry key={screen} to={taskPath(taskId, screen)} icon={TASK_ICONS[screen]} name={t(`task_${screen}`)} />
        ))}
      </ul>
    </section>
  )
}

function Entry({ to, icon: Icon, name }: { to: string; icon: ComponentType; name: string }) {
  return (
    <li>
      <NavLink to={to} end={to === '/'} className="navigation-entry" title={name}>
        <span aria-hidden>
          <Icon />
        </span>
        <span className="navigation-name">{name}</span>
      </NavLink>
    </li>
  )
}
