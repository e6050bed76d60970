import { QRCode } from 'antd'
import type { Block } from '../../../shared/report/model.ts'

type Of<K extends Block['kind']> = { block: Extract<Block, { kind: K }> }

export function DocumentTitleBlock({ block }: Of<'documentTitle'>) {
  return (
    <header className="paper-document-title">
      {block.mark === '' ? null : <p>{block.mark}</p>}
      <h2>{block.title}</h2>
      {block.number === '' ? null : <p className="mono">{block.number}</p>}
    </header>
  )
}

export function WritingBlock({ block }: Of<'writing'>) {
  return (
    <div className="paper-writing">
      {block.label === '' ? null : <p>{block.label}</p>}
      <Lines count={block.lines} />
    </div>
  )
}

const Lines = ({ count }: { count: number }) =>
  Array.from({ length: count }, (_, n) => <span key={n} className="paper-write-line" aria-hidden />)

export function PocketItemBlock({ block }: Of<'pocketItem'>) {
  return (
    <section className="paper-pocket">
      <div className="paper-pocket-head">
        <div>
          <h3>
            {block.code} {block.title}
          </h3>
          <p>{block.marks}</p>
        </div>
        <span aria-hidden>
          <QRCode value={block.qr} size={80} type="svg" bordered={false} color="#000" bgColor="#fff" />
        </span>
      </div>
      {block.hints.map((hint, n) => (
        <p key={n} className="tone-note">
          {hint}
        </p>
      ))}
      <ul className="paper-boxes">
        {block.boxes.map((box) => (
          <li key={box}>□ {box}</li>
        ))}
      </ul>
      {block.fields.map((field, n) => (
        <p key={n} className="paper-field">
          {field}
        </p>
      ))}
      <Lines count={block.lines} />
    </section>
  )
}
