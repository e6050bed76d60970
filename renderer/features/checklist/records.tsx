import { Input } from 'antd'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { Area } from '../../ui/area.tsx'
import { useText } from '../../ui/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { useAnswerPart, useSheetStore } from './sheet-context.tsx'

type Field<T> = { key: keyof T & string; label: string; placeholder: string }
type LinesProps<T> = {
  rows: readonly T[]
  fields: readonly Field<T>[]
  blank: T
  addLabel: string
  removeLabel: string
  isDisabled: boolean
  onChange: (rows: T[]) => void
}

/** Rows of short texts that grow one by one. */
function Lines<T extends Record<string, unknown>>(props: LinesProps<T>) {
  const { rows, fields, blank, addLabel, removeLabel, isDisabled, onChange } = props
  return (
    <div className="lines">
      {rows.map((row, index) => (
        <div className="record-line" key={index}>
          {fields.map((field) => (
            <Input
              key={field.key}
              aria-label={`${field.label} ${index + 1}`}
              placeholder={field.placeholder}
              value={String(row[field.key] ?? '')}
              disabled={isDisabled}
              onChange={(e) => onChange(rows.map((r, n) => (n === index ? { ...r, [field.key]: e.target.value } : r)))}
            />
          ))}
          <button
            type="button"
            className="plain-choice quiet"
            aria-label={`${removeLabel} ${index + 1}`}
            disabled={isDisabled}
            onClick={() => onChange(rows.filter((_, n) => n !== index))}
          >
            ✕
          </button>
        </div>
      ))}
      <button type="button" className="plain-choice" disabled={isDisabled} onClick={() => onChange([...rows, blank])}>
        + {addLabel}
      </button>
    </div>
  )
}

/** What stands behind a judgement beside photos: documents, people, samples, or why nothing may be copied. */
export function Records({ item }: { item: Item }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const documents = useAnswerPart(item.id, 'documents') ?? []
  const people = (useAnswerPart(item.id, 'people') ?? []).map((person) => ({ person }))
  const noEvidence = useAnswerPart(item.id, 'noEvidence') ?? ''
  const isDisabled = store.isReadOnly
  const edit = (part: Partial<Answer>) => store.edit(item.id, (a) => ({ ...a, ...part }), 'typing')
  return (
    <>
      <Fold title={t('documents')} count={documents.length}>
        <Lines
          rows={documents}
          blank={{ name: '', number: '', date: '' }}
          fields={[
            { key: 'name', label: t('documentName'), placeholder: t('documentName') },
            { key: 'number', label: t('documentNumber'), placeholder: t('documentNumber') },
            { key: 'date', label: t('documentDate'), placeholder: t('documentDateHint') },
          ]}
          addLabel={t('addDocument')}
          removeLabel={t('removeDocument')}
          isDisabled={isDisabled}
          onChange={(rows) => edit({ documents: rows })}
        />
      </Fold>
      <Fold title={t('people')} count={people.length}>
        <Lines
          rows={people}
          blank={{ person: '' }}
          fields={[{ key: 'person', label: t('person'), placeholder: t('personHint') }]}
          addLabel={t('addPerson')}
          removeLabel={t('removePerson')}
          isDisabled={isDisabled}
          onChange={(rows) => edit({ people: rows.map((row) => row.person) })}
        />
      </Fold>
      <Samples item={item} />
      <Fold title={t('noEvidence')} startsOpen={noEvidence !== ''}>
        <label className="field">
          {t('noEvidenceReason')}
          <Area
            value={noEvidence}
            rows={1}
            disabled={isDisabled}
            onChange={(e) => edit({ noEvidence: e.target.value })}
          />
        </label>
      </Fold>
    </>
  )
}

/** Drawn samples: out of what, how, which, with what result. */
function Samples({ item }: { item: Item }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const samples = useAnswerPart(item.id, 'samples') ?? []
  const isDisabled = store.isReadOnly
  const needed = item.demand.minSamples
  return (
    <Fold
      title={needed > 0 ? t('samplesOf', { n: needed }) : t('samples')}
      count={samples.length}
      startsOpen={needed > 0}
    >
      <Lines
        rows={samples}
        blank={{ population: '', how: '', id: '', result: '', media: [] }}
        fields={[
          { key: 'population', label: t('samplePopulation'), placeholder: t('samplePopulation') },
          { key: 'how', label: t('sampleHow'), placeholder: t('sampleHow') },
          { key: 'id', label: t('sampleId'), placeholder: t('sampleId') },
          { key: 'result', label: t('sampleResult'), placeholder: t('sampleResult') },
        ]}
        addLabel={t('addSample')}
        removeLabel={t('removeSample')}
        isDisabled={isDisabled}
        onChange={(rows) => store.edit(item.id, (a) => ({ ...a, samples: rows }), 'typing')}
      />
    </Fold>
  )
}
