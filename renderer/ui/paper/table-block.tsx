import type { Block } from '../../../shared/report/model.ts'

/** A table of the report; group rows run over all columns. */
export function TableBlock({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  const total = block.columns.reduce((sum, column) => sum + column.share, 0)
  return (
    <div className="table-scroll">
      <table
        className={`paper-table${block.dense ? ' is-dense' : ''}${block.rowHeight === undefined ? '' : ' paper-form-table'}`}
      >
        {block.caption === '' ? null : <caption>{block.caption}</caption>}
        <colgroup>
          {block.columns.map((column, n) => (
            <col key={n} style={{ width: `${(column.share / total) * 100}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {block.columns.map((column, n) => (
              <th key={n} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, n) =>
            row.kind === 'group' ? (
              <tr key={n} className="is-group">
                <th scope="rowgroup" colSpan={block.columns.length}>
                  {row.cells[0]}
                </th>
              </tr>
            ) : (
              <tr key={n} className={row.kind === 'total' ? 'is-total' : ''}>
                {row.cells.map((cell, c) => (
                  <td key={c} style={{ textAlign: block.columns[c]?.align ?? 'left' }}>
                    {cell}
                  </td>
                ))}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
