import { DeleteOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Button, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Phrase } from '../../../shared/contract/document-methods.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { PHRASES, PHRASE_PARTS, type PhrasePart } from '../../../shared/report/phrases.ts'
import { useAction, useCall } from '../../queries.ts'
import { Area } from '../../ui/area.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { useSay, useText } from '../../ui/text.ts'
import './phrases.css'

type PhraseButtonProps = { part: PhrasePart; label: string; insert: (text: string) => void }

/** Opens the standard phrases of a text field; the chosen one goes where the caret stood. */
export function PhraseButton({ part, label, insert }: PhraseButtonProps) {
  const t = useText('documents')
  const [isOpen, setOpen] = useState(false)
  const take = (text: string) => {
    setOpen(false)
    // Closing gives the focus back to this button first.
    requestAnimationFrame(() => insert(text))
  }
  return (
    <>
      <button
        type="button"
        className="phrase-button"
        aria-label={t('phrasesFor', { label })}
        onClick={() => setOpen(true)}
      >
        <SnippetsOutlined aria-hidden /> {t('phrases')}
      </button>
      <Dialog isOpen={isOpen} title={t('phrasesFor', { label })} size="wide" onClose={() => setOpen(false)}>
        <PhraseList part={part} onTake={take} />
      </Dialog>
    </>
  )
}

function PhraseList({ part, onTake }: { part: PhrasePart; onTake: (text: string) => void }) {
  const t = useText('documents')
  const say = useSay()
  const asked = useCall('phrase.list', {})
  const own = asked.data ?? []
  const [wanted, setWanted] = useState('')
  const search = useRef<InputRef>(null)
  useEffect(() => search.current?.focus(), [])
  const isWanted = (...texts: string[]) =>
    texts.some((text) => text.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()))
  const kept = own.filter((p) => isWanted(p.text))
  // A search goes through the phrases of every part, in both languages.
  const parts = wanted.trim() === '' ? [part] : [part, ...PHRASE_PARTS.filter((p) => p !== part)]
  const found = parts.flatMap((p) => PHRASES[p].filter(({ zh, en }) => isWanted(zh, en)).map(say))
  return (
    <div className="stack-tight phrases">
      <SearchInput
        ref={search}
        label={t('phraseSearch')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <FailureNote failure={asked.failure} onRetry={() => void asked.refetch()} />
      <OwnPhrases phrases={kept} onTake={onTake} />
      {found.length === 0 ? null : <h3>{t('phraseBuiltIn')}</h3>}
      <ul>
        {found.map((text) => (
          <li key={text}>
            <button type="button" className="phrase" onClick={() => onTake(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      {kept.length + found.length === 0 ? <p className="quiet">{t('phraseNone')}</p> : null}
      <KeepPhrase typed={kept.length + found.length === 0 ? wanted : ''} />
    </div>
  )
}

function OwnPhrases({ phrases, onTake }: { phrases: readonly Phrase[]; onTake: (text: string) => void }) {
  const t = useText('documents')
  const remove = useAction('phrase.remove', { refresh: ['phrase.list'] })
  const keep = useAction('phrase.save', { refresh: ['phrase.list'] })
  const [removed, setRemoved] = useState<Phrase | null>(null)
  const drop = async (phrase: Phrase) => {
    const done = await remove.run({ id: phrase.id })
    if (done.ok) setRemoved(phrase)
  }
  const restore = async (phrase: Phrase) => {
    const done = await keep.run({ phrase })
    if (done.ok) setRemoved(null)
  }
  return (
    <>
      {phrases.length === 0 ? null : <h3>{t('phraseOwn')}</h3>}
      <ul>
        {phrases.map((phrase) => (
          <li key={phrase.id}>
            <button type="button" className="phrase" onClick={() => onTake(phrase.text)}>
              {phrase.text}
            </button>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('phraseRemove', { text: phrase.text.slice(0, 20) })}
              onClick={() => void drop(phrase)}
            />
          </li>
        ))}
      </ul>
      {removed === null ? null : (
        <p role="status" className="row">
          {t('phraseRemoved')}
          <Button onClick={() => void restore(removed)}>{t('phraseUndo')}</Button>
        </p>
      )}
      <FailureNote failure={remove.failure ?? keep.failure} />
    </>
  )
}

/** Keeps a new phrase; what was searched in vain is offered as its text. */
function KeepPhrase({ typed }: { typed: string }) {
  const t = useText('documents')
  const keep = useAction('phrase.save', { refresh: ['phrase.list'] })
  const [text, setText] = useState<string | null>(null)
  const value = text ?? typed
  const clean = cleanText(value).trim()
  const store = async () => {
    const done = await keep.run({ phrase: { id: crypto.randomUUID(), text: clean } })
    if (done.ok) setText(null)
  }
  return (
    <div className="phrase-keep">
      <Area
        aria-label={t('phraseNew')}
        placeholder={t('phraseNew')}
        rows={2}
        maxLength={2000}
        value={value}
        onChange={(event) => setText(event.target.value)}
      />
      <Button disabled={clean === ''} loading={keep.isBusy} onClick={() => void store()}>
        {t('phraseKeep')}
      </Button>
      <FailureNote failure={keep.failure} onRetry={() => void store()} />
    </div>
  )
}
