import { isScored } from '../../../../shared/domain/template.ts'
import { useSay, useText } from '../../../ui/text.ts'
import type { LayerEffect } from './effect.ts'

/** The base's items with fewer points than before. */
export function Moves({ effect }: { effect: LayerEffect }) {
  const t = useText('templateLayer')
  const say = useSay()
  return (
    <section className="card" aria-labelledby="layer-moves">
      <h2 id="layer-moves">{t('movesTitle')}</h2>
      {effect.moves.length === 0 ? (
        <p className="soft">{t('movesNone')}</p>
      ) : (
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('item')}</th>
                {(['before', 'after', 'given'] as const).map((name) => (
                  <th key={name} scope="col" className="layer-number">
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {effect.moves.map(({ item, from_cp, to_cp }) => (
                <tr key={item.id}>
                  <td>
                    {item.code} {say(item.title)}
                  </td>
                  <td className="layer-number">{from_cp / 100}</td>
                  <td className="layer-number">
                    <span aria-hidden>→ </span>
                    {to_cp / 100}
                  </td>
                  <td className="layer-number">{`－${(from_cp - to_cp) / 100}`}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {t('sum')}
                </th>
                <td className="layer-number">
                  <strong>{`－${effect.given_cp / 100}`}</strong>
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </section>
  )
}

/** What the add-on brings, by section. */
export function Added({ effect }: { effect: LayerEffect }) {
  const t = useText('templateLayer')
  const words = useText('templates')
  const common = useText('common')
  const say = useSay()
  return (
    <section className="card stack-tight" aria-labelledby="layer-added">
      <h2 id="layer-added">{t('addedTitle')}</h2>
      {effect.added.length === 0 ? <p className="soft">{t('addedNone')}</p> : null}
      {effect.added.map(({ section, isNew, items }) => (
        <div key={section.id}>
          <h3>
            {section.code} {say(section.title)}{' '}
            {isNew ? <span className="chip chip-good">＋ {t('newSection')}</span> : null}
          </h3>
          <ul className="layer-added">
            {items.map((item) => (
              <li key={item.id}>
                <span aria-hidden>＋</span>
                <span>
                  {item.code} {say(item.title)}
                </span>
                <span className={`chip ${item.type === 'veto' ? 'chip-serious' : ''}`}>
                  {words(`type_${item.type}`)}
                </span>
                <span className="layer-number">
                  {isScored(item) ? common('points', { n: `＋${item.full_cp / 100}` }) : ''}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {effect.added.length === 0 ? null : (
        <p className="layer-sum">
          <span>{t('sum')}</span>
          <strong>{common('points', { n: `＋${effect.taken_cp / 100}` })}</strong>
        </p>
      )}
    </section>
  )
}
