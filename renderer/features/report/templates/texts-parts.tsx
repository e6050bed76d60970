import { Checkbox, Select } from 'antd'
import {
  CHAPTER_NUMBERS,
  SIGNATORIES,
  type ReportTemplate,
  type Signatory,
} from '../../../../shared/report/template.ts'
import { wordsOf } from '../../../../shared/report/words.ts'
import { reportTemplates } from '../../../../shared/text/report-templates.ts'
import { useLanguage, useText } from '../../../ui/text.ts'
import { Lines, Words, type Language } from './fields.tsx'

export type PartProps = {
  draft: ReportTemplate
  language: Language
  onChange: (change: Partial<ReportTemplate>) => void
}

/** What the cover says beside the facts. */
export function CoverPart({ draft, language, onChange }: PartProps) {
  const t = useText('reportTemplates')
  const { titles, coverLines } = draft
  return (
    <div className="stack-tight">
      <Words
        label={t('titleReport')}
        value={titles.report}
        language={language}
        maxLength={60}
        onChange={(report) => onChange({ titles: { ...titles, report } })}
      />
      <Words
        label={t('titleCorrection')}
        value={titles.correction}
        language={language}
        maxLength={60}
        onChange={(correction) => onChange({ titles: { ...titles, correction } })}
      />
      <Lines
        label={t('coverLines')}
        value={coverLines}
        language={language}
        rows={2}
        onChange={(lines) => onChange({ coverLines: lines })}
      />
    </div>
  )
}

/** What chapters begin with, and the two texts of the first chapter. */
export function TextsPart({ draft, language, onChange }: PartProps) {
  const t = useText('reportTemplates')
  const { chapters } = wordsOf(useLanguage())
  const nameOf = (n: number) => chapters[n as keyof typeof chapters]
  const paragraphs = draft.paragraphs.toSorted((a, b) => a.chapter - b.chapter)
  const free = CHAPTER_NUMBERS.filter((n) => !paragraphs.some((p) => p.chapter === n))
  return (
    <div className="stack-tight">
      {paragraphs.map(({ chapter, text }) => (
        <Words
          key={chapter}
          label={t('paragraphOf', { name: nameOf(chapter) })}
          value={text}
          language={language}
          rows={3}
          maxLength={4000}
          onChange={(next) =>
            onChange({ paragraphs: paragraphs.map((p) => (p.chapter === chapter ? { chapter, text: next } : p)) })
          }
        />
      ))}
      {free.length === 0 ? null : (
        <Select<number>
          className="template-start wide-select"
          aria-label={t('addParagraph')}
          placeholder={t('addParagraph')}
          value={null}
          options={free.map((n) => ({ value: n, label: nameOf(n) }))}
          onChange={(chapter) => onChange({ paragraphs: [...paragraphs, { chapter, text: { zh: '', en: '' } }] })}
        />
      )}
      <Words
        label={t('sampling')}
        value={draft.sampling}
        language={language}
        rows={3}
        maxLength={4000}
        onChange={(sampling) => onChange({ sampling })}
      />
      <Lines
        label={t('distribution')}
        value={draft.distribution}
        language={language}
        onChange={(distribution) => onChange({ distribution })}
      />
    </div>
  )
}

/** Areas to be signed, each with its lines and, where wanted, room for a seal. */
export function SignaturesPart({ draft, language, onChange }: PartProps) {
  const t = useText('reportTemplates')
  const areas = draft.signatures
  const put = (who: Signatory, change: Partial<(typeof areas)[number]>) =>
    onChange({ signatures: areas.map((a) => (a.who === who ? { ...a, ...change } : a)) })
  const toggle = (who: Signatory, isOn: boolean) => {
    const others = areas.filter((a) => a.who !== who)
    const added = isOn ? [{ who, label: reportTemplates[`who_${who}`], lines: [], seal: null }] : []
    onChange({ signatures: SIGNATORIES.flatMap((s) => [...others, ...added].filter((a) => a.who === s)) })
  }
  return (
    <div className="stack-tight">
      <Words
        label={t('signNote')}
        value={draft.signNote}
        language={language}
        rows={2}
        onChange={(signNote) => onChange({ signNote })}
      />
      {SIGNATORIES.map((who) => {
        const area = areas.find((a) => a.who === who)
        return (
          <fieldset key={who} className="signature-area">
            <Checkbox checked={area !== undefined} onChange={({ target }) => toggle(who, target.checked)}>
              <strong>{t(`who_${who}`)}</strong>
            </Checkbox>
            {area === undefined ? null : (
              <>
                <Words
                  label={t('areaLabel')}
                  value={area.label}
                  language={language}
                  maxLength={60}
                  onChange={(label) => put(who, { label })}
                />
                <Lines
                  label={t('areaLines')}
                  value={area.lines}
                  language={language}
                  rows={2}
                  onChange={(lines) => put(who, { lines: lines.slice(0, 8) })}
                />
                <Checkbox
                  checked={area.seal !== null}
                  onChange={({ target }) => put(who, { seal: target.checked ? reportTemplates.sealMark : null })}
                >
                  {t('areaSeal')}
                </Checkbox>
                {area.seal === null ? null : (
                  <Words
                    label={t('sealText')}
                    value={area.seal}
                    language={language}
                    maxLength={40}
                    onChange={(seal) => put(who, { seal })}
                  />
                )}
              </>
            )}
          </fieldset>
        )
      })}
    </div>
  )
}

/** What separate documents say by themselves. */
export function DocumentsPart({ draft, language, onChange }: PartProps) {
  const t = useText('reportTemplates')
  const { documents } = draft
  const put = (change: Partial<ReportTemplate['documents']>) => onChange({ documents: { ...documents, ...change } })
  const words = (field: 'integrityPledge' | 'integrityContact' | 'confirmNote') => (
    <Words
      label={t(field)}
      value={documents[field]}
      language={language}
      rows={2}
      maxLength={4000}
      onChange={(next) => put({ [field]: next })}
    />
  )
  const lines = (field: 'noticeDuties' | 'integrityQuestions') => (
    <Lines label={t(field)} value={documents[field]} language={language} onChange={(next) => put({ [field]: next })} />
  )
  return (
    <div className="stack-tight">
      {lines('noticeDuties')}
      {words('confirmNote')}
      {words('integrityPledge')}
      {lines('integrityQuestions')}
      {words('integrityContact')}
    </div>
  )
}
