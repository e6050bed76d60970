import { Link } from 'react-router'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import './help.css'

const EXPERT = ['expert1', 'expert2', 'expert3', 'expert4', 'expert5', 'expert6', 'expert7'] as const
const LEAD = ['lead1', 'lead2', 'lead3', 'lead4', 'lead5', 'lead6'] as const
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

/** The job in steps, the keys, and what a few words mean. */
export function HelpScreen() {
  const t = useText('help')
  return (
    <div className="page">
      <PageHeader title={t('title')} />
      <div className="columns columns-wide">
        <Steps title={t('expert')} steps={EXPERT.map((step) => t(step))}>
          <Link to="/project">{t('goProject')}</Link>
          <Link to="/exchange">{t('goExchange')}</Link>
        </Steps>
        <Steps title={t('lead')} steps={LEAD.map((step) => t(step))}>
          <Link to="/">{t('goHome')}</Link>
          <Link to="/templates">{t('goTemplates')}</Link>
        </Steps>
        <section className="card">
          <h2>{t('words')}</h2>
          <dl className="facts">
            {WORDS.map(([word, meaning]) => (
              <div key={word} className="fact">
                <dt>{t(word)}</dt>
                <dd>{t(meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section className="card">
          <h2>{t('keys')}</h2>
          <dl className="facts">
            {KEYS.map(([key, meaning]) => (
              <div key={key} className="fact">
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </div>
  )
}

function Steps({ title, steps, children }: { title: string; steps: string[]; children: React.ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="row help-links">{children}</p>
    </section>
  )
}
