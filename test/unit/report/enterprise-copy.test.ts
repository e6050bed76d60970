import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import type { Media } from '../../../shared/domain/sheet.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import { writeCopies } from '../../support/all-exports.ts'
import { pdfjsRead } from '../../support/pdf-readers.ts'
import { mediaOf, reportWorld, sha256, type ReportWorld } from '../../support/report-world.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { officeTexts } from '../../support/xml-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'privacy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the lead's own copy tells and the enterprise must not learn: a word for each place it can stand in. */
const SECRETS = {
  covertTitle: 'SECRETQ01',
  covertCode: 'SECRETQ02',
  covertFacts: 'SECRETQ03',
  covertCaption: 'SECRETQ04',
  covertRegistry: 'SECRETQ05',
  covertTest: 'SECRETQ06',
  covertDecision: 'SECRETQ07',
  decisionReason: 'SECRETQ08',
  dissent: 'SECRETQ09',
  declaration: 'SECRETQ10',
  personName: 'SECRETQ11',
  answerReason: 'SECRETQ12',
  conclusionReason: 'SECRETQ13',
  opinion: 'SECRETQ14',
  excluded: 'SECRETQ15',
  mergeNote: 'SECRETQ16',
  teamMinutes: 'SECRETQ17',
  teamScan: 'SECRETQ18',
  teamPlace: 'SECRETQ19',
  fileName: 'SECRETQ20',
  withdrawn: 'SECRETQ21',
  revision: 'SECRETQ22',
  proxyScan: 'SECRETQ23',
  device: 'SECRETQ24',
  covertSample: 'SECRETQ25',
  covertScan: 'SECRETQ26',
}
const PLACE = /41\.80000|123\.40000|418000000/

/** The sample visit with one mystery visit and every secret in its place; whose photos and scans have a position inside. */
async function planted(): Promise<{ world: ReportWorld; told: string }> {
  const world = await reportWorld(join(folder, 'photos'), 0)
  const { template, task, result } = world
  const [covert, open] = template.sections.flatMap((s) => s.items).filter((i) => i.full_cp !== null)
  if (!covert || !open) throw new Error('no items')
  const photos = new Map<string, string>()
  const add = async (caption: string, items: string[], over: Partial<Media> = {}): Promise<Media> => {
    const bytes = await makePhoto(photos.size, { width: 320, height: 240, gps: { lat: 41.8, lon: 123.4 } })
    const path = join(folder, 'photos', `${photos.size}-SECRETQ20.jpg`)
    writeFileSync(path, bytes)
    photos.set(sha256(bytes), path)
    return mediaOf(bytes, items, caption, { name: SECRETS.fileName, device: SECRETS.device, ...over })
  }
  const shown = await add('told in every copy', [open.id, covert.id])
  const ofCovert = await add(SECRETS.covertCaption, [covert.id])
  const ofTeam = await add(SECRETS.teamScan, [])
  const ofProxy = await add(SECRETS.proxyScan, [])
  const ofTest = await add(SECRETS.covertScan, [])
  const hidden = { zh: SECRETS.covertTitle, en: SECRETS.covertTitle }
  const team = task.team.map((m) => ({ ...m, name: `${SECRETS.personName}${m.name}` }))
  const minutes = { clockNote: '', attendance: [], place: SECRETS.teamPlace, minutes: SECRETS.teamMinutes }
  const meeting = { kind: 'team' as const, at: '2026-11-24T09:00:00.000Z', media: [ofTeam.sha256], ...minutes }
  const covertTest = { item: covert.id, what: SECRETS.covertTest, method: '', result: '', media: [ofTest.sha256] }
  const vote = team.map((m) => ({ personId: m.personId, vote: 'against' as const }))
  const decision = (item: string, reason: string) => ({
    item,
    outcome: 'value' as const,
    value: null,
    score: 0,
    reason,
    dissent: [{ personId: team[0]?.personId ?? '', text: SECRETS.dissent }],
    votes: vote,
    basis: '0'.repeat(64),
    decidedAt: '2026-11-25T08:00:00.000Z',
  })
  const sheets = world.sheets.map(({ digest, sheet }, n) => ({
    digest,
    sheet: {
      ...sheet,
      expert: { ...sheet.expert, name: `${SECRETS.personName}${sheet.expert.name}` },
      revision: 2,
      reason: SECRETS.revision,
      declaration: { ...sheet.declaration, text: SECRETS.declaration },
      proxy:
        n === 0
          ? { enteredBy: sheet.expert.personId, checkedBy: sheet.expert.personId, scans: [ofProxy.sha256] }
          : null,
      answers: sheet.answers.map((a) => ({
        ...a,
        reason: SECRETS.answerReason,
        ...(a.item === covert.id
          ? {
              facts: SECRETS.covertFacts,
              note: SECRETS.covertFacts,
              media: [ofCovert.sha256],
              samples: [{ population: SECRETS.covertSample, how: '', id: '', result: '', media: [] }],
            }
          : {}),
      })),
      meetings: [...sheet.meetings, meeting],
      witnessTests: [...sheet.witnessTests, covertTest],
      withdrawn: [{ sha256: 'e'.repeat(64), reason: SECRETS.withdrawn, at: '2026-11-24T09:00:00.000Z' }],
      media: n === 0 ? [shown, ofCovert, ofTeam, ofProxy, ofTest] : [],
    },
  }))
  const changed: ReportWorld = {
    ...world,
    template: {
      ...template,
      sections: template.sections.map((s) => ({
        ...s,
        items: s.items.map((i) =>
          i.id === covert.id
            ? {
                ...i,
                code: SECRETS.covertCode,
                title: hidden,
                basis: SECRETS.covertTitle,
                evidence: hidden,
                guidance: hidden,
                methods: ['covert'],
              }
            : i,
        ),
      })),
    },
    task: {
      ...task,
      team,
      prefill: {
        ...task.prefill,
        registry: [
          { item: covert.id, finding: SECRETS.covertRegistry, source: SECRETS.covertRegistry, at: '2026-11-01' },
        ],
        selfScores: [{ item: covert.id, score: 1 }],
      },
    },
    sheets,
    result: {
      ...result,
      inputs: {
        ...result.inputs,
        sheets: result.inputs.sheets.map((s) => ({ ...s, revision: 2 })),
        excluded: [{ personId: 'nobody', sheet: null, reason: SECRETS.excluded }],
        decisions: [decision(covert.id, SECRETS.covertDecision), decision(open.id, SECRETS.decisionReason)],
        conclusion: {
          ...result.inputs.conclusion,
          reason: SECRETS.conclusionReason,
          opinion: SECRETS.opinion,
          votes: vote,
        },
      },
      merge: {
        ...result.merge,
        items: result.merge.items.map((m) => ({
          ...m,
          decided: m.item === open.id || m.item === covert.id,
          notes: [SECRETS.mergeNote],
        })),
      },
      text: {
        ...result.text,
        meetings: [...result.text.meetings, meeting],
        witnessTests: [...result.text.witnessTests, covertTest],
      },
    },
    photo: (hash) => photos.get(hash) ?? null,
  }
  return { world: changed, told: shown.caption }
}

