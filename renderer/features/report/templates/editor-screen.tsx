import { Alert, Button } from 'antd'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useParams } from 'react-router'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { PROFILES, type ProfileName } from '../../../../shared/domain/template.ts'
import type { ReportModel } from '../../../../shared/report/model.ts'
import type { ReportTemplate } from '../../../../shared/report/template.ts'
import { wordsOf } from '../../../../shared/report/words.ts'
import { call } from '../../../bridge.ts'
import { useAction, useCall } from '../../../queries.ts'
import { Choices } from '../../../ui/choices.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { Loaded, Loading } from '../../../ui/loading.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Paper } from '../../../ui/paper/paper.tsx'
import { SavedState } from '../../../ui/saved-state.tsx'
import { useSaving } from '../../../ui/saver.ts'
import { useLanguage, useSay, useText } from '../../../ui/text.ts'
import { ChaptersPart } from './chapters-part.tsx'
import { storable, type Language } from './fields.tsx'
import { LogoPart } from './logo-part.tsx'
import { CoverPart, DocumentsPart, SignaturesPart, TextsPart } from './texts-parts.tsx'
import { usePreview } from './use-preview.ts'
import '../../../ui/plain-choice.css'
import './templates.css'

/** Changes a report template beside the report it makes. */
export function ReportTemplateEditorScreen() {
  const { id = '' } = useParams()
  return <Fresh key={id} id={id} />
}

/** Reads the draft anew once: later readings must not overtake what is being typed. */
function Fresh({ id }: { id: string }) {
  const asked = useCall('reportTemplate.draft', { id })
  const list = useCall('reportTemplate.list', {})
  const [first, setFirst] = useState<ReportTemplate | null>(null)
  if (first === null && asked.data !== undefined && !asked.isFetching) setFirst(asked.data.draft)
  if (first === null && asked.isFetching) return <Loading />
  const editions = list.data?.find((card) => card.id === id)?.editions ?? []
  const next = (editions[0]?.edition ?? 0) + 1
  return (
    <Loaded asked={asked}>
      {({ draft, isChanged }) => <Editor first={first ?? draft} next={next} wasChanged={isChanged} />}
    </Loaded>
  )
}

type EditorProps = { first: ReportTemplate; next: number; wasChanged: boolean }

