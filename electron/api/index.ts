import type { Api } from '../../shared/contract/api.ts'
import { appApi } from './app.ts'
import { backupApi } from './backup.ts'
import type { Context } from './context.ts'
import { evidenceApi } from './evidence.ts'
import { identityApi } from './identity.ts'
import { packageApi } from './package.ts'
import { projectApi } from './project.ts'
import { reportApi } from './report.ts'
import { sendingApi } from './sending.ts'
import { sheetApi } from './sheet.ts'
import { taskApi } from './task.ts'
import { teamApi } from './team.ts'
import { templateApi } from './template.ts'

/** All operations the window may call, over one context. A missing one does not compile. */
export function createApi(context: Context): Api {
  return {
    ...appApi(context),
    ...identityApi(context),
    ...projectApi(context),
    ...templateApi(context),
    ...taskApi(context),
    ...sheetApi(context),
    ...evidenceApi(context),
    ...packageApi(context),
    ...sendingApi(context),
    ...teamApi(context),
    ...reportApi(context),
    ...backupApi(context),
  }
}
