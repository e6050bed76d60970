/** How much of a spreadsheet is taken in. Beyond: refused whole (file, parts, cells, characters) or reported (rows, columns, merges). */
export const LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  entries: 2000,
  /** All parts that are read, inflated. */
  inflatedBytes: 256 * 1024 * 1024,
  /** Inflated to stored size of one part, once it is larger than a MiB. */
  ratio: 400,
  sheets: 200,
  rows: 50_000,
  columns: 1000,
  /** Cells of the rectangle that is kept, empty ones among them. */
  cells: 1_500_000,
  /** Characters of all cells, a text counted wherever it stands. */
  characters: 24_000_000,
  /** Characters of one cell, as many as spreadsheets hold; more are cut and reported. */
  text: 32_767,
  merges: 20_000,
  problems: 500,
  /** A checklist's; more rows are left out. */
  items: 5000,
  /** A checklist's; what would stand in more is left out. */
  sections: 2000,
} as const
