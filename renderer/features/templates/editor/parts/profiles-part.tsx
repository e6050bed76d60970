import { Checkbox } from 'antd'
import { PROFILES, type ProfileName } from '../../../../../shared/domain/template.ts'
import { wordsOf } from '../../../../../shared/report/words.ts'
import { useLanguage, useText } from '../../../../ui/text.ts'
import { CheckEntry, SelectEntry } from '../entries.tsx'
import { at, whole, type Lens } from '../lens.ts'
import { usePut, useValue } from '../use-editor.ts'

const profiles = at(whole, 'profiles')
const SHOWS = ['scores', 'personalScores', 'conclusion', 'faces', 'gps'] as const

/** What each version of the report shows. */
export function ProfilesPart() {
  const t = useText('templateEditor')
  return (
    <div className="profiles">
      {PROFILES.map((name) => (
        <fieldset key={name} className="ed-lines card inner-card">
          <legend>{t(`profile_${name}`)}</legend>
          <p className="quiet">{t(`profileText_${name}`)}</p>
          {SHOWS.map((show) => (
            <CheckEntry key={show} lens={at(at(profiles, name), show)} label={t(`shows_${show}`)} />
          ))}
          <SelectEntry
            lens={at(at(profiles, name), 'names')}
            label={t('expertNames')}
            options={(['names', 'letters', 'none'] as const).map((one) => ({ value: one, label: t(`names_${one}`) }))}
          />
          <Chapters name={name} />
        </fieldset>
      ))}
    </div>
  )
}

function Chapters({ name }: { name: ProfileName }) {
  const t = useText('templateEditor')
  const { chapters } = wordsOf(useLanguage())
  const lens: Lens<number[]> = at(at(profiles, name), 'sections')
  const chosen = useValue(lens) ?? []
  const put = usePut(lens)
  const titles = [t('reportCover'), ...Object.values(chapters)]
  return (
    <fieldset className="ed-lines chapters" data-path={lens.path}>
      <legend>{t('chapters')}</legend>
      {titles.map((title, n) => (
        <Checkbox
          key={title}
          checked={chosen.includes(n)}
          onChange={(event) =>
            put(titles.flatMap((_, one) => ((one === n ? event.target.checked : chosen.includes(one)) ? [one] : [])))
          }
        >
          {title}
        </Checkbox>
      ))}
    </fieldset>
  )
}
