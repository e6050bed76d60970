import { StyleProvider } from '@ant-design/cssinjs'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { RouterProvider, createHashRouter, type RouteObject } from 'react-router'
import { fetchAhead } from './fetch-ahead.ts'
import { Gate } from './features/identity/gate.tsx'
import { BrokenPage, LastResort } from './frame/broken-page.tsx'
import { Frame } from './frame/frame.tsx'
import { makeQueryClient, readAhead } from './queries.ts'
import { findFaces } from './ui/faces.ts'
import { Looks } from './ui/looks.tsx'

const home = async () => ({ Component: (await import('./features/home/home-screen.tsx')).HomeScreen })
const overview = async () => ({ Component: (await import('./features/task/overview-screen.tsx')).OverviewScreen })
const checklist = async () => ({
  Component: (await import('./features/checklist/checklist-screen.tsx')).ChecklistScreen,
})
const client = makeQueryClient()
/** What everybody opens on every visit: there before it is asked for. */
const fetchEveryday = () => fetchAhead([home, checklist, overview, findFaces])

const taskRoutes: RouteObject[] = [
  { path: 'overview', lazy: overview },
  {
    path: 'checklist',
    lazy: checklist,
    loader: ({ params: { taskId = '' } }) => {
      readAhead(client, 'sheet.open', { taskId })
      return null
    },
    shouldRevalidate: ({ currentParams, nextParams }) => currentParams['taskId'] !== nextParams['taskId'],
  },
  {
    path: 'nonconformities',
    lazy: async () => ({
      Component: (await import('./features/nonconformities/nonconformities-screen.tsx')).NonconformitiesScreen,
    }),
  },
  { path: 'seal', lazy: async () => ({ Component: (await import('./features/seal/seal-screen.tsx')).SealScreen }) },
  { path: 'team', lazy: async () => ({ Component: (await import('./features/team/team-screen.tsx')).TeamScreen }) },
  {
    path: 'report',
    lazy: async () => ({ Component: (await import('./features/report/report-screen.tsx')).ReportScreen }),
  },
  {
    path: 'documents',
    lazy: async () => ({
      Component: (await import('./features/report/documents/documents-screen.tsx')).DocumentsScreen,
    }),
  },
  {
    path: 'exchange',
    lazy: async () => ({
      Component: (await import('./features/exchange/task-exchange-screen.tsx')).TaskExchangeScreen,
    }),
  },
]

const routes: RouteObject[] = [
  {
    path: '/',
    Component: Frame,
    ErrorBoundary: BrokenPage,
    children: [
      {
        ErrorBoundary: BrokenPage,
        children: [
          { index: true, lazy: home },
          {
            path: 'project',
            lazy: async () => ({ Component: (await import('./features/project/project-screen.tsx')).ProjectScreen }),
          },
          {
            path: 'draft/:draftId',
            lazy: async () => ({ Component: (await import('./features/task/editor/editor-screen.tsx')).EditorScreen }),
          },
          {
            path: 'exchange',
            lazy: async () => ({ Component: (await import('./features/exchange/exchange-screen.tsx')).ExchangeScreen }),
          },
          {
            path: 'templates',
            lazy: async () => ({
              Component: (await import('./features/templates/templates-screen.tsx')).TemplatesScreen,
            }),
          },
          {
            path: 'templates/view/:sha256',
            lazy: async () => ({
              Component: (await import('./features/templates/template-screen.tsx')).TemplateScreen,
            }),
          },
          {
            path: 'templates/import',
            lazy: async () => ({
              Component: (await import('./features/templates/import/import-screen.tsx')).ImportScreen,
            }),
          },
          {
            path: 'templates/compare',
            lazy: async () => ({
              Component: (await import('./features/templates/compare/compare-screen.tsx')).CompareScreen,
            }),
          },
          {
            path: 'templates/layer',
            lazy: async () => ({
              Component: (await import('./features/templates/layer/layer-screen.tsx')).LayerScreen,
            }),
          },
          {
            path: 'templates/draft/:draftId',
            lazy: async () => ({
              Component: (await import('./features/templates/editor/editor-screen.tsx')).TemplateEditorScreen,
            }),
          },
          {
            path: 'report-templates',
            lazy: async () => ({
              Component: (await import('./features/report/templates/list-screen.tsx')).ReportTemplatesScreen,
            }),
          },
          {
            path: 'report-templates/:id',
            lazy: async () => ({
              Component: (await import('./features/report/templates/editor-screen.tsx')).ReportTemplateEditorScreen,
            }),
          },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('./features/settings/settings-screen.tsx')).SettingsScreen }),
          },
          {
            path: 'help',
            lazy: async () => ({ Component: (await import('./features/help/help-screen.tsx')).HelpScreen }),
          },
          { path: 'task/:taskId', children: taskRoutes },
        ],
      },
    ],
  },
]

/** antd computes its styles even when none are injected; a detached element takes what it would put into the page. */
const nowhere = document.createElement('div')

export function App() {
  const [router] = useState(() => createHashRouter(routes))
  return (
    <StyleProvider container={nowhere}>
      <QueryClientProvider client={client}>
        <Looks>
          <LastResort>
            <Gate onAnswer={fetchEveryday}>
              <RouterProvider router={router} />
            </Gate>
          </LastResort>
        </Looks>
      </QueryClientProvider>
    </StyleProvider>
  )
}
