import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { help } from '../../../shared/text/help.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import './help.css'

type Phrase = keyof typeof help
type Part = { title: Phrase; steps: readonly Phrase[]; links: readonly (readonly [string, Phrase])[] }

const STEPS: readonly Part[] = [
  {
    title: 'expert',
    steps: ['expert1', 'expert2', 'expert3', 'expert4', 'expert5', 'expert6', 'expert7', 'expert8'],
    links: [
      ['/project', 'goProject'],
      ['/exchange', 'goExchange'],
    ],
  },
  {
    title: 'lead',
    steps: ['lead1', 'lead2', 'lead3', 'lead4', 'lead5', 'lead6', 'lead7', 'lead8'],
    links: [['/', 'goHome']],
  },
  {
    title: 'templates',
    steps: [
      'templates1',
      'templates2',
      'templates6',
      'templates7',
      'templates8',
      'templates9',
      'templates3',
      'templates4',
      'templates5',
    ],
    links: [
      ['/templates', 'goTemplates'],
      ['/templates/import', 'goImport'],
    ],
  },
  {
    title: 'papers',
    steps: ['papers1', 'papers2', 'papers8', 'papers3', 'papers4', 'papers5', 'papers6', 'papers7'],
    links: [],
  },
]
const KEYS = [
  ['Ctrl+L', 'keyLock'],
  ['?', 'keyHelp'],
  ['Tab', 'keyTab'],
  ['Esc', 'keyEscape'],
  ['1 – 9', 'keyDigits'],
  ['J / K', 'keyNext'],
  ['/ , Ctrl+F', 'keyFind'],
  ['G', 'keyMissing'],
  ['W Z L X V S', 'keyJump'],
  ['A – F', 'keyBands'],
  ['N / H', 'keyStates'],
] as const
const WORDS = [
  ['wordSaved', 'wordSavedText'],
  ['wordExported', 'wordExportedText'],
  ['wordVerified', 'wordVerifiedText'],
  ['wordReceived', 'wordReceivedText'],
  ['wordCode', 'wordCodeText'],
] as const

const FACTS: readonly { title: Phrase; rows: readonly (readonly [string, Phrase])[] }[] = [
  { title: 'words', rows: WORDS },
  { title: 'keys', rows: KEYS },
]

/** The job in steps, checklists and papers, the keys, and what a few words mean; a word typed leaves what has it. */
export function HelpScreen() {
  const t = useText('help')
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const has = (text: string): boolean => text.toLowerCase().includes(wanted)
  const parts = STEPS.map(({ title, steps, links }) => ({
    title,
    links,
    steps: steps.map((step) => t(step)).filter((step) => has(step) || has(t(title))),
  })).filter((part) => part.steps.length > 0)
  const facts = FACTS.map(({ title, rows }) => ({
    title,
    rows: rows
      .map(([name, meaning]) => ({ name: title === 'keys' ? name : t(name as Phrase), meaning: t(meaning) }))
      .filter(({ name, meaning }) => has(name) || has(meaning) || has(t(title))),
  })).filter((part) => part.rows.length > 0)
  return (
    <div className="page">
      <PageHeader title={t('title')} />
      <Input
        type="search"
        prefix={<SearchOutlined aria-hidden />}
        className="help-find"
        aria-label={t('find')}
        placeholder={t('find')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {parts.length + facts.length === 0 && <p role="status">{t('noneFound', { words: words.trim() })}</p>}
      <div className="columns columns-wide">
        {parts.map(({ title, steps, links }) => (
          <section key={title} className="card">
            <h2>{t(title)}</h2>
            <ol className="steps">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            {links.length > 0 && (
              <p className="row help-links">
                {links.map(([to, text]) => (
                  <Link key={to} to={to}>
                    {t(text)}
                  </Link>
                ))}
              </p>
            )}
          </section>
        ))}
        {facts.map(({ title, rows }) => (
          <section key={title} className="card">
            <h2>{t(title)}</h2>
            <dl className="facts">
              {rows.map(({ name, meaning }) => (
                <div key={name} className="fact">
                  <dt>{title === 'keys' ? <kbd>{name}</kbd> : name}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}
