import { memo, useMemo } from 'react'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { useText } from '../text.ts'
import { ChartBlock } from './chart-block.tsx'
import { DocumentTitleBlock, PocketItemBlock, WritingBlock } from './form-blocks.tsx'
import { CoverBlock, IntegrityBlock, PhotoBlock, SignatureBlock } from './special-blocks.tsx'
import { TableBlock } from './table-block.tsx'
import './paper.css'

type Placed = { block: Block; index: number; depth: number }
type Entry = { text: string; level: 1 | 2 | 3; index: number }

/**
 * Draws a model in reading order on sheets of paper. A sheet begins where the file begins a page by itself; it may hold more than one
 * printed page. Blocks that did not change since the last model are not drawn again.
 */
export const Paper = memo(function Paper({ model, taskId }: { model: ReportModel; taskId: string }) {
  const t = useText('report')
  const sheets = useMemo(() => sheetsOf(model.blocks), [model.blocks])
  return (
    <article className="paper" aria-label={t('preview')} lang={model.language === 'zh' ? 'zh-CN' : 'en'}>
      {sheets.map((sheet) => (
        <div key={sheet[0]?.index ?? 0} className="paper-page">
          {sheet.map(({ block, index, depth }) =>
            block.kind === 'toc' ? (
              <Contents key={index} title={block.title} headings={headingsOf(model.blocks)} />
            ) : (
              <BlockView key={index} block={block} id={`part-${index}`} depth={depth} taskId={taskId} />
            ),
          )}
          <footer className="paper-foot">
            <span>{model.footer.left}</span>
            <span className="mono">{model.footer.right}</span>
          </footer>
        </div>
      ))}
    </article>
  )
})

function sheetsOf(blocks: readonly Block[]): Placed[][] {
  const depths = depthsOf(blocks)
  const sheets: Placed[][] = [[]]
  blocks.forEach((block, index) => {
    const isNew = block.kind === 'pageBreak' || block.kind === 'documentTitle'
    if (isNew && (sheets.at(-1)?.length ?? 0) > 0) sheets.push([])
    if (block.kind !== 'pageBreak') sheets.at(-1)?.push({ block, index, depth: depths[index] ?? 1 })
  })
  return sheets.filter((sheet) => sheet.length > 0)
}

/** Depth of every heading for screen readers, which must never skip a step though the printed sizes may. */
function depthsOf(blocks: readonly Block[]): number[] {
  let last = 0
  return blocks.map((block) => {
    if (block.kind === 'heading') last = Math.min(block.level, last + 1)
    if (block.kind === 'toc' || block.kind === 'documentTitle') last = 1
    return last
  })
}

const headingsOf = (blocks: readonly Block[]): Entry[] =>
  blocks.flatMap((block, index) => (block.kind === 'heading' && block.level < 3 ? [{ ...block, index }] : []))

type BlockViewProps = { block: Exclude<Block, { kind: 'toc' }>; id: string; depth: number; taskId: string }

/** One block; drawn anew only when it has changed. */
export const BlockView = memo(function BlockView({ block, id, depth, taskId }: BlockViewProps) {
  switch (block.kind) {
    case 'cover':
      return <CoverBlock block={block} />
    case 'pageBreak':
      return null
    case 'heading':
      return <Heading level={block.level} depth={depth} text={block.text} id={id} />
    case 'paragraph':
      return <p className={`paper-text tone-${block.tone}`}>{block.text}</p>
    case 'labelled':
      return (
        <p className="paper-text">
          <strong>{block.label}</strong> {block.text}
        </p>
      )
    case 'list':
      return (
        <ol className="paper-list">
          {block.items.map((item, n) => (
            <li key={n}>{item}</li>
          ))}
        </ol>
      )
    case 'keyValue':
      return (
        <dl className={`paper-facts columns-${block.columns}${block.isForm === true ? ' is-form' : ''}`}>
          {block.rows.map((row, n) => (
            <div key={n}>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'table':
      return <TableBlock block={block} />
    case 'chart':
      return <ChartBlock block={block} />
    case 'verdict':
      return (
        <p className="paper-verdict">
          {block.label} <strong>{block.text}</strong>
        </p>
      )
    case 'photoSheet':
      return <PhotoBlock block={block} taskId={taskId} />
    case 'signature':
      return <SignatureBlock block={block} />
    case 'documentTitle':
      return <DocumentTitleBlock block={block} />
    case 'writing':
      return <WritingBlock block={block} />
    case 'pocketItem':
      return <PocketItemBlock block={block} />
    case 'integrity':
      return <IntegrityBlock block={block} />
  }
})

type HeadingProps = { level: 1 | 2 | 3; depth: number; text: string; id: string }

function Heading({ level, depth, text, id }: HeadingProps) {
  const Tag = depth === 1 ? 'h2' : depth === 2 ? 'h3' : 'h4'
  return (
    <Tag id={id} className={`paper-heading level-${level}`} tabIndex={-1}>
      {text}
    </Tag>
  )
}

function Contents({ title, headings }: { title: string; headings: readonly Entry[] }) {
  const show = (index: number) => {
    const heading = document.getElementById(`part-${index}`)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus()
  }
  return (
    <nav className="paper-contents" aria-label={title}>
      <h2 className="paper-heading level-1">{title}</h2>
      <ol>
        {headings.map((heading) => (
          <li key={heading.index} className={`level-${heading.level}`}>
            <button type="button" onClick={() => show(heading.index)}>
              {heading.text}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
