import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CalculatorOutlined,
  OrderedListOutlined,
  ToolOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Finding } from '../../../../shared/checklist/finding.ts'
import { renumber } from '../../../../shared/checklist/edits.ts'
import { cured, isCurable } from '../../../../shared/checklist/remedies.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { groupsOf, type FindingGroup } from './finding-groups.ts'
import { fieldAt, placeName } from './finding-place.ts'
import { useFindingSentence, useFindingText } from './finding-text.ts'
import { ScaleDialog } from './scale-dialog.tsx'
import { useEditor, useStore } from './use-editor.ts'
import { useNextFinding } from './use-next-finding.ts'

/** Findings of an opened kind shown before "show all": more would hold up the window. */
const MANY = 100
const TITLES = { error: 'errors', warning: 'warnings' } as const

type Cured = { count: number; content: Template }

/** What is wrong, errors first and like with like; pressing one goes to its control, and what is certain is put right at once. */
export function FindingsPane() {
  const t = useText('templateEditor')
  const findings = useEditor((state) => state.findings)
  const { field } = useFindingSentence()
  const content = useEditor((state) => state.content)
  const [done, setDone] = useState<Cured | null>(null)
  const groups = groupsOf(findings, field)
  return (
    <div className="findings">
      <FindingTools hasFindings={groups.length > 0} />
      {/* Undo takes this back only while nothing else was changed. */}
      {done?.content === content ? <Done count={done.count} /> : null}
      {groups.length === 0 ? (
        <p className="findings-none">
          <Mark shape="full" tone="good" /> {t('noFindings')}
        </p>
      ) : null}
      {(['error', 'warning'] as const).map((severity) => {
        const own = groups.filter((group) => group.severity === severity)
        const title = t(TITLES[severity])
        return own.length === 0 ? null : (
          <section key={severity} aria-label={title}>
            <h3>
              <Mark shape="alert" tone={severity === 'error' ? 'serious' : 'middling'} /> {title}
            </h3>
            <ul>
              {own.map((group) => (
                <li key={group.key}>
                  <Group group={group} onCured={setDone} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function FindingTools({ hasFindings }: { hasFindings: boolean }) {
  const t = useText('templateEditor')
  const store = useStore()
  const go = useNextFinding()
  const [isScaling, setScaling] = useState(false)
  return (
    <div className="finding-tools">
      <Button icon={<ArrowDownOutlined />} disabled={!hasFindings} aria-keyshortcuts="F8" onClick={() => void go(1)}>
        {t('nextFinding')} <kbd aria-hidden>F8</kbd>
      </Button>
      <Button
        icon={<ArrowUpOutlined />}
        disabled={!hasFindings}
        aria-keyshortcuts="Shift+F8"
        aria-label={t('previousFinding')}
        title={t('previousFindingHint')}
        onClick={() => void go(-1)}
      />
      <Button icon={<CalculatorOutlined />} title={t('scaleHint')} onClick={() => setScaling(true)}>
        {t('scale')}
      </Button>
      <Button icon={<OrderedListOutlined />} title={t('renumberHint')} onClick={() => store.edit(renumber)}>
        {t('renumber')}
      </Button>
      {isScaling ? <ScaleDialog onClose={() => setScaling(false)} /> : null}
    </div>
  )
}

/** What a cure did, and the way back. */
function Done({ count }: { count: number }) {
  const t = useText('templateEditor')
  const store = useStore()
  return (
    <p className="finding-done" role="status">
      <Mark shape="full" tone="good" /> {t('curedCount', { n: count })}
      <Button type="link" className="in-text" onClick={store.undo}>
        {t('undo')}
      </Button>
    </p>
  )
}

function Group({ group, onCured }: { group: FindingGroup; onCured: (cured: Cured) => void }) {
  const t = useText('templateEditor')
  const { field, sentence } = useFindingSentence()
  const plain = useFindingText()
  const [isOpen, setOpen] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const [first] = group.all
  if (first === undefined) return null
  const isAlone = group.all.length === 1
  // The first one's control is named only where all are about the same.
  const isOneField = group.all.every((one) => field(one.path) === field(first.path))
  const shown = isWhole ? group.all : group.all.slice(0, MANY)
  return (
    <div className="finding-group">
      {isAlone ? (
        <FindingButton finding={first} />
      ) : (
        <button type="button" className="finding" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span aria-hidden>{isOpen ? '▾' : '▸'}</span> <strong>{t('alike', { n: group.all.length })}</strong>{' '}
          {isOneField ? sentence(first) : plain(first)}
        </button>
      )}
      <Cure group={group} onCured={onCured} />
      {isAlone || !isOpen ? null : (
        <ul className="finding-alike">
          {shown.map((one) => (
            <li key={`${one.path} ${one.code} ${one.message}`}>
              <FindingButton finding={one} isAlike />
            </li>
          ))}
          {shown.length < group.all.length ? (
            <li>
              <Button type="link" className="in-text" onClick={() => setWhole(true)}>
                {t('showAlike', { n: group.all.length - shown.length })}
              </Button>
            </li>
          ) : null}
        </ul>
      )}
    </div>
  )
}

function Cure({ group, onCured }: { group: FindingGroup; onCured: (cured: Cured) => void }) {
  const t = useText('templateEditor')
  const store = useStore()
  const { code, all } = group
  if (!isCurable(code)) return null
  const cure = async () => {
    store.edit((content) => cured(content, code, all))
    const after = store.state().content
    await store.check()
    onCured({ count: all.length, content: after })
  }
  return (
    <Button size="small" className="finding-cure" icon={<ToolOutlined />} onClick={() => void cure()}>
      {t(`cure_${code}`)}
    </Button>
  )
}

function FindingButton({ finding, isAlike = false }: { finding: Finding; isAlike?: boolean }) {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const { sentence } = useFindingSentence()
  const where = useEditor(({ content }) => placeName(finding.path, content, t, say))
  const word = fieldAt(finding.path)
  return (
    <button type="button" className="finding" onClick={() => store.goToFinding(finding)}>
      <span className="finding-where">{where}</span>{' '}
      {!isAlike ? sentence(finding) : word !== null && finding.code === 'englishMissing' ? t(word) : null}
    </button>
  )
}
