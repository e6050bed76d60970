import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { TaskDraft } from '../../../shared/contract/drafts.ts'
import type { Decision, MergedNonconformity } from '../../../shared/domain/result.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { checkLog, logBytes } from '../../../shared/package/log.ts'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { write } from '../../../electron/storage/database.ts'
import {
  addMedia,
  discardMedia,
  findMedia,
  listMedia,
  listWithdrawn,
  mediaDocument,
  neededFiles,
  purgeDiscarded,
  updateMedia,
  withdrawMedia,
} from '../../../electron/storage/evidence-store.ts'
import { logHead, logLines, record } from '../../../electron/storage/log-store.ts'
import { deviceIdOf, readMeta, writeMeta } from '../../../electron/storage/meta-store.ts'
import {
  addProject,
  addRoster,
  findProject,
  newestRoster,
  updateProject,
  type Project,
} from '../../../electron/storage/project-store.ts'
import {
  acceptDeclaration,
  answerHistory,
  countAnswers,
  findAnswer,
  openSheetRevision,
  readSheetParts,
  readSheetWork,
  removeNonconformity,
  saveAnswer,
  saveMeetings,
  saveNonconformity,
  saveSection,
  saveWitnessTests,
  sealSheetWork,
} from '../../../electron/storage/sheet-store.ts'
import { findDraft, listDrafts, removeDraft, saveDraft } from '../../../electron/storage/task-store.ts'
import {
  closeTeam,
  listDecisions,
  listExclusions,
  listMergedNonconformities,
  readTeamWork,
  reopenTeam,
  saveConfirmation,
  saveDecision,
  saveExclusion,
  saveMergedNonconformity,
  saveTeamText,
} from '../../../electron/storage/team-store.ts'
import {
  HASH,
  PROJECT,
  TASK,
  answer,
  at,
  done,
  media,
  nonconformity,
  stamp,
  tempStore,
} from '../../support/storage-factories.ts'

const withSheet = () => {
  const temp = tempStore()
  temp.change((tx) => acceptDeclaration(tx, stamp(), TASK, '本人声明'))
  return temp
}

