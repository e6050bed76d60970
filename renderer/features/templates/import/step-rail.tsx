import { useText } from '../../../ui/text.ts'
import type { Import } from './use-import.ts'

const STEPS = ['file', 'columns', 'preview'] as const
export type ImportStep = (typeof STEPS)[number]

type StepRailProps = { step: ImportStep; current: Import | null; onStep: (step: ImportStep) => void }

/** The steps of the import; those already possible can be gone to. */
export function StepRail({ step, current, onStep }: StepRailProps) {
  const t = useText('templateImport')
  const isForeign = current === null || current.opened.kind === 'foreign'
  const at = STEPS.indexOf(step)
  return (
    <nav aria-label={t('steps')}>
      <ol className="wizard-steps">
        {STEPS.map((one, index) => (
          <li key={one} data-state={index < at ? 'done' : index === at ? 'now' : 'later'}>
            <button
              type="button"
              disabled={current === null && one !== 'file'}
              aria-current={one === step ? 'step' : undefined}
              onClick={() => onStep(one)}
            >
              <span className="wizard-number" aria-hidden>
                {index < at ? '✓' : index + 1}
              </span>
              {one === 'columns' && !isForeign ? t('step_look') : t(`step_${one}`)}
              {index < at ? <span className="only-read">{t('stepDone')}</span> : null}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
