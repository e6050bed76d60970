import { Button } from 'antd'
import { LAYER_CONFLICTS } from '../../../../shared/domain/layers.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { templateItems, type Template } from '../../../../shared/domain/template.ts'
import { findings } from '../../../../shared/text/findings.ts'
import { templateLayer } from '../../../../shared/text/template-layer.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { useFindingText } from '../editor/finding-text.ts'

type ConflictsProps = { conflicts: Problem[]; base: Template; onFitting: (() => void) | null }
type OtherKey = Extract<keyof typeof templateLayer, `conflict_${string}`>
const isOther = (key: string): key is OtherKey => Object.hasOwn(templateLayer, key)
const isFinding = (code: string): code is keyof typeof findings => Object.hasOwn(findings, code)

/** Every reason why two checklists cannot be layered, in words, each with what to do. */
export function Conflicts({ conflicts, base, onFitting }: ConflictsProps) {
  const t = useText('templateLayer')
  const words = useText('layerConflicts')
  const rule = useFindingText()
  const say = useSay()
  const placeOf = ({ path, message }: Problem): string => {
    const id = path.split('.').slice(1).join('.')
    const item = templateItems(base).find((one) => one.id === id || id.startsWith(`${one.id}.`))
    const section = base.sections.find((one) => one.id === id)
    const named = item ?? section
    if (named !== undefined) return `${named.code} ${say(named.title)}`
    return path === 'base' ? t('result', { number: base.number, edition: base.edition }) : id || message
  }
  const sentence = (conflict: Problem): string => {
    const place = placeOf(conflict)
    const own = LAYER_CONFLICTS.find((code) => code === conflict.code)
    if (own !== undefined) return words(own, { place })
    const key = `conflict_${conflict.code}`
    if (isOther(key)) return t(key, { place })
    const why = isFinding(conflict.code) ? rule({ code: conflict.code, message: conflict.message }) : conflict.code
    return t('conflictOther', { place, why })
  }
  const isElsewhere = conflicts.some((one) => one.code === 'baseDiffers')
  /** On another checklist nothing fits: only what that says is worth reading. */
  const told = isElsewhere ? conflicts.filter((one) => one.path === 'base' || one.path === 'category') : conflicts
  return (
    <section className="card stack-tight" aria-labelledby="layer-conflicts">
      <h2 id="layer-conflicts">{t('conflictsTitle')}</h2>
      <p className="soft">{t('conflictsText')}</p>
      <ul className="layer-conflicts">
        {[...new Set(told.map(sentence))].map((one) => (
          <li key={one}>
            <Mark shape="alert" tone="serious" /> {one}
          </li>
        ))}
      </ul>
      {told.length < conflicts.length ? (
        <p className="soft">{t('conflictsMore', { n: conflicts.length - told.length })}</p>
      ) : null}
      {isElsewhere && onFitting !== null ? (
        <div>
          <Button type="primary" onClick={onFitting}>
            {t('chooseFitting')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
