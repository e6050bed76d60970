import type { Api } from '../../shared/contract/api.ts'
import { fail, ok } from '../../shared/contract/errors.ts'
import type { TemplateCard } from '../../shared/contract/views.ts'
import { isScored, templateItems } from '../../shared/domain/template.ts'
import { findTemplate, listTemplates, type StoredTemplate } from '../storage/template-store.ts'
import { unlocked, type Context } from './context.ts'

type TemplateApi = Pick<Api, Extract<keyof Api, `template.${string}`>>

export function templateApi(context: Context): TemplateApi {
  return {
    'template.list': async () => {
      const session = unlocked(context)
      return session.ok ? ok(listTemplates(session.value.store).map(templateCard)) : session
    },
    'template.get': async ({ sha256 }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const found = findTemplate(session.value.store, sha256)
      return found === null ? fail('notFound') : ok(found.template)
    },
  }
}

function templateCard({ sha256, template }: StoredTemplate): TemplateCard {
  const { number, edition, category, title, sample, totalFull_cp } = template
  const items = templateItems(template)
  const counts = {
    scored: items.filter(isScored).length,
    veto: items.filter((i) => i.type === 'veto').length,
    gate: items.filter((i) => i.type === 'gate').length,
  }
  return { sha256, number, edition, category, title, sample, counts, totalFull_cp }
}
