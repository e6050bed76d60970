import { memo } from 'react'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { useText } from '../../ui/text.ts'
import { ChartBlock } from './chart-block.tsx'
import { TableBlock } from './table-block.tsx'
import { DocumentTitleBlock, PocketItemBlock, WritingBlock } from './form-blocks.tsx'
import { CoverBlock, IntegrityBlock, PhotoBlock, SignatureBlock } from './special-blocks.tsx'

/** Draws every block of the model in reading order, as paper. */
export const ReportPreview = memo(function ReportPreview({ model, taskId }: { model: ReportModel; taskId: string }) {
  const t = useText('report')
  const depths = depthsOf(model.blocks)
  return (
    <article className="paper" aria-label={t('preview')} lang={model.language === 'zh' ? 'zh-CN' : 'en'}>
      {model.blocks.map((block, index) => (
        <BlockView key={index} block={block} index={index} depth={depths[index] ?? 1} model={model} taskId={taskId} />
      ))}
      <footer className="paper-foot">
        <span>{model.footer.left}</span>
        <span className="mono">{model.checkCode}</span>
        <span>{model.footer.right}</span>
      </footer>
    </article>
  )
})

/** Depth of every heading for screen readers, which must never skip a step though the printed sizes may. */
function depthsOf(blocks: readonly Block[]): number[] {
  let last = 0
  return blocks.map((block) => {
    if (block.kind === 'heading') last = Math.min(block.level, last + 1)
    if (block.kind === 'toc') last = 1
    return last
  })
}

type BlockViewProps = { block: Block; index: number; depth: number; model: ReportModel; taskId: string }

function BlockView({ block, index, depth, model, taskId }: BlockViewProps) {
  switch (block.kind) {
    case 'cover':
      return <CoverBlock block={block} />
    case 'toc':
      return <Contents title={block.title} model={model} />
    case 'pageBreak':
      return <hr className="paper-break" />
    case 'heading':
      return <Heading level={block.level} depth={depth} text={block.text} id={`part-${index}`} />
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
        <dl className={`paper-facts columns-${block.columns}`}>
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
}

type HeadingProps = { level: 1 | 2 | 3; depth: number; text: string; id: string }

function Heading({ level, depth, text, id }: HeadingProps) {
  const Tag = depth === 1 ? 'h2' : depth === 2 ? 'h3' : 'h4'
  return (
    <Tag id={id} className={`paper-heading level-${level}`} tabIndex={-1}>
      {text}
    </Tag>
  )
}

function Contents({ title, model }: { title: string; model: ReportModel }) {
  const headings = model.blocks.flatMap((block, index) =>
    block.kind === 'heading' && block.level < 3 ? [{ ...block, index }] : [],
  )
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
