import type { Template } from '../../../../shared/domain/template.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { nextShare, shareOf, type DraftMember, type Share } from './work.ts'

type WorkTableProps = {
  section: Template['sections'][number]
  scorers: DraftMember[]
  onGive: (personId: string, items: string[], share: Share) => void
}

const SHAPES = { none: 'empty', review: 'half', own: 'full' } as const
const WORDS = { none: 'noWork', review: 'review', own: 'own' } as const

/** Items of one section against people; the head gives a person the whole section. */
export function WorkTable({ section, scorers, onGive }: WorkTableProps) {
  const t = useText('task')
  const say = useSay()
  const all = section.items.map((item) => item.id)
  return (
    <div className="table-wrap" role="region" aria-label={say(section.title)}>
      <table className="table work-table">
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            {scorers.map((member) => (
              <th key={member.personId} scope="col">
                <span>{member.name}</span>
                <select
                  value=""
                  aria-label={t('assignSection', { name: member.name, code: section.code })}
                  onChange={(event) => onGive(member.personId, all, event.target.value as Share)}
                >
                  <option value="" disabled>
                    {t('wholeSection')}
                  </option>
                  <option value="own">{t('own')}</option>
                  <option value="review">{t('review')}</option>
                  <option value="none">{t('noWork')}</option>
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                {item.type === 'veto' ? <Mark shape="stop" tone="serious" label={t('type_veto')} /> : null} {item.code}{' '}
                {say(item.title)}
              </th>
              {scorers.map((member) => {
                const share = shareOf(member, item.id)
                return (
                  <td key={member.personId}>
                    <button
                      type="button"
                      className={`share share-${share}`}
                      aria-label={t('cell', { code: item.code, name: member.name, state: t(WORDS[share]) })}
                      onClick={() => onGive(member.personId, [item.id], nextShare(share))}
                    >
                      <Mark shape={SHAPES[share]} /> {share === 'none' ? '' : t(WORDS[share])}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
