const CODE = /([0-9A-F]{4}(?:-[0-9A-F]{4})+)/

/** A sentence whose check codes are not broken over two lines. */
export function Coded({ text }: { text: string }) {
  return text.split(CODE).map((part, n) =>
    CODE.test(part) ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts are their place
      <span key={n} className="one-piece">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
