import type { Delivery } from '../../shared/contract/views.ts'
import { Mark } from './mark.tsx'
import { useFormat, useText } from './text.ts'

const FACTS = ['savedAt', 'exportedAt', 'verifiedAt', 'receivedAt'] as const

/** Where a package is, as four separate facts: saved here, exported, read back and checked, received by the centre. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const t = useText('shell')
  const { dateTime } = useFormat()
  return (
    <ul className="delivery">
      {FACTS.map((fact) => {
        const at = delivery[fact]
        return (
          <li key={fact} data-done={at !== null}>
            <Mark shape={at === null ? 'empty' : 'full'} tone={at === null ? 'quiet' : 'good'} />
            <span className="delivery-word">{at === null ? t(`${fact}Not`) : t(fact)}</span>
            {at === null ? null : <time dateTime={at}>{dateTime(at)}</time>}
          </li>
        )
      })}
    </ul>
  )
}
