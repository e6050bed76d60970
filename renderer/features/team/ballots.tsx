import { Controller, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Choices } from '../../ui/choices.tsx'
import { useText } from '../../ui/text.ts'
import { useNames, useVoters } from './use-team.tsx'

type BallotsProps<V extends FieldValues, W extends string> = {
  control: Control<V>
  /** The form's record of votes by person. */
  nameOf: (person: string) => FieldPath<V>
  words: readonly W[]
  textOf: (word: W) => string
  isDisabled: boolean
}

/** Named votes: a row of buttons for each member. */
export function Ballots<V extends FieldValues, W extends string>(props: BallotsProps<V, W>) {
  const { control, nameOf, words, textOf, isDisabled } = props
  const t = useText('team')
  const personName = useNames()
  const voters = useVoters()
  return (
    <fieldset className="votes">
      <legend>{t('votes')}</legend>
      {voters.map((person) => (
        <Controller
          key={person}
          control={control}
          name={nameOf(person)}
          render={({ field }) => (
            <div className="vote">
              <span>{personName(person)}</span>
              <Choices
                label={personName(person)}
                options={words}
                chosen={field.value ?? ''}
                textOf={textOf}
                isDisabled={isDisabled}
                onChoose={field.onChange}
              />
            </div>
          )}
        />
      ))}
    </fieldset>
  )
}
