import { useState } from 'react'
import { Button } from 'antd'
import type { Finding } from '../../../../shared/checklist/finding.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText, type Translate } from '../../../ui/text.ts'
import { useFindingText } from './finding-text.ts'
import { itemOf } from './lens.ts'
import { targetOf } from './selection.ts'
import { useEditor, useStore } from './use-editor.ts'

/** Findings of one kind shown before "show all". */
const FEW = 6

/** What is wrong, errors first and like with like; pressing one goes to its control. */
export function FindingsPane() {
  const t = useText('templateEditor')
  const findings = useEditor((state) => state.findings)
  if (findings.length === 0) {
    return (
      <p className="findings-none">
        <Mark shape="full" tone="good" /> {t('noFindings')}
      </p>
    )
  }
  return (
    <div className="findings">
      <Kind severity="error" title={t('errors')} findings={findings} />
      <Kind severity="warning" title={t('warnings')} findings={findings} />
    </div>
  )
}

function Kind({
  severity,
  title,
  findings,
}: {
  severity: Finding['severity']
  title: string
  findings: readonly Finding[]
}) {
  const alike = new Map<string, Finding[]>()
  for (const one of findings) {
    if (one.severity !== severity) continue
    alike.set(one.code, [...(alike.get(one.code) ?? []), one])
  }
  if (alike.size === 0) return null
  // English that is missing everywhere must not hide the rest.
  const groups = [...alike.entries()].toSorted(
    ([a], [b]) => Number(a === 'englishMissing') - Number(b === 'englishMissing'),
  )
  return (
    <section aria-label={title}>
      <h3>
        <Mark shape="alert" tone={severity === 'error' ? 'serious' : 'middling'} /> {title}
      </h3>
      <ul>
        {groups.map(([code, all]) => (
          <Alike key={code} all={all} isShort={code === 'englishMissing'} />
        ))}
      </ul>
    </section>
  )
}

function Alike({ all, isShort }: { all: Finding[]; isShort: boolean }) {
  const t = useText('templateEditor')
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? all : all.slice(0, isShort ? 1 : FEW)
  return (
    <>
      {shown.map((one) => (
        <li key={`${one.path} ${one.code} ${one.message}`}>
          <FindingButton finding={one} />
        </li>
      ))}
      {shown.length < all.length ? (
        <li>
          <Button type="link" className="in-text" onClick={() => setOpen(true)}>
            {t('showAlike', { n: all.length - shown.length })}
          </Button>
        </li>
      ) : null}
    </>
  )
}

function FindingButton({ finding }: { finding: Finding }) {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const text = useFindingText()
  const where = useEditor(({ content }) => placeName(finding.path, content, t, say))
  return (
    <button
      type="button"
      className="finding"
      onClick={() => store.goTo(targetOf(finding.path, store.state().content), finding.path)}
    >
      <span className="finding-where">{where}</span> {text(finding)}
    </button>
  )
}

/** Where a finding is, as people call it. */
function placeName(
  path: string,
  content: Template,
  t: Translate<'templateEditor'>,
  say: (text: { zh: string; en: string }) => string,
): string {
  const target = targetOf(path, content)
  if (target.kind === 'part') {
    const [head, which] = path.split('.')
    if (head === 'rules' && which !== undefined) return t('foundRule', { n: Number(which) + 1 })
    const conclusion = head === 'conclusions' ? content.conclusions.find((one) => one.id === which) : undefined
    return [t(`part_${target.part}`), conclusion ? say(conclusion.label) : ''].filter((one) => one !== '').join(' · ')
  }
  if (target.kind === 'section') {
    const section = content.sections.find((one) => one.id === target.id)
    return t('sectionTitle', { code: section?.code ?? '' })
  }
  const item = itemOf(content, target.id)
  return `${item?.code ?? ''} ${item ? say(item.title) : ''}`.trim() || t('untitledItem')
}
