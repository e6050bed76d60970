import type { Finding } from '../../../../shared/checklist/finding.ts'

/** Findings of one kind at one kind of place. */
export type FindingGroup = { key: string; severity: Finding['severity']; code: Finding['code']; all: Finding[] }

/** Errors first, in the order they were found; English that is missing everywhere must not hide the rest. */
export function groupsOf(findings: readonly Finding[], fieldOf: (path: string) => string): FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const one of findings) {
    const key = `${one.code} ${one.severity === 'error' ? fieldOf(one.path) : ''}`
    const group = groups.get(key)
    if (group) group.all.push(one)
    else groups.set(key, { key, severity: one.severity, code: one.code, all: [one] })
  }
  const rank = ({ severity, code }: FindingGroup) => (severity === 'error' ? 0 : code === 'englishMissing' ? 2 : 1)
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b))
}

/** The finding after (or before) the one at `path`, in the order shown, going round; the first (or last) from anywhere else. */
export function besideFinding(groups: readonly FindingGroup[], current: Finding | null, by: 1 | -1): Finding | null {
  const all = groups.flatMap((group) => group.all)
  const at = current === null ? -1 : all.findIndex((one) => one.path === current.path && one.code === current.code)
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
  return all[next] ?? null
}
