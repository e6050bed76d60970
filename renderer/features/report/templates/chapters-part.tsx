import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { CHAPTER_NUMBERS, REQUIRED_CHAPTERS } from '../../../../shared/report/template.ts'
import { wordsOf } from '../../../../shared/report/words.ts'
import { useLanguage, useText } from '../../../ui/text.ts'

type ChaptersProps = {
  list: readonly number[] | null
  /** Chapters the preview really shows. */
  shown: ReadonlySet<number>
  onChange: (list: number[] | null) => void
}

/** Which chapters one kind of report has, and in which order; those left out stand below the others. */
export function ChaptersPart({ list, shown, onChange }: ChaptersProps) {
  const t = useText('reportTemplates')
  const { chapters } = wordsOf(useLanguage())
  const used = [...(list ?? CHAPTER_NUMBERS)]
  const unused = CHAPTER_NUMBERS.filter((n) => !used.includes(n))
  const nameOf = (n: number) => chapters[n as keyof typeof chapters]
  const move = (n: number, by: -1 | 1) => {
    const from = used.indexOf(n)
    const to = from + by
    if (to < 0 || to >= used.length) return
    used.splice(from, 1)
    used.splice(to, 0, n)
    onChange(used)
  }
  return (
    <div className="stack-tight">
      <p className="quiet">{t('chaptersHint')}</p>
      <ol className="chapter-list">
        {[...used, ...unused].map((n) => {
          const isUsed = used.includes(n)
          const isRequired = REQUIRED_CHAPTERS.includes(n)
          return (
            <li key={n}>
              <Checkbox
                onKeyDown={(event) => {
                  if (!event.altKey || !isUsed || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                  event.preventDefault()
                  move(n, event.key === 'ArrowUp' ? -1 : 1)
                }}
                checked={isUsed}
                disabled={isRequired && isUsed}
                onChange={({ target }) => onChange(target.checked ? [...used, n] : used.filter((x) => x !== n))}
              >
                {nameOf(n)}
                {isRequired ? <span className="quiet"> · {t('chapterRequired')}</span> : null}
                {isUsed && !shown.has(n) ? <span className="quiet"> · {t('chapterHidden')}</span> : null}
              </Checkbox>
              <span className="chapter-moves">
                <Button
                  size="small"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('up', { name: nameOf(n) })}
                  disabled={!isUsed || used[0] === n}
                  onClick={() => move(n, -1)}
                />
                <Button
                  size="small"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('down', { name: nameOf(n) })}
                  disabled={!isUsed || used.at(-1) === n}
                  onClick={() => move(n, 1)}
                />
              </span>
            </li>
          )
        })}
      </ol>
      {list === null ? null : (
        <Button className="template-start" onClick={() => onChange(null)}>
          {t('chaptersReset')}
        </Button>
      )}
    </div>
  )
}
