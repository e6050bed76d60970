import type { Text } from '../../../../../shared/domain/text.ts'
import { useText } from '../../../../ui/text.ts'
import { EMPTY } from '../blank.ts'
import { PairEntry, SaidAt } from '../entries.tsx'
import { at, nth, whole } from '../lens.ts'
import { Lines } from '../lines.tsx'

/** What experts accept before they begin, and what is read out at the meetings. */
export function TextsPart() {
  const t = useText('templateEditor')
  return (['declarations', 'openingAgenda', 'closingAgenda'] as const).map((name) => {
    const lens = at(whole, name)
    return (
      <section key={name} className="ed-lines">
        <SaidAt path={lens.path} />
        <Lines<Text>
          lens={lens}
          title={t(name)}
          hint={t(`${name}Hint`)}
          entry={t('point')}
          addText={t('addPoint')}
          empty={t('noPoints')}
          blank={() => EMPTY}
        >
          {(_, index) => <PairEntry lens={nth(lens, index)} label={t('pointN', { n: index + 1 })} rows={2} />}
        </Lines>
      </section>
    )
  })
}
