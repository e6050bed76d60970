import type { RefObject } from 'react'
import { Loading } from '../../ui/loading.tsx'
import { useText } from '../../ui/text.ts'

type ChecklistLayoutProps = {
  /** Until then only the list is shown; the rest has its room. */
  isWhole: boolean
  paneRef?: RefObject<HTMLDivElement | null>
  bars?: React.ReactNode
  rail?: React.ReactNode
  /** Null: the pane takes its room. */
  list: React.ReactNode
  pane: React.ReactNode
  hints?: React.ReactNode
}

/** Where everything stands on the page. */
export function ChecklistLayout({ isWhole, paneRef, bars, rail, list, pane, hints }: ChecklistLayoutProps) {
  const t = useText('checklist')
  return (
    <>
      <h1 className="only-read">{t('title')}</h1>
      <div className="checklist-bars">{isWhole ? bars : null}</div>
      <div className="checklist">
        {isWhole ? rail : <div className="rail" />}
        {list === null ? null : <div className="list-column">{list}</div>}
        <div ref={paneRef} className="pane-column" data-wide={list === null}>
          {isWhole ? pane : null}
        </div>
      </div>
      <div className="key-hints">{isWhole ? hints : null}</div>
    </>
  )
}

/** The page while its sheet is read. */
export function ChecklistComing() {
  return (
    <div className="checklist-page" aria-busy="true">
      <ChecklistLayout isWhole={false} list={<div className="item-list" />} pane={null} />
      <Loading />
    </div>
  )
}
