import type { Api } from '../../shared/contract/api.ts'
import { ok } from '../../shared/contract/errors.ts'
import type { Context } from './context.ts'

type AppApi = Pick<Api, Extract<keyof Api, `app.${string}` | `job.${string}`>>

export function appApi(context: Context): AppApi {
  const { version, electron, isDevelopment, preferences, running } = context
  return {
    'app.info': async () => ok({ version, electron, platform: process.platform, isDevelopment }),
    'app.settings': async () => ok(preferences.settings()),
    'app.saveSettings': async (settings) => {
      preferences.saveSettings(settings)
      return ok(preferences.settings())
    },
    'job.cancel': async ({ job }) => {
      running.get(job)?.abort()
      return ok(null)
    },
  }
}
