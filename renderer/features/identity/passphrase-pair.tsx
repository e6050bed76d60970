import type { Control, FieldPath } from 'react-hook-form'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { TextField } from '../../ui/fields.tsx'
import { useText, type Translate } from '../../ui/text.ts'

export const MIN_LENGTH = 8
const GOOD_LENGTH = 14

export type WithPassphrase = { passphrase: string; again: string }

/** The two fields of a new passphrase; spread into a form's schema. */
export const passphrasePair = (t: Translate<'identity'>) => ({
  passphrase: z.string().min(MIN_LENGTH, t('passphraseShort')).max(1024),
  again: z.string(),
})

export const isSamePassphrase = (value: WithPassphrase): boolean => value.passphrase === value.again

type PassphrasePairProps<T extends WithPassphrase> = { control: Control<T>; label: string }

/** A new passphrase typed twice, with a word on its strength. */
export function PassphrasePair<T extends WithPassphrase>({ control, label }: PassphrasePairProps<T>) {
  const t = useText('identity')
  const typed = useWatch({ control, name: 'passphrase' as FieldPath<T> }) as string
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(typed)).length
  const hint =
    typed === ''
      ? t('passphraseHint')
      : typed.length < MIN_LENGTH
        ? t('strengthShort', { n: MIN_LENGTH - typed.length })
        : typed.length + kinds >= GOOD_LENGTH
          ? t('strengthGood')
          : t('strengthFair')
  return (
    <>
      <TextField
        control={control}
        name={'passphrase' as FieldPath<T>}
        type="password"
        label={label}
        hint={hint}
        isRequired
        autoComplete="new-password"
      />
      <TextField
        control={control}
        name={'again' as FieldPath<T>}
        type="password"
        label={t('passphraseAgain')}
        isRequired
        autoComplete="new-password"
      />
    </>
  )
}
