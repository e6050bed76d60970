import { METHOD_NAMES, type Api } from '../../shared/contract/api.ts'
import { fail, type Outcome } from '../../shared/contract/errors.ts'
import { StoreClosed } from '../storage/database.ts'
import { appApi } from './app.ts'
import { backupApi } from './backup.ts'
import type { Context } from './context.ts'
import { documentApi } from './document.ts'
import { evidenceApi } from './evidence.ts'
import { identityApi } from './identity.ts'
import { packageApi } from './package.ts'
import { projectApi } from './project.ts'
import { reportTemplateApi } from './report-template.ts'
import { reportApi } from './report.ts'
import { sendingApi } from './sending.ts'
import { sheetApi } from './sheet.ts'
import { taskApi } from './task.ts'
import { teamApi } from './team.ts'
import { templateApi } from './template.ts'
import { workbookApi } from './workbook.ts'

/** All operations the window may call, over one context. A missing one does not compile. */
export function createApi(context: Context): Api {
  return answeringLocked({
    ...appApi(context),
    ...identityApi(context),
    ...projectApi(context),
    ...templateApi(context),
    ...workbookApi(context),
    ...taskApi(context),
    ...sheetApi(context),
    ...evidenceApi(context),
    ...packageApi(context),
    ...sendingApi(context),
    ...teamApi(context),
    ...reportApi(context),
    ...documentApi(context),
    ...reportTemplateApi(context),
    ...backupApi(context),
  })
}

/** A lock or a switch of person ends what was still running for the one before: it answers `locked`, having written nothing more. */
function answeringLocked(api: Api): Api {
  const guarded = METHOD_NAMES.map((name) => {
    const run = api[name] as (args: unknown) => Promise<Outcome<unknown>>
    const answer = async (args: unknown): Promise<Outcome<unknown>> => {
      try {
        return await run(args)
      } catch (error) {
        if (error instanceof StoreClosed) return fail('locked')
        throw error
      }
    }
    return [name, answer] as const
  })
  return Object.fromEntries(guarded) as Api
}
