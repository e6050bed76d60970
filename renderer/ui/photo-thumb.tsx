import { FileOutlined } from '@ant-design/icons'
import type { Media } from '../../shared/domain/sheet.ts'
import { useText } from './text.ts'
import './photo-thumb.css'

export const thumbUrl = (sha256: string, taskId: string): string => `media://thumb/${sha256}?task=${taskId}`
export const viewUrl = (sha256: string, taskId: string): string => `media://view/${sha256}?task=${taskId}`

/** `preview` false: a file no picture can be made of. */
type Shown = Pick<Media, 'sha256' | 'caption' | 'name'> & { preview?: boolean }

type PhotoThumbProps = {
  medium: Shown
  taskId: string
  label: string
  badge?: string | null
  /** Set where thumbs are chosen rather than opened. */
  isPressed?: boolean
  isDisabled?: boolean
  onClick: () => void
}

/** A small picture with its caption, to open or to choose. */
export function PhotoThumb({
  medium,
  taskId,
  label,
  badge = null,
  isPressed,
  isDisabled = false,
  onClick,
}: PhotoThumbProps) {
  return (
    <button
      type="button"
      className="thumb"
      aria-label={label}
      disabled={isDisabled}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      onClick={onClick}
    >
      {medium.preview === false ? (
        <FileOutlined />
      ) : (
        <img src={thumbUrl(medium.sha256, taskId)} alt="" loading="lazy" />
      )}
      <span className="thumb-caption">{medium.caption === '' ? medium.name : medium.caption}</span>
      {badge === null ? null : <span className="thumb-badge">{badge}</span>}
    </button>
  )
}

/** A picture large, or the word that a file cannot be shown. */
export function LargePhoto({ medium, taskId }: { medium: Shown; taskId: string }) {
  const t = useText('common')
  return (
    <div className="large-photo">
      {medium.preview === false ? (
        <p className="quiet">{t('noPreview')}</p>
      ) : (
        <img src={viewUrl(medium.sha256, taskId)} alt={medium.caption === '' ? medium.name : medium.caption} />
      )}
    </div>
  )
}
