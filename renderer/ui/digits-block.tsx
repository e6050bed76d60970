/** A key's 8 groups of 5 digits, set for reading aloud and comparing by eye. */
export function DigitsBlock({ digits, label }: { digits: string; label: string }) {
  return (
    <ol className="digits" aria-label={label}>
      {(digits.match(/\d{5}/g) ?? []).map((group, index) => (
        <li key={index}>{group}</li>
      ))}
    </ol>
  )
}
