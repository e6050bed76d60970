import type { Block } from '../../../shared/report/model.ts'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { BlockView } from '../../ui/paper/paper.tsx'
import { useLanguage, useText } from '../../ui/text.ts'

/** The part of the report a text goes into, as it will be printed; it follows what is saved. */
export function ReportPart({ taskId, about }: { taskId: string; about: string | null }) {
  const t = useText('documents')
  const model = useCall('report.model', { taskId, profile: 'archive', language: useLanguage() })
  return (
    <section className="texts-page" aria-label={t('previewHere')}>
      <Loaded asked={model}>
        {({ blocks, language }) => {
          const part = partOf(blocks, about)
          return part.length === 0 ? (
            <p className="card quiet">{t('previewEmpty')}</p>
          ) : (
            <article className="paper" lang={language === 'zh' ? 'zh-CN' : 'en'}>
              <div className="paper-page">
                {part.map((block, n) => (
                  <BlockView key={n} block={block} id={`live-${n}`} depth={2} taskId={taskId} />
                ))}
              </div>
            </article>
          )
        }}
      </Loaded>
    </section>
  )
}

/** From the heading that says it is about this to the next one of the same rank. */
function partOf(blocks: readonly Block[], about: string | null): Exclude<Block, { kind: 'toc' }>[] {
  const from = blocks.findIndex((b) => b.kind === 'heading' && b.about === about && about !== null)
  const first = blocks[from]
  if (first?.kind !== 'heading') return []
  const after = blocks.slice(from + 1)
  const end = after.findIndex((b) => b.kind === 'pageBreak' || (b.kind === 'heading' && b.level <= first.level))
  return [first, ...after.slice(0, end < 0 ? undefined : end)].filter((b) => b.kind !== 'toc')
}
