import { useCallback, useMemo } from 'react'
import type { Finding } from '../../../../shared/checklist/finding.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { findings as words } from '../../../../shared/text/findings.ts'
import { useText } from '../../../ui/text.ts'
import { fieldAt } from './finding-place.ts'
import { targetOf } from './selection.ts'
import { useEditor } from './use-editor.ts'

export type Said = { severity: Finding['severity']; text: string }

/** Counted in the list, not repeated beside every second control: a checklist may be Chinese only. */
const isQuiet = (finding: Finding) => finding.code === 'englishMissing'

/** What a finding means and what to do, in plain words. */
export function useFindingText(): (finding: Pick<Finding, 'code' | 'message'>) => string {
  const t = useText('findings')
  return useCallback(
    ({ code, message }) => {
      const isPoints = code === 'totalFull' || code === 'step'
      const detail = isPoints && message !== '' ? String(Number(message) / 100) : message
      return code in words ? t(code, { detail }) : t('choice', { detail: code })
    },
    [t],
  )
}

/** Codes whose words say what is wrong but not with what. */
const NAMELESS: ReadonlySet<Finding['code']> = new Set([
  'required',
  'text',
  'tooLong',
  'id',
  'day',
  'decimal',
  'number',
  'range',
  'choice',
  'empty',
  'englishMissing',
])

/** A finding as it reads away from its control: with the control's name where its words do not say it. */
export function useFindingSentence(): { field: (path: string) => string; sentence: (finding: Finding) => string } {
  const t = useText('templateEditor')
  const text = useFindingText()
  return useMemo(() => {
    const field = (path: string) => {
      const word = fieldAt(path)
      return word === null ? '' : t(word)
    }
    return {
      field,
      sentence: (one) => {
        const name = NAMELESS.has(one.code) ? field(one.path) : ''
        return name === '' ? text(one) : t('fieldSays', { field: name, says: text(one) })
      },
    }
  }, [t, text])
}

const NOTHING: Finding[] = []
const byPath = new WeakMap<readonly Finding[], Map<string, Finding[]>>()

function foundAt(all: readonly Finding[], path: string): Finding[] {
  let map = byPath.get(all)
  if (map === undefined) {
    map = new Map()
    for (const one of all) {
      if (isQuiet(one)) continue
      const same = map.get(one.path)
      if (same) same.push(one)
      else map.set(one.path, [one])
    }
    byPath.set(all, map)
  }
  return map.get(path) ?? NOTHING
}

/** What is wrong at one place, in words. */
export function useSaid({ path, alias }: { path: string; alias?: string }): Said[] {
  const here = useEditor((state) => foundAt(state.findings, path))
  const alike = useEditor((state) => (alias === undefined ? NOTHING : foundAt(state.findings, alias)))
  const text = useFindingText()
  return useMemo(
    () => [...here, ...alike].map((one) => ({ severity: one.severity, text: text(one) })),
    [here, alike, text],
  )
}

type Worst = Map<string, Finding['severity']>
const worst = new WeakMap<readonly Finding[], Worst>()

/** The worst finding of each item, section and part, by `kind id`. */
export function worstOf(all: readonly Finding[], content: Template): Worst {
  const known = worst.get(all)
  if (known) return known
  const made: Worst = new Map()
  for (const one of all) {
    if (isQuiet(one)) continue
    const target = targetOf(one.path, content)
    const key = target.kind === 'part' ? `part ${target.part}` : `${target.kind} ${target.id}`
    if (made.get(key) !== 'error') made.set(key, one.severity)
  }
  worst.set(all, made)
  return made
}