function Editor({ first, next, wasChanged }: EditorProps) {
  const t = useText('reportTemplates')
  const say = useSay()
  const ui = useLanguage()
  const [language, setLanguage] = useState<Language>(ui)
  const [profile, setProfile] = useState<ProfileName>('committee')
  const saving = useSaving(first, (typed) => call('reportTemplate.saveDraft', { draft: storable(typed) }))
  const draft = saving.value
  const change = (part: Partial<ReportTemplate>) => saving.change({ ...draft, ...part })
  const preview = usePreview(draft, profile, language)
  const issuing = useAction('reportTemplate.issue', { refresh: ['reportTemplate.list'] })
  const problems = issuing.failure?.problems ?? []
  const [made, setMade] = useState<{ sha256: string; edition: number } | null>(null)
  /** What was frozen last: there is nothing to issue until it changes. */
  const [issued, setIssued] = useState<ReportTemplate | null>(null)
  const issue = async () => {
    setMade(null)
    // Issuing freezes what is stored.
    if ((await saving.flush()) !== null) return
    const done = await issuing.run({ id: draft.id })
    if (!done.ok) return
    setIssued(draft)
    setMade(done.value)
  }
  useEffect(() => {
    const onHide = () => void saving.flush()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [saving])
  const part = { draft, language, onChange: change }
  const canIssue = draft !== issued && (wasChanged || draft !== first)
  return (
    <div className="page template-page">
      <PageHeader
        title={say(draft.name) || t('unnamed')}
        subtitle={t(`category_${draft.category}`)}
        backTo="/report-templates"
        actions={
          <>
            <SavedState state={saving.state} onRetry={() => void saving.flush()} />
            <Button type="primary" loading={issuing.isBusy} disabled={!canIssue} onClick={() => void issue()}>
              {t('issue', { n: next })}
            </Button>
          </>
        }
      />
      <Issued made={made} category={draft.category} />
      <FailureNote failure={issuing.failure}>
        <ProblemList problems={problems} />
      </FailureNote>
      <div className="report-template-editor">
        <div className="template-form stack-tight">
          <Choices
            label={t('wordsIn')}
            options={['zh', 'en'] as const}
            chosen={language}
            textOf={(one) => t(`language_${one}`)}
            isDisabled={false}
            onChoose={setLanguage}
          />
          <Fold title={t('partName')} startsOpen>
            <LogoPart
              {...part}
              nameError={problems.some((p) => p.path === 'name') ? t('problem_required') : undefined}
            />
          </Fold>
          <Fold title={t('partCover')}>
            <CoverPart {...part} />
          </Fold>
          <Fold title={t('partChapters')}>
            <ChaptersPart
              list={draft.chapters[profile]}
              shown={chaptersIn(preview.model)}
              onChange={(list) => change({ chapters: { ...draft.chapters, [profile]: list } })}
            />
          </Fold>
          <Fold title={t('partTexts')}>
            <TextsPart {...part} />
          </Fold>
          <Fold title={t('partSignatures')}>
            <SignaturesPart {...part} />
          </Fold>
          <Fold title={t('partDocuments')}>
            <DocumentsPart {...part} />
          </Fold>
        </div>
        <Preview profile={profile} onProfile={setProfile} preview={preview} />
      </div>
    </div>
  )
}

const chaptersIn = (model: ReportModel | null): ReadonlySet<number> =>
  new Set(
    model?.blocks.flatMap((b) =>
      b.kind === 'heading' && b.about?.startsWith('chapter:') ? [Number(b.about.slice(8))] : [],
    ),
  )

type PreviewProps = {
  profile: ProfileName
  onProfile: (profile: ProfileName) => void
  preview: ReturnType<typeof usePreview>
}

function Preview({ profile, onProfile, preview: { model, failure, changed } }: PreviewProps) {
  const t = useText('reportTemplates')
  const label = useId()
  const paper = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (changed === null || paper.current === null) return
    const heading = paper.current.querySelector(`#part-${changed.heading}`)
    const by = heading === null ? 0 : heading.getBoundingClientRect().top - paper.current.getBoundingClientRect().top
    paper.current.scrollTop = heading === null ? 0 : paper.current.scrollTop + by - 12
  }, [changed])
  return (
    <section className="template-preview" aria-labelledby={label}>
      <div className="row">
        <strong id={label}>{t('preview')}</strong>
        <Choices
          label={t('copyOf')}
          options={PROFILES}
          chosen={profile}
          textOf={(one) => t(`profile_${one}`)}
          isDisabled={false}
          onChoose={onProfile}
        />
      </div>
      <FailureNote failure={failure} />
      <div ref={paper} className="template-paper">
        {model === null ? <Loading /> : <Paper model={model} taskId="" />}
      </div>
    </section>
  )
}

function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const t = useText('reportTemplates')
  const { chapters, profiles } = wordsOf(useLanguage())
  const texts = useMemo(
    () =>
      problems.map(({ path, code, message }) => {
        if (code === 'required') return t('problem_required')
        if (code !== 'requiredChapter') return t('problem_other', { where: `${path} ${message}` })
        const name = chapters[Number(message) as keyof typeof chapters]
        const copy = profiles[path.slice('chapters.'.length) as ProfileName]
        return t('problem_inCopy', { copy, problem: t('problem_requiredChapter', { name }) })
      }),
    [problems, t, chapters, profiles],
  )
  return texts.length === 0 ? null : (
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

type IssuedProps = { made: { sha256: string; edition: number } | null; category: ReportTemplate['category'] }

function Issued({ made, category }: IssuedProps) {
  const t = useText('reportTemplates')
  const use = useAction('reportTemplate.use', { refresh: ['reportTemplate.list', 'report.model', 'document.models'] })
  const [used, setUsed] = useState('')
  if (made === null) return null
  const about = { n: made.edition, category: t(`category_${category}`) }
  const run = async () => {
    const done = await use.run({ category, sha256: made.sha256 })
    if (done.ok) setUsed(made.sha256)
  }
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        title={used === made.sha256 ? t('usedNow', about) : t('issued', about)}
        action={
          used === made.sha256 ? null : (
            <Button size="small" loading={use.isBusy} onClick={() => void run()}>
              {t('useNow')}
            </Button>
          )
        }
      />
      <FailureNote failure={use.failure} />
    </>
  )
}
