type ChoicesProps<T extends string> = {
  label: string
  options: readonly T[]
  chosen: string
  textOf: (option: T) => string
  isDisabled: boolean
  onChoose: (option: T) => void
}

/** A row of buttons of which one is pressed. */
export function Choices<T extends string>({ label, options, chosen, textOf, isDisabled, onChoose }: ChoicesProps<T>) {
  return (
    <div role="group" aria-label={label} className="row">
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className="plain-choice"
          aria-pressed={chosen === option}
          disabled={isDisabled}
          onClick={() => onChoose(option)}
        >
          {textOf(option)}
        </button>
      ))}
    </div>
  )
}
