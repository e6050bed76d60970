import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportTemplateOf } from '../../electron/report/report-templates.ts'
import type { MergedNonconformity, Result } from '../../shared/domain/result.ts'
import type { Media, Sheet } from '../../shared/domain/sheet.ts'
import { assignedItems, type Task } from '../../shared/domain/task.ts'
import { isScored, templateItems, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { signedContent } from '../../shared/package/payload.ts'
import type { ReportInput, ReportSheet } from '../../shared/report/context.ts'
import { basisOf } from '../../shared/scoring/decision.ts'
import { mergeSheets } from '../../shared/scoring/merge.ts'
import { sheetTotals } from '../../shared/scoring/totals.ts'
import { sampleDecisions, sampleSheet } from './sample-answers.ts'
import { makePhoto, type PhotoOptions } from './sample-photos.ts'
import { industrialTemplate, sampleTask } from './sample-task.ts'

const START = '2026-11-24T01:00:00.000Z'
const ISSUED = '2026-11-25T08:30:00.000Z'
const CLOSED = '2026-11-25T08:00:00.000Z'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const hashOf = (document: unknown): string => sha256(jcsBytes(document))

export type ReportWorld = Omit<ReportInput, 'profile' | 'language'> & { photo: (sha256: string) => string | null }

const CAPTIONS = [
  '装配车间 3 号线首检记录与实物',
  '出厂检验台，耐压测试仪 NY-07 校准标签',
  '关键原辅料仓库，批次标识',
  '样品铭牌与说明书比对',
  '',
]

/** The whole sample visit: five experts, the industrial checklist, decisions, a closed merge, `photos` pictures on disk. */
export async function reportWorld(folder: string, photos = 6): Promise<ReportWorld> {
  const template = industrialTemplate()
  const task = sampleTask({
    projectId: '00000000-0000-7000-8000-000000000001',
    taskId: '00000000-0000-7000-8000-000000000002',
    templateSha256: hashOf(template),
    issuedAt: '2026-11-20T02:00:00.000Z',
  })
  const pictures = await takePhotos(folder, template, photos)
  const sheets = task.team.flatMap((m) =>
    assignedItems(m, template).length > 0 ? [sheetFor(task, template, m.personId, pictures)] : [],
  )
  const result = settle(task, template, sheets)
  const files = new Map(pictures.map((p) => [p.media.sha256, p.path]))
  return {
    task,
    template,
    sheets,
    result,
    contentSha256: hashOf(signedContent(result)),
    words: reportTemplateOf(join(import.meta.dirname, '..', '..', 'assets'), task.category),
    photo: (hash) => files.get(hash) ?? null,
  }
}

type Picture = { media: Media; path: string; takenBy: number }

async function takePhotos(folder: string, template: Template, count: number): Promise<Picture[]> {
  const items = templateItems(template).filter(isScored)
  mkdirSync(folder, { recursive: true })
  const taken: Picture[] = []
  for (let n = 0; n < count; n++) {
    const orientation = ([1, 6, 1, 3, 8] as const)[n % 5] ?? 1
    const isTall = orientation === 6 || orientation === 8
    const options: Partial<PhotoOptions> = {
      orientation,
      width: isTall ? 1200 : 1600,
      height: isTall ? 1600 : 1200,
      gps: { lat: 41.8, lon: 123.4 },
    }
    const bytes = await makePhoto(n + 1, options)
    const path = join(folder, `${sha256(bytes)}.jpg`)
    writeFileSync(path, bytes)
    const item = items[(n * 7) % items.length]
    taken.push({
      path,
      takenBy: n % 5,
      media: mediaOf(bytes, item ? [item.id] : [], CAPTIONS[n % CAPTIONS.length] ?? ''),
    })
  }
  return taken
}

export const mediaOf = (bytes: Uint8Array, items: string[], caption: string, over: Partial<Media> = {}): Media => ({
  sha256: sha256(bytes),
  ext: 'jpg',
  size: bytes.length,
  width: 1600,
  height: 1200,
  exifAt: '2026-11-24T09:30:00',
  exifOffset: '+08:00',
  fileAt: null,
  importedAt: '2026-11-24T02:10:00.000Z',
  road: 'camera',
  device: 'ONSITE-1',
  gps: { lat_e7: 418_000_000, lon_e7: 1_234_000_000 },
  caption,
  items,
  name: 'IMG_0001.JPG',
  inReport: true,
  derivedFrom: null,
  ...over,
})

function sheetFor(task: Task, template: Template, personId: string, pictures: readonly Picture[]): ReportSheet {
  const order = task.team.findIndex((m) => m.personId === personId)
  const member = task.team[order]
  if (!member) throw new Error(personId)
  const mine = pictures.filter((p) => p.takenBy === order).map((p) => p.media)
  const work = sampleSheet({
    task,
    template,
    personId,
    at: START,
    mediaOf: (item) => mine.filter((m) => m.items.includes(item)).map((m) => m.sha256),
  })
  const sheet: Sheet = {
    type: 'urn:youpin-onsite:sheet',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: hashOf(task),
    templateSha256: task.templateSha256,
    expert: { personId, name: member.name },
    revision: 1,
    reason: '',
    declaration: { text: template.declarations.map((d) => d.zh).join('\n'), acceptedAt: START },
    proxy: null,
    ...work,
    media: mine.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    withdrawn: [],
    totals: sheetTotals(template, member, work.answers),
  }
  return { digest: hashOf({ package: hashOf(sheet) }), sheet }
}

function settle(task: Task, template: Template, sheets: readonly ReportSheet[]): Result {
  const nonconformities = sheets.flatMap(({ digest, sheet }) =>
    sheet.nonconformities.map((n): MergedNonconformity => ({
      ...n,
      state: 'confirmed',
      sources: [{ digest, id: n.id }],
      deadline: '2026-12-16',
      verify: n.kind === 'major' ? 'onsite' : 'document',
      history: [{ state: 'confirmed', at: CLOSED, by: sheet.expert.name, note: '企业代表现场确认', media: [] }],
    })),
  )
  const hash = sha256
  const before = mergeSheets({ task, template, sheets, inputs: { excluded: [], decisions: [], nonconformities }, hash })
  const basis = (item: string): string =>
    basisOf(item, before.merge.items.find((m) => m.item === item)?.answers ?? [], hash)
  const decisions = sampleDecisions({ task, template, basisOf: basis, at: CLOSED })
  const { merge } = mergeSheets({ task, template, sheets, inputs: { excluded: [], decisions, nonconformities }, hash })
  if (merge.status !== 'closed') throw new Error('the sample merge is open')
  const all = sheets.map((s) => s.sheet)
  return {
    type: 'urn:youpin-onsite:result',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: hashOf(task),
    templateSha256: task.templateSha256,
    revision: 1,
    reportNumber: task.reportNumber,
    issuedAt: ISSUED,
    inputs: {
      sheets: sheets
        .map((s) => ({
          digest: s.digest,
          sheetSha256: hashOf(s.sheet),
          personId: s.sheet.expert.personId,
          revision: 1,
        }))
        .toSorted((a, b) => (a.digest < b.digest ? -1 : 1)),
      excluded: [],
      decisions,
      nonconformities,
      conclusion: {
        chosen: merge.conclusion.computed,
        reason: '总得分率达到推荐线以上，但存在未关闭的一般不符合项，按规则应在整改验证后推荐。',
        votes: task.team
          .filter((m) => m.role !== 'observer')
          .map((m) => ({ personId: m.personId, vote: 'for' as const })),
        opinion:
          '评价组认为该企业质量管理基础扎实，核心指标达到行业先进水平；建议在完成不符合项整改并经书面验证后，提请主办单位审议。',
      },
    },
    merge,
    text: {
      sections: template.sections.flatMap((s) =>
        all.flatMap((x) => x.sections.filter((t) => t.section === s.id)).slice(0, 1),
      ),
      strengths: [
        '执行标准核心指标全部优于国家标准，密封试验泄漏率由 0.5% 收紧到 0.1%，并有第三方报告佐证。',
        '出厂检验自主完成，设备校准与期间核查记录完整。',
        '关键原辅料实行批次追溯，30 min 内可从成品追到供应商批号。',
      ],
      suggestions: ['对供应商的现场审核频次由每三年一次提高到每年一次。', '把顾客投诉的“8D”报告与设计变更关联起来。'],
      carryOver: all.flatMap((x) => x.carryOver),
      witnessTests: all.flatMap((x) => x.witnessTests),
      meetings: all.flatMap((x) => x.meetings),
      sampling: '抽取近 12 个月生产批次 3 批、型号 2 个。',
      distribution: ['主办单位（委员会版）', '评价组（归档版）', '企业（企业反馈版）'],
    },
    closing: null,
  }
}
