import { CameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { useText } from '../ui/text.ts'
import './camera.css'

type CameraButtonProps = {
  /** What the photos will belong to, for the title. */
  what: string
  isDisabled: boolean
  /** Takes one photo in; false when it was not taken in. */
  onShot: (file: File) => Promise<boolean>
  /** What became of the last photo, when something is to be said. */
  report: React.ReactNode
  keyHint?: string
  isPrimary?: boolean
}

/** Opens the computer's own camera; every photo is saved as it is shot. */
export function CameraButton({ what, isDisabled, onShot, report, keyHint, isPrimary = false }: CameraButtonProps) {
  const t = useText('evidence')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        icon={<CameraOutlined />}
        type={isPrimary ? 'primary' : 'default'}
        disabled={isDisabled}
        onClick={() => setOpen(true)}
        {...(keyHint === undefined ? {} : { 'aria-keyshortcuts': keyHint })}
      >
        {t('takePhotos')} {keyHint === undefined ? null : <kbd aria-hidden>{keyHint}</kbd>}
      </Button>
      {isOpen ? <Camera what={what} report={report} onShot={onShot} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type CameraProps = Pick<CameraButtonProps, 'what' | 'onShot' | 'report'> & { onClose: () => void }

function Camera({ what, onShot, report, onClose }: CameraProps) {
  const t = useText('evidence')
  const common = useText('common')
  const { view, state, cameras, next, retry } = useCamera()
  const [saved, setSaved] = useState(0)
  const [isSaving, setSaving] = useState(false)
  const shoot = async () => {
    const picture = view.current === null ? null : await pictureOf(view.current)
    if (picture === null) return
    setSaving(true)
    try {
      if (await onShot(picture)) setSaved((n) => n + 1)
    } finally {
      setSaving(false)
    }
  }
  const isReady = state === 'ready'
  return (
    <Dialog
      isOpen
      size="wide"
      isBusy={isSaving}
      title={t('cameraFor', { what })}
      onClose={onClose}
      footer={
        <>
          <p role="status" className="camera-saved">
            {isSaving ? t('shotSaving') : saved > 0 ? t('shotsSaved', { n: saved }) : ''}
          </p>
          {cameras > 1 ? <Button onClick={next}>{t('otherCamera')}</Button> : null}
          <Button disabled={isSaving} onClick={onClose}>
            {common('close')}
          </Button>
          <Button type="primary" icon={<CameraOutlined />} disabled={!isReady || isSaving} onClick={() => void shoot()}>
            {t('shoot')}
          </Button>
        </>
      }
    >
      {state === 'starting' ? <p role="status">{t('cameraStarting')}</p> : null}
      {state === 'starting' || isReady ? null : (
        <div role="alert" className="camera-refused">
          <p>{t(state)}</p>
          <Button onClick={retry}>{common('retry')}</Button>
        </div>
      )}
      <video
        ref={view}
        className="camera-view"
        hidden={!isReady}
        aria-label={t('cameraView')}
        autoPlay
        muted
        playsInline
      />
      {report}
    </Dialog>
  )
}

type CameraState = 'starting' | 'ready' | 'cameraNone' | 'cameraDenied' | 'cameraBusy'
const REFUSALS: Record<string, CameraState> = {
  NotFoundError: 'cameraNone',
  OverconstrainedError: 'cameraNone',
  NotAllowedError: 'cameraDenied',
}

/** The stream of one camera in a video element, as sharp as it gives; the camera is let go with the dialog. */
function useCamera() {
  const view = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('starting')
  const [found, setFound] = useState({ ids: [] as string[], current: '' })
  const [wanted, setWanted] = useState({ deviceId: '', attempt: 0 })
  useEffect(() => {
    let isOver = false
    let stream: MediaStream | null = null
    const start = async () => {
      const { deviceId } = wanted
      const which = deviceId === '' ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } }
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { ...which, width: { ideal: 4096 }, height: { ideal: 3072 } },
        })
        const devices = await navigator.mediaDevices.enumerateDevices()
        const video = view.current
        if (isOver || video === null) return stop(stream)
        video.srcObject = stream
        await video.play()
        const ids = devices.filter((d) => d.kind === 'videoinput' && d.deviceId !== '').map((d) => d.deviceId)
        setFound({ ids, current: stream.getVideoTracks()[0]?.getSettings().deviceId ?? '' })
        setState('ready')
      } catch (error) {
        stop(stream)
        if (!isOver) setState(REFUSALS[error instanceof DOMException ? error.name : ''] ?? 'cameraBusy')
      }
    }
    void start()
    return () => {
      isOver = true
      stop(stream)
    }
  }, [wanted])
  const open = (deviceId: string) => {
    setState('starting')
    setWanted(({ attempt }) => ({ deviceId, attempt: attempt + 1 }))
  }
  const { ids, current } = found
  return {
    view,
    state,
    cameras: ids.length,
    next: () => open(ids[(ids.indexOf(current) + 1) % ids.length] ?? ''),
    retry: () => open(''),
  }
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** The frame now seen as a JPEG file, named by the time; null before there is one. */
async function pictureOf(video: HTMLVideoElement): Promise<File | null> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0) return null
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
  if (blob === null) return null
  const now = new Date()
  const digits = (n: number, size = 2) => String(n).padStart(size, '0')
  const day = `${now.getFullYear()}${digits(now.getMonth() + 1)}${digits(now.getDate())}`
  const clock = `${digits(now.getHours())}${digits(now.getMinutes())}${digits(now.getSeconds())}`
  const name = `IMG_${day}_${clock}_${digits(now.getMilliseconds(), 3)}.jpg`
  return new File([blob], name, { type: 'image/jpeg', lastModified: now.getTime() })
}
