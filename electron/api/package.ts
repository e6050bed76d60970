import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Exported, PackagePreview, PackageView } from '../../shared/contract/views.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { PackageEntry } from '../exchange/seal.ts'
import type { Verification } from '../exchange/verify.ts'
import { write, type Writer } from '../storage/database.ts'
import { record } from '../storage/log-store.ts'
import {
  addExport,
  addPackage,
  deliveryOf,
  findPackage,
  knownPackages,
  listPackages,
  packageEntries,
  setFileSha256,
  type StoredPackage,
} from '../storage/package-store.ts'
import { findProject, newestRoster } from '../storage/project-store.ts'
import { addTask, findTaskRevision } from '../storage/task-store.ts'
import { addTemplate } from '../storage/template-store.ts'
import { asJob, dialogWords, stillUnlocked, unlocked, type Context, type FileFilter } from './context.ts'
import { trustOf } from './desk.ts'
import { bringSheetAlong } from './move.ts'
import { documentOfKind } from './sealing.ts'
import { myself, stampOf, type Session } from './session.ts'
import { fileName } from './small-file.ts'
import { revisionArrival } from './standing.ts'

/** A package that was read and judged, waiting for the person's yes; `measure` names what it was judged against. */
export type Arrival = {
  file: string
  fileSha256: string
  projectId: string | null
  verification: Verification
  measure: string
}
type PackageApi = Pick<Api, 'package.list' | 'package.open' | 'package.accept' | 'package.dismiss' | 'package.export'>
type Progress = (phase: string, done: number, total: number | null) => void

const packageFilter = (context: Context): FileFilter => ({
  name: dialogWords(context)('packageFiles'),
  extensions: ['evp', 'zip'],
})

/** Packages: look at arrivals, accept them, write them out, say where they are. */
export function packageApi(context: Context): PackageApi {
  return {
    'package.list': async ({ taskId }) => {
      const session = unlocked(context)
      return session.ok ? ok(packageViews(session.value, taskId)) : session
    },
    'package.open': async ({ job }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const paths = await context.dialogs.open({
        title: dialogWords(context)('importPackages'),
        filters: [packageFilter(context), { name: '*', extensions: ['*'] }],
        many: true,
      })
      if (paths === null) return ok(null)
      return await asJob(context, job, async (signal, progress) => {
        const previews: PackagePreview[] = []
        for (const path of paths) {
          const preview = await previewOf(context, session.value, path, signal, progress)
          if (!preview.ok) {
            for (const { token } of previews) dismiss(context, session.value, token)
            return preview
          }
          previews.push(preview.value)
        }
        return ok(previews)
      })
    },
    'package.accept': async ({ token }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const waiting = context.tokens.find(session.value, 'package', token)
      if (waiting === null) return fail('notFound')
      return await asJob(context, token, async (signal) => {
        const accepted = await accept(context, session.value, waiting.arrival, signal)
        // After a full disk and the like the same preview can be accepted again; a package that is no longer fine cannot.
        if (accepted.ok || accepted.failure.code === 'refused') dismiss(context, session.value, token)
        return accepted
      })
    },
    'package.dismiss': async ({ token }) => {
      const { current } = context.session
      if (current !== null) dismiss(context, current, token)
      return ok(null)
    },
    'package.export': async ({ digest, job }) => {
      const session = unlocked(context)
      return session.ok ? await exportPackage(context, session.value, digest, job) : session
    },
  }
}

