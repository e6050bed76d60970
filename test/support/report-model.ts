import { join } from 'node:path'
import type { Block, ReportModel } from '../../shared/report/model.ts'
import { checkCodeOf } from '../../shared/report/model.ts'
import { loadFaces } from '../../electron/report/pdf/faces.ts'

export const FONTS = join(import.meta.dirname, '..', '..', 'assets', 'fonts')
export const faces = () => loadFaces(FONTS)
const CONTENT = 'ab12cd34ef56'.padEnd(64, '0')

/** A report of just these blocks. */
export const modelOf = (blocks: Block[], over: Partial<ReportModel> = {}): ReportModel => ({
  language: 'zh',
  profile: 'archive',
  title: '现场评价报告',
  reportNumber: 'T-2026-01',
  checkCode: checkCodeOf(CONTENT),
  contentSha256: CONTENT,
  issuedAt: '2026-11-25T08:30:00.000Z',
  header: { left: '页眉', right: '归档版' },
  footer: { left: '报告编号 T-2026-01', page: '第 {page} 页  共 {pages} 页', right: `校验码 ${checkCodeOf(CONTENT)}` },
  blocks,
  ...over,
})

export const tableOf = (rows: string[][], titles = ['序号', '内容']): Block => ({
  kind: 'table',
  caption: '',
  dense: false,
  columns: titles.map((title, n) => ({ title, share: n === 0 ? 1 : 6, align: 'left' })),
  rows: rows.map((cells) => ({ kind: 'row', cells })),
})

export const photosOf = (hashes: string[]): Block => ({
  kind: 'photoSheet',
  missing: '没有照片',
  photos: hashes.map((sha256, n) => ({ sha256, figure: `图${n + 1}`, caption: '车间', lines: ['条目 1.1'] })),
})

/** Text without what line breaking and extraction may change. */
export const bare = (text: string): string => text.replaceAll(/[\s\u200b\ufeff\u0000-\u001f]+/gu, '')