/** Every stream of a PDF as it is written, unpacked where it is packed, with texts of two bytes a character made plain. */
function insidePdf(bytes: Buffer): string {
  const parts = [bytes.toString('latin1')]
  for (const [whole, packed = ''] of bytes.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    if (whole.includes('\xff\xd8\xff')) continue
    try {
      parts.push(inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))
    } catch {
      // Not packed: it stands in the whole already.
    }
  }
  const all = parts.join('\n')
  const spelt = all.replaceAll(/<((?:[0-9a-fA-F]{4})+)>/g, (_, hex: string) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  )
  return `${all}\n${spelt}`.replaceAll('\0', '')
}

/** Everything a copy holds, in whatever form, and its pictures. */
async function contentsOf(files: { pdf: string; docx: string; zip: string }) {
  const texts: string[] = []
  const pictures: Buffer[] = []
  const open = (name: string, bytes: Uint8Array) => {
    texts.push(name)
    if (/\.jpe?g$/.test(name)) pictures.push(Buffer.from(bytes))
    else if (name.endsWith('.pdf')) texts.push(insidePdf(Buffer.from(bytes)))
    else texts.push(Buffer.from(bytes).toString('utf8'))
  }
  for (const path of [files.docx, files.zip])
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path)))) open(name, bytes)
  texts.push(...officeTexts(readFileSync(files.docx)))
  const pdf = readFileSync(files.pdf)
  open('report.pdf', pdf)
  const { pages, outline, title } = await pdfjsRead(files.pdf)
  texts.push(...pages, ...outline.map((o) => o.title), title)
  return { text: texts.join('\n'), pictures, pdf }
}

test('the copy for the enterprise holds no secret in any format; the archive holds them', async () => {
  const { world, told } = await planted()
  const read = async (profile: ProfileName) => {
    const own = join(folder, profile)
    mkdirSync(own)
    return await contentsOf(await writeCopies(world, profile, own))
  }
  const [archive, enterprise] = [await read('archive'), await read('enterprise')]
  expect(enterprise.text).toContain(told)
  const found = ({ text }: { text: string }) =>
    Object.entries(SECRETS).flatMap(([what, word]) => (text.includes(word) ? [what] : []))
  expect(found(enterprise)).toEqual([])
  // The control: whoever may know all of it finds all but what no report prints.
  const unprinted = ['covertFacts', 'answerReason', 'mergeNote', 'withdrawn', 'device']
  expect(found(archive)).toEqual(Object.keys(SECRETS).filter((what) => !unprinted.includes(what)))

  for (const path of [folder, tmpdir(), process.cwd(), process.env.HOME ?? '/root'])
    for (const { text } of [archive, enterprise]) expect(text).not.toContain(path)
  expect(enterprise.text).not.toMatch(PLACE)
  expect(archive.text).toMatch(PLACE)
  expect(enterprise.pictures.length).toBeGreaterThan(2)
  for (const picture of enterprise.pictures) {
    const { exif, xmp, iptc } = await sharp(picture).metadata()
    expect([exif?.includes('GPS') ?? false, xmp, iptc]).toEqual([false, undefined, undefined])
    expect(exif?.length ?? 0).toBeLessThan(60)
  }
  const cameras = (picture: Buffer) => picture.includes('Exif') && picture.length > 0
  expect(archive.pictures.some(cameras)).toBe(true)
  for (const { pdf } of [archive, enterprise]) expect(pdf.includes('Exif\0')).toBe(false)
})