/** Copies a file into quarantine and judges it there; nothing is stored before the person accepts. */
async function previewOf(
  context: Context,
  session: Session,
  path: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<Outcome<PackagePreview>> {
  const taken = await context.pool.run(
    'takePackage',
    { source: path, folder: session.paths.quarantine },
    { signal, onProgress: progress },
  )
  if (!taken.ok) return taken
  const { file, claims } = taken.value
  try {
    const project = claims?.projectId ? findProject(session.store, claims.projectId) : null
    const copy = { file: file.path, fileSha256: file.fileSha256, projectId: project?.projectId ?? null }
    const judged = await judge(context, session, copy, signal, progress)
    const still = judged.ok ? stillUnlocked(context, session) : judged
    if (!judged.ok || !still.ok) {
      rmSync(file.path, { force: true })
      return judged.ok ? fail('locked') : judged
    }
    const { verification } = judged.value
    const isOk = verification.verdict === 'ok'
    if (!isOk) rmSync(file.path, { force: true })
    return ok({
      token: isOk
        ? context.tokens.put(session, { kind: 'package', arrival: { ...copy, ...judged.value } })
        : randomUUID(),
      fileName: basename(path),
      size: file.octets,
      verdict: verification.verdict,
      problems: verification.problems.slice(0, 50),
      about: aboutOf(session, verification, project?.name ?? ''),
    })
  } catch (error) {
    rmSync(file.path, { force: true })
    throw error
  }
}

/** Judges a quarantined copy against everything held of its project now. */
async function judge(
  context: Context,
  session: Session,
  { file, fileSha256, projectId }: Pick<Arrival, 'file' | 'fileSha256' | 'projectId'>,
  signal: AbortSignal,
  onProgress?: Progress,
): Promise<Outcome<Pick<Arrival, 'verification' | 'measure'>>> {
  const measure = measureOf(session, projectId)
  const request = {
    file,
    fileSha256,
    trust: projectId === null ? null : trustOf(session.store, projectId),
    known: projectId === null ? [] : knownPackages(session.store, projectId),
    selfKeyId: session.keys.keyId,
    at: context.now().toISOString(),
    depth: 'full' as const,
  }
  const judged = await context.pool.run('verifyPackage', request, { signal, onProgress })
  return judged.ok ? ok({ verification: withTaskHeld(session, judged.value), measure }) : judged
}

/** Names what a verdict rests on: the roster in force and the packages held. Another accepted package or roster changes it. */
function measureOf({ store }: Session, projectId: string | null): string {
  if (projectId === null) return ''
  return [
    newestRoster(store, projectId)?.roster.rosterSeq,
    ...knownPackages(store, projectId).map((p) => p.digest),
  ].join()
}

function dismiss(context: Context, session: Session, token: string): void {
  const waiting = context.tokens.find(session, 'package', token)
  if (waiting === null) return
  context.tokens.forget(token)
  rmSync(waiting.arrival.file, { force: true })
}

/** A sheet or result counts only for a task whose own signed package was accepted here: the copy it carries proves nothing. */
function withTaskHeld(session: Session, verification: Verification): Verification {
  const { verdict, documents } = verification
  if (verdict !== 'ok' || documents === null || documents.kind === 'task') return verification
  const { taskId, revision } = documents.task
  if (findTaskRevision(session.store, taskId, revision) !== null) return verification
  const problems = [{ path: 'data/task.json', code: 'taskNotHeld', message: documents.task.number }]
  return { ...verification, verdict: 'notPermitted', problems }
}

function aboutOf(
  session: Session,
  { statement, documents, digest, keyId }: Verification,
  projectName: string,
): PackagePreview['about'] {
  if (statement === null || digest === null || keyId === null) return null
  return {
    digest,
    kind: statement.kind,
    projectName,
    author: { name: statement.author.displayName, personId: statement.author.personId, digits: keyDigits(keyId) },
    enterprise: documents?.task.enterprise.name ?? '',
    taskNumber: documents?.task.number ?? '',
    templateTitle: documents?.template.title ?? { zh: '', en: '' },
    revision: statement.revision,
    createdAt: statement.createdAt,
    counts: statement.counts,
    revises: documents?.kind === 'task' ? revisionArrival(session, documents.task, documents.template) : null,
  }
}

/** Evidence first, then every row in one transaction: a crash anywhere leaves nothing or everything. */
async function accept(context: Context, session: Session, arrival: Arrival, signal: AbortSignal) {
  const { file, fileSha256 } = arrival
  // Two previews may be fine one by one and not together: twins, an older revision, a key withdrawn in between.
  const isFresh = arrival.measure === measureOf(session, arrival.projectId)
  const judged = isFresh ? ok(arrival) : await judge(context, session, arrival, signal)
  if (!judged.ok) return judged
  const { verification } = judged.value
  if (verification.verdict !== 'ok')
    return fail('refused', { detail: verification.verdict, problems: verification.problems.slice(0, 50) })
  const { documents, facts, statement } = verification
  if (documents === null || facts === null || statement === null)
    return fail('refused', { detail: verification.verdict })
  const extracted = await context.pool.run('extractPackage', { file, fileSha256, places: session.paths }, { signal })
  if (!extracted.ok) return extracted
  const stored: StoredPackage = {
    digest: facts.digest,
    kind: facts.kind,
    origin: 'imported',
    projectId: statement.projectId,
    taskId: facts.taskId,
    authorKeyId: facts.keyId,
    personId: statement.author.personId,
    displayName: statement.author.displayName,
    deviceId: facts.deviceId,
    seq: facts.seq,
    subject: facts.subject,
    revision: facts.revision,
    supersedes: statement.supersedes,
    documentSha256: facts.documentSha256,
    logSize: facts.logHead.size,
    logSha256: facts.logHead.sha256,
    createdAt: statement.createdAt,
    storedAt: context.now().toISOString(),
    fileSha256,
    size: verification.octets,
  }
  return write(session.store, (tx) => keepPackage(tx, context, session, stored, extracted.value, verification))
}

function keepPackage(
  tx: Writer,
  context: Context,
  session: Session,
  stored: StoredPackage,
  entries: readonly PackageEntry[],
  { documents }: Verification,
): Outcome<{ kind: PackageView['kind']; taskId: string }> {
  const me = myself(session, stored.projectId)
  if (documents === null || me === null) return fail('notPermitted')
  const { task, template } = documents
  const added = addPackage(tx, stored, entries)
  if (!added.ok) return added
  addTemplate(tx, task.templateSha256, jcsBytes(template), stored.storedAt)
  if (documents.kind === 'task') {
    const doc = jcsBytes(task)
    const kept = addTask(tx, {
      task,
      doc,
      sha256: sha256(doc),
      packageDigest: stored.digest,
      storedAt: stored.storedAt,
    })
    if (!kept.ok) return kept
    bringSheetAlong(tx, stampOf(context, me.personId), task.taskId)
  }
  const action = stored.kind === 'task' ? 'taskAccepted' : 'imported'
  const after = {
    kind: stored.kind,
    personId: stored.personId,
    revision: stored.revision,
    document: sha256(jcsBytes(documentOfKind(documents))),
  }
  record(tx, stampOf(context, me.personId), {
    taskId: stored.taskId,
    action,
    object: stored.digest,
    before: null,
    after,
  })
  return ok({ kind: stored.kind, taskId: stored.taskId })
}

/** Writes a package, reads it back whole and verifies it; each fact is kept when it is true. */
async function exportPackage(
  context: Context,
  session: Session,
  digest: string,
  job: string,
): Promise<Outcome<Exported | null>> {
  const stored = findPackage(session.store, digest)
  if (stored === null) return fail('notFound')
  const t = dialogWords(context)
  const name = fileName(
    [t(`name_${stored.kind}`), stored.displayName, t('name_revision', { n: stored.revision }), digest.slice(0, 6)],
    'evp',
  )
  const target = await context.dialogs.save({
    title: t('exportPackage'),
    filters: [packageFilter(context)],
    name,
  })
  if (target === null) return ok(null)
  return await asJob(context, job, async (signal, onProgress) => {
    const entries = packageEntries(session.store, digest, session.paths.media)
    // The system's own dialog has already asked before naming a file that is there; replacing without that is refused.
    const written = await context.pool.run('writePackage', { target, entries, replace: false }, { signal, onProgress })
    if (!written.ok) return written
    const { path, octets, fileSha256 } = written.value
    const exportedAt = context.now().toISOString()
    const request = {
      file: path,
      fileSha256,
      trust: trustOf(session.store, stored.projectId),
      known: [],
      selfKeyId: null,
      at: exportedAt,
      depth: 'full' as const,
    }
    const checked = await context.pool.run('verifyPackage', request, { signal, onProgress })
    const verifiedAt =
      checked.ok && checked.value.verdict === 'ok' && checked.value.digest === digest
        ? context.now().toISOString()
        : null
    const noted = write(session.store, (tx) => {
      setFileSha256(tx, digest, fileSha256)
      addExport(tx, digest, { path, exportedAt, verifiedAt })
      const me = myself(session, stored.projectId)
      for (const action of me === null
        ? []
        : verifiedAt === null
          ? (['exported'] as const)
          : (['exported', 'verified'] as const)) {
        record(tx, stampOf(context, me?.personId ?? ''), {
          taskId: stored.taskId,
          action,
          object: digest,
          before: null,
          after: fileSha256,
        })
      }
      return ok(null)
    })
    return noted.ok ? ok({ path, exportedAt, verifiedAt, size: octets }) : noted
  })
}

function packageViews(session: Session, taskId: string): PackageView[] {
  const stored = listPackages(session.store, taskId)
  return stored.map((p) => ({
    ...deliveryOf(session.store, p),
    digest: p.digest,
    kind: p.kind,
    origin: p.origin,
    personId: p.personId,
    name: p.displayName,
    revision: p.revision,
    size: p.size,
    isSuperseded: stored.some(
      (other) => other.kind === p.kind && other.subject === p.subject && other.revision > p.revision,
    ),
  }))
}
