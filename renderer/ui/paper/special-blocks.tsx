import { QRCode } from 'antd'
import { useEffect, useRef } from 'react'
import type { Block } from '../../../shared/report/model.ts'
import type { Logo } from '../../../shared/report/template.ts'
import { viewUrl } from '../photo-thumb.tsx'

type Of<K extends Block['kind']> = { block: Extract<Block, { kind: K }> }

export function CoverBlock({ block }: Of<'cover'>) {
  return (
    <header className="paper-cover">
      {block.mark === '' ? null : <p className="paper-mark">{block.mark}</p>}
      {block.logo === null ? null : <CoverLogo key={block.logo.sha256} logo={block.logo} alt={block.organiser} />}
      <p>{block.organiser}</p>
      <p className="paper-title">{block.title}</p>
      <p className="paper-subtitle">{block.subtitle}</p>
      <p className="paper-enterprise">{block.enterprise}</p>
      <dl className="paper-facts columns-1">
        {block.facts.map((fact, n) => (
          <div key={n}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <p>{block.date}</p>
    </header>
  )
}

/** The policy lets no picture come from a text, so it becomes a file in memory. */
export function CoverLogo({ logo, alt }: { logo: Logo; alt: string }) {
  const picture = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const bytes = Uint8Array.from(atob(logo.jpeg), (c) => c.charCodeAt(0))
    const url = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
    if (picture.current !== null) picture.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [logo.jpeg])
  return <img ref={picture} className="paper-logo" alt={alt} />
}

export function PhotoBlock({ block, taskId }: Of<'photoSheet'> & { taskId: string }) {
  return (
    <ul className="paper-photos">
      {block.photos.map((photo) => (
        <li key={`${photo.figure}-${photo.sha256}`}>
          <figure>
            <img src={viewUrl(photo.sha256, taskId)} alt={photo.caption} loading="lazy" />
            <figcaption>
              <strong>{photo.figure}</strong> {photo.caption}
              {photo.lines.map((line, n) => (
                <span key={n} className="paper-photo-line">
                  {line}
                </span>
              ))}
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  )
}

export function SignatureBlock({ block }: Of<'signature'>) {
  return (
    <>
      {block.note === '' ? null : <p className="paper-text">{block.note}</p>}
      <ul className="paper-signatures">
        {block.areas.map((area, n) => (
          <li key={n}>
            <strong>{area.label}</strong>
            {area.lines.map((line, l) => (
              <span key={l} className="paper-sign-line">
                {line}
              </span>
            ))}
            {area.seal === null ? null : <span className="paper-seal">{area.seal}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

export function IntegrityBlock({ block }: Of<'integrity'>) {
  return (
    <section className="paper-integrity">
      <div>
        <p>
          {block.label} <strong className="mono">{block.checkCode}</strong>
        </p>
        <p>{block.note}</p>
        <dl>
          {block.codes.map((code, n) => (
            <div key={n}>
              <dt>{code.label}</dt>
              <dd className="mono">{code.code}</dd>
            </div>
          ))}
        </dl>
      </div>
      {block.qr === '' ? null : (
        <span aria-hidden>
          <QRCode value={block.qr} size={120} type="svg" bordered={false} color="#000" bgColor="#fff" />
        </span>
      )}
    </section>
  )
}
