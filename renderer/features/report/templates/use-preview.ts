import { replaceEqualDeep } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/errors.ts'
import type { ProfileName } from '../../../../shared/domain/template.ts'
import type { ReportModel } from '../../../../shared/report/model.ts'
import type { ReportTemplate } from '../../../../shared/report/template.ts'
import { call } from '../../../bridge.ts'
import { failureOf } from '../../../queries.ts'
import { storable } from './fields.tsx'

const WAIT_MS = 150

/** The specimen report with the draft as it stands; parts that stay alike keep their identity, so that only what changed is drawn. */
export function usePreview(draft: ReportTemplate, profile: ProfileName, language: 'zh' | 'en') {
  const [model, setModel] = useState<ReportModel | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const latest = useRef(0)
  const shown = useRef<ReportModel | null>(null)
  /** Heading over the first block the last change touched; null at the beginning and where only codes changed. */
  const [changed, setChanged] = useState<{ heading: number } | null>(null)
  useEffect(() => {
    const mine = ++latest.current
    const timer = setTimeout(async () => {
      try {
        const next = await call('reportTemplate.preview', { draft: storable(draft), profile, language })
        if (mine !== latest.current) return
        const shared = replaceEqualDeep<ReportModel>(shown.current, next)
        setChanged(firstChange(shown.current, shared))
        shown.current = shared
        setModel(shared)
        setFailure(null)
      } catch (error) {
        const why = failureOf(error)
        if (why === null) throw error
        if (mine === latest.current) setFailure(why)
      }
    }, WAIT_MS)
    return () => clearTimeout(timer)
  }, [draft, profile, language])
  return { model, failure, changed }
}

/** A template's own code stands on the last page: that it changes says nothing. */
function firstChange(before: ReportModel | null, after: ReportModel): { heading: number } | null {
  if (before === null) return null
  const first = after.blocks.findIndex((block, n) => block !== before.blocks[n] && block.kind !== 'integrity')
  if (first < 0) return null
  return { heading: after.blocks.findLastIndex((block, n) => n <= first && block.kind === 'heading') }
}
