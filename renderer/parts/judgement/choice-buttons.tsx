import { Mark, type MarkShape, type MarkTone } from '../../ui/mark.tsx'

export type Choice = { value: string; label: string; detail: string; points: string; shape: MarkShape; tone: MarkTone }

type ChoiceButtonsProps = {
  label: string
  choices: Choice[]
  value: string | null
  isDisabled: boolean
  onChoose: (value: string) => void
}

/** A few big answers side by side, each with shape, word, meaning and its digit key. */
export function ChoiceButtons({ label, choices, value, isDisabled, onChoose }: ChoiceButtonsProps) {
  return (
    <div role="group" aria-label={label} className="choices">
      {choices.map((choice, index) => (
        <button
          key={choice.value}
          type="button"
          className={`choice choice-${choice.tone}`}
          aria-pressed={choice.value === value}
          aria-keyshortcuts={String(index + 1)}
          disabled={isDisabled}
          onClick={() => onChoose(choice.value)}
        >
          <span className="choice-head">
            <Mark shape={choice.shape} tone={choice.tone} />
            <span className="choice-label">{choice.label}</span>
            <kbd aria-hidden>{index + 1}</kbd>
          </span>
          {choice.points === '' && choice.detail === '' ? null : (
            <span className="choice-detail">
              {choice.points === '' ? null : <span className="choice-points">{choice.points}</span>} {choice.detail}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