describe('sheet', () => {
  test('an answer, its history and its log line are saved together, or none of them', () => {
    const { store, change } = withSheet()
    change((tx) => saveAnswer(tx, stamp(1), TASK, 'q1', answer('q1')))
    change((tx) => saveAnswer(tx, stamp(2), TASK, 'q1', answer('q1', { value: 'b', updatedAt: at(2) })))
    const before = logHead(store, TASK)
    expect(() =>
      write(store, (tx) => {
        saveAnswer(tx, stamp(3), TASK, 'q1', answer('q1', { value: 'c' }))
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    expect(findAnswer(store, TASK, 'q1')?.value).toBe('b')
    expect(logHead(store, TASK)).toEqual(before)
    change((tx) => saveAnswer(tx, stamp(4), TASK, 'q1', null))
    expect(findAnswer(store, TASK, 'q1')).toBeNull()
    expect(
      answerHistory(store, TASK, 'q1').map((h) => [h.at, h.before?.value ?? null, h.after?.value ?? null]),
    ).toEqual([
      [at(1), null, 'a'],
      [at(2), 'a', 'b'],
      [at(4), 'b', null],
    ])
    expect(countAnswers(store, TASK, [{ id: 'q1' }])).toBe(0)
  })

  test('nothing can be saved before the declaration, nor after sealing, until a revision is opened', () => {
    const { store, change } = tempStore()
    const save = () => write(store, (tx) => saveAnswer(tx, stamp(), TASK, 'q1', answer('q1')))
    expect(save()).toMatchObject({ failure: { code: 'notFound' } })
    change((tx) => acceptDeclaration(tx, stamp(), TASK, 'x'))
    expect(save().ok).toBe(true)
    change((tx) => sealSheetWork(tx, TASK))
    for (const refused of [
      save(),
      write(store, (tx) => saveNonconformity(tx, stamp(), TASK, nonconformity('n1'))),
      write(store, (tx) => addMedia(tx, stamp(), TASK, media(HASH(1)))),
      write(store, (tx) => acceptDeclaration(tx, stamp(), TASK, 'y')),
      write(store, (tx) => sealSheetWork(tx, TASK)),
    ]) {
      expect(refused).toMatchObject({ failure: { code: 'sealed' } })
    }
    change((tx) => openSheetRevision(tx, stamp(), TASK, '笔误'))
    expect(save().ok).toBe(true)
    expect(readSheetWork(store, TASK)).toMatchObject({
      revision: 2,
      reason: '笔误',
      state: 'open',
      declaration: { text: 'x' },
    })
    expect(write(store, (tx) => openSheetRevision(tx, stamp(), TASK, 'z'))).toMatchObject({
      failure: { code: 'stale' },
    })
  })

  test('every part comes back as it was written, in a fixed order', () => {
    const { store, change } = withSheet()
    const meeting = {
      kind: 'opening' as const,
      at: at(5),
      place: '会议室',
      clockNote: '',
      media: [HASH(9)],
      minutes: '一\n二',
      attendance: [{ name: '李', post: '厂长', side: 'enterprise' as const }],
    }
    const witness = { item: 'q2', what: '称量', method: '', result: '合格', media: [] }
    const section = { section: 's1', facts: '事实', strengths: '', gaps: '', suggestions: '' }
    change((tx) => saveNonconformity(tx, stamp(), TASK, nonconformity('n2', { item: 'q1', media: [HASH(1)] })))
    change((tx) => saveNonconformity(tx, stamp(), TASK, nonconformity('n1')))
    change((tx) => saveMeetings(tx, stamp(), TASK, [meeting, { ...meeting, kind: 'closing' }]))
    change((tx) => saveMeetings(tx, stamp(), TASK, [{ ...meeting, kind: 'team' }, meeting]))
    change((tx) => saveWitnessTests(tx, stamp(), TASK, [witness, { ...witness, item: 'q1' }]))
    change((tx) => saveSection(tx, stamp(), TASK, section))
    change((tx) => saveAnswer(tx, stamp(), TASK, 'q2', answer('q2')))
    change((tx) => saveAnswer(tx, stamp(), TASK, 'q1', answer('q1')))
    expect(readSheetParts(store, TASK)).toEqual({
      answers: [answer('q1'), answer('q2')],
      sections: [section],
      carryOver: [],
      witnessTests: [witness, { ...witness, item: 'q1' }],
      nonconformities: [nonconformity('n1'), nonconformity('n2', { item: 'q1', media: [HASH(1)] })],
      meetings: [{ ...meeting, kind: 'team' }, meeting],
    })
    change((tx) => removeNonconformity(tx, stamp(), TASK, 'n1'))
    expect(write(store, (tx) => removeNonconformity(tx, stamp(), TASK, 'n1'))).toMatchObject({
      failure: { code: 'notFound' },
    })
  })
})

describe('log', () => {
  test('is a chain any reader of packages accepts, and cannot be changed or cut', () => {
    const { store, change, paths } = withSheet()
    change((tx) => saveAnswer(tx, stamp(1), TASK, 'q1', answer('q1')))
    change((tx) => saveAnswer(tx, stamp(2), TASK, 'q1', answer('q1', { note: '长'.repeat(300) })))
    const checked = checkLog(logBytes(logLines(store, TASK)), sha256)
    if (!checked.ok) throw new Error(checked.code)
    expect(checked.head).toEqual(logHead(store, TASK))
    expect(checked.lines.map((l) => [l.action, l.object, l.device])).toEqual([
      ['chainStarted', TASK, 'device-1'],
      ['declarationAccepted', TASK, 'device-1'],
      ['answerSet', 'q1', 'device-1'],
      ['answerSet', 'q1', 'device-1'],
    ])
    expect(checked.lines[3]?.after).toEqual({ h: sha256(jcsBytes(answer('q1', { note: '长'.repeat(300) }))) })

    const raw = new Database(paths.database)
    for (const table of ['log_line', 'answer_history']) {
      expect(() => raw.exec(`DELETE FROM ${table}`), table).toThrow('insert only')
      expect(() => raw.exec(`UPDATE ${table} SET taskId = 'x'`), table).toThrow('insert only')
    }
    expect(() => raw.exec('DELETE FROM nonconformity')).not.toThrow()
    raw.close()
  })

  test('goes on from the old chain when the data came to another device', () => {
    const { store, change } = withSheet()
    const old = logHead(store, TASK)
    change(done((tx) => writeMeta(tx, 'deviceId', 'device-2')))
    expect(deviceIdOf(store)).toBe('device-2')
    change((tx) => saveAnswer(tx, stamp(1), TASK, 'q1', answer('q1')))
    const checked = checkLog(logBytes(logLines(store, TASK)), sha256)
    if (!checked.ok) throw new Error(checked.code)
    expect(checked.lines.map((l) => [l.n, l.action, l.object, l.device])).toEqual([
      [1, 'chainStarted', old.sha256, 'device-2'],
      [2, 'answerSet', 'q1', 'device-2'],
    ])
  })

  test('notices a clock that ran back, not one that was put right by a minute', () => {
    const { store, change } = withSheet()
    const write1 = (n: number) =>
      change(
        done((tx) =>
          record(tx, stamp(n), { taskId: TASK, action: 'exported', object: 'x', before: null, after: null }),
        ),
      )
    write1(600)
    write1(540)
    expect(readMeta(store, 'rollbackSeen')).toBeNull()
    write1(400)
    expect(readMeta(store, 'rollbackSeen')).toBe('yes')
  })
})

describe('evidence rows', () => {
  test('come back as written; changed, discarded, taken back, withdrawn', () => {
    const { store, change } = withSheet()
    change((tx) => addMedia(tx, stamp(), TASK, media(HASH(2))))
    change((tx) => addMedia(tx, stamp(), TASK, media(HASH(1), { gps: null, width: null })))
    expect(listMedia(store, TASK)).toEqual([media(HASH(1), { gps: null, width: null }), media(HASH(2))])
    expect(Object.keys(mediaDocument(media(HASH(1))))).not.toContain('crc32')
    expect(write(store, (tx) => addMedia(tx, stamp(), TASK, media(HASH(1))))).toMatchObject({
      failure: { code: 'alreadyExists' },
    })
    change((tx) => updateMedia(tx, stamp(), TASK, HASH(1), { caption: '铭牌', items: [], inReport: false }))
    change((tx) => discardMedia(tx, stamp(7), TASK, HASH(1), true))
    expect(findMedia(store, TASK, HASH(1))).toMatchObject({
      caption: '铭牌',
      items: [],
      discardedAt: at(7),
      crc32: 4_294_967_295,
    })
    change((tx) => discardMedia(tx, stamp(8), TASK, HASH(1), false))
    expect(findMedia(store, TASK, HASH(1))?.discardedAt).toBeNull()
    change((tx) => discardMedia(tx, stamp(9), TASK, HASH(2), true))
    change(done((tx) => purgeDiscarded(tx, at(9))))
    expect(neededFiles(store)).toEqual([HASH(1), HASH(2)])
    change(done((tx) => purgeDiscarded(tx, at(10))))
    expect(neededFiles(store)).toEqual([HASH(1)])
    change((tx) => withdrawMedia(tx, stamp(11), TASK, HASH(1), '涉及配方'))
    expect(write(store, (tx) => addMedia(tx, stamp(), TASK, media(HASH(1))))).toMatchObject({
      failure: { code: 'notPermitted' },
    })
    expect([listMedia(store, TASK), listWithdrawn(store, TASK)]).toEqual([
      [],
      [{ sha256: HASH(1), reason: '涉及配方', at: at(11) }],
    ])
  })
})

describe('projects', () => {
  const project: Project = {
    projectId: PROJECT,
    name: '项目',
    rootKeyId: HASH(1),
    rootSpki: 'AA==',
    isRoot: true,
    centreUrl: null,
    centreKeyId: null,
    clockOffsetMs: null,
    createdAt: at(0),
  }
  const roster = (rosterSeq: number, name = 'r') => {
    const value = {
      type: 'urn:youpin-onsite:roster' as const,
      version: 1 as const,
      projectId: PROJECT,
      rosterSeq,
      prev: null,
      issuedAt: at(0),
      members: [],
      rootNext: null,
    }
    return { doc: jcsBytes({ ...value, name }), sig: new Uint8Array(64), roster: value }
  }

  test('pin one root, keep the newest roster', () => {
    const { store, change } = tempStore()
    change((tx) => addProject(tx, project))
    expect(write(store, (tx) => addProject(tx, project))).toMatchObject({ failure: { code: 'alreadyExists' } })
    expect(write(store, (tx) => addProject(tx, { ...project, rootKeyId: HASH(2) }))).toMatchObject({
      failure: { code: 'rootConflict' },
    })
    change((tx) => updateProject(tx, PROJECT, { centreUrl: 'https://centre.example', clockOffsetMs: -5 }))
    expect(findProject(store, PROJECT)).toEqual({ ...project, centreUrl: 'https://centre.example', clockOffsetMs: -5 })
    change((tx) => addRoster(tx, roster(2), at(1)))
    change((tx) => addRoster(tx, roster(2), at(2)))
    for (const old of [roster(1), roster(2, 'another')]) {
      expect(write(store, (tx) => addRoster(tx, old, at(3)))).toMatchObject({ failure: { code: 'rosterOld' } })
    }
    change((tx) => addRoster(tx, roster(3), at(4)))
    expect(newestRoster(store, PROJECT)?.roster.rosterSeq).toBe(3)
  })
})

describe('task drafts', () => {
  test('half-filled work is kept and can be thrown away', () => {
    const { store, change } = tempStore()
    const draft = (draftId: string) =>
      ({ draftId, projectId: PROJECT, templateSha256: HASH(1), content: { number: '' } }) as unknown as TaskDraft
    change(done((tx) => saveDraft(tx, draft('a'), at(1))))
    change(done((tx) => saveDraft(tx, draft('b'), at(2))))
    change(done((tx) => saveDraft(tx, draft('a'), at(3))))
    expect(listDrafts(store).map((d) => [d.draft.draftId, d.updatedAt])).toEqual([
      ['a', at(3)],
      ['b', at(2)],
    ])
    change((tx) => removeDraft(tx, 'a'))
    expect(findDraft(store, 'a')).toBeNull()
    expect(write(store, (tx) => removeDraft(tx, 'a'))).toMatchObject({ failure: { code: 'notFound' } })
  })
})

describe('team', () => {
  const decision = (item: string): Decision => ({
    item,
    outcome: 'value',
    value: 5,
    score: 5,
    reason: '合议',
    dissent: [],
    votes: [],
    basis: HASH(1),
    decidedAt: at(1),
  })
  const merged: MergedNonconformity = {
    ...nonconformity('n1'),
    sources: [{ digest: HASH(1), id: 'n1' }],
    deadline: null,
    verify: 'onsite',
    history: [{ state: 'opened', at: at(1), by: '组长', note: '', media: [] }],
  }
  const confirmation = {
    statement: 'agree' as const,
    text: '',
    representative: '王',
    post: '',
    at: at(2),
    witnesses: [],
  }

  test('what was settled comes back; a closed result refuses changes until it is reopened', () => {
    const { store, change } = tempStore()
    expect(readTeamWork(store, TASK)).toMatchObject({ revision: 1, state: 'open', text: null })
    change((tx) => saveDecision(tx, stamp(), TASK, 'q2', decision('q2')))
    change((tx) => saveDecision(tx, stamp(), TASK, 'q1', decision('q1')))
    change((tx) => saveDecision(tx, stamp(), TASK, 'q2', null))
    change((tx) => saveExclusion(tx, stamp(), TASK, 'e2', { personId: 'e2', sheet: null, reason: '回避' }))
    change((tx) => saveMergedNonconformity(tx, stamp(), TASK, merged))
    change((tx) => saveConfirmation(tx, stamp(), TASK, confirmation))
    expect(listDecisions(store, TASK)).toEqual([decision('q1')])
    expect(listExclusions(store, TASK)).toEqual([{ personId: 'e2', sheet: null, reason: '回避' }])
    expect(listMergedNonconformities(store, TASK)).toEqual([merged])
    change((tx) => closeTeam(tx, stamp(), TASK))
    const text = {
      sections: [],
      strengths: ['好'],
      suggestions: [],
      carryOver: [],
      witnessTests: [],
      meetings: [],
      sampling: '',
      distribution: [],
    }
    for (const refused of [
      write(store, (tx) => saveTeamText(tx, stamp(), TASK, text)),
      write(store, (tx) => saveDecision(tx, stamp(), TASK, 'q1', null)),
      write(store, (tx) => closeTeam(tx, stamp(), TASK)),
    ]) {
      expect(refused).toMatchObject({ failure: { code: 'closed' } })
    }
    change((tx) => reopenTeam(tx, stamp(), TASK, '更正'))
    change((tx) => saveTeamText(tx, stamp(), TASK, text))
    expect(readTeamWork(store, TASK)).toEqual({
      revision: 2,
      changeNote: '更正',
      state: 'open',
      text,
      conclusion: null,
      confirmation: null,
    })
    expect(checkLog(logBytes(logLines(store, TASK)), sha256).ok).toBe(true)
  })
})
