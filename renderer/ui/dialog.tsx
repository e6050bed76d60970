import { ConfigProvider } from 'antd'
import { useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'

type DialogProps = {
  isOpen: boolean
  title: string
  onClose: () => void
  children: React.ReactNode
  footer?: React.ReactNode
  /** While something runs, Escape does not close. */
  isBusy?: boolean
  size?: 'small' | 'wide'
}

/** A modal window beside the page (so never a form inside a form); the browser keeps the focus in it, closing gives it back. */
export function Dialog(props: DialogProps) {
  return props.isOpen ? <OpenDialog {...props} /> : null
}

function OpenDialog({ title, onClose, children, footer, isBusy = false, size = 'small' }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return createPortal(
    <dialog
      ref={element}
      className={`dialog dialog-${size}`}
      aria-labelledby={heading}
      onKeyDownCapture={(event) => {
        // The first Escape belongs to an open list inside.
        const isListOpen = element.current?.querySelector('[role="combobox"][aria-expanded="true"]')
        if (event.key === 'Escape' && isListOpen) event.preventDefault()
      }}
      onCancel={(event) => {
        event.preventDefault()
        if (!isBusy) onClose()
      }}
    >
      <ConfigProvider getPopupContainer={() => element.current ?? document.body}>
        <h2 id={heading}>{title}</h2>
        <div className="dialog-body">{children}</div>
        {footer ? <div className="dialog-foot">{footer}</div> : null}
      </ConfigProvider>
    </dialog>,
    document.body,
  )
}
