import { memo } from 'react'
import { useText } from '../../ui/text.ts'
import { CarryOverPanel } from './carry-over-panel.tsx'
import { useSheetStore } from './sheet-context.tsx'
import { Tray } from './tray.tsx'
import { useWaiting } from './use-evidence.ts'
import { WhyPanel } from './why-panel.tsx'
import { WitnessPanel } from './witness-panel.tsx'

export const EXTRAS = ['carryOver', 'witness', 'tray', 'why'] as const
export type Extra = (typeof EXTRAS)[number]
/** Where the score comes from is behind the score itself. */
const IN_RAIL = ['carryOver', 'witness', 'tray'] as const

/** Below the sections: work that belongs to no single item. */
export const ExtraButtons = memo(function ExtraButtons(props: {
  selected: Extra | null
  onSelect: (extra: Extra) => void
}) {
  const { selected, onSelect } = props
  const t = useText('checklist')
  const store = useSheetStore()
  const waiting = useWaiting().length
  const counts = { carryOver: store.view.task.carryOver.length, witness: store.witnessTests().length, tray: waiting }
  return (
    <ul className="rail-extras">
      {IN_RAIL.map((extra) => (
        <li key={extra}>
          <button type="button" aria-current={selected === extra ? 'true' : undefined} onClick={() => onSelect(extra)}>
            {t(`extra_${extra}`)}
            {counts[extra] > 0 ? <span className="fold-count">{counts[extra]}</span> : null}
          </button>
        </li>
      ))}
    </ul>
  )
})

/** `lastItem` = where the person was scoring; photos and tests are offered to it first. */
export function ExtraPanel({ extra, lastItem }: { extra: Extra; lastItem: string | null }) {
  const t = useText('checklist')
  const store = useSheetStore()
  return (
    <section className="extra-panel" aria-label={t(`extra_${extra}`)}>
      <h2>{t(`extra_${extra}`)}</h2>
      {extra === 'carryOver' ? <CarryOverPanel /> : null}
      {extra === 'why' ? <WhyPanel /> : null}
      {extra === 'witness' ? <WitnessPanel item={lastItem} /> : null}
      {extra === 'tray' ? <Tray item={lastItem === null ? null : (store.itemById.get(lastItem) ?? null)} /> : null}
    </section>
  )
}
