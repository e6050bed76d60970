import { z } from 'zod'
import { freeText, id, uuid } from '../domain/text.ts'
import { DOCUMENT_KINDS, type DocumentKind, type Lack } from '../report/documents/kinds.ts'
import type { ReportModel } from '../report/model.ts'
import { ownWords, type OwnWords } from '../report/template.ts'
import { method, none, returns } from './method.ts'
import type { Exported } from './views.ts'

/** A separate document as the person may make it: `lacks` are left blank in it, or keep it from being made. */
export type DocumentCard = { kind: DocumentKind; isReady: boolean; lacks: Lack[] }

/** A phrase a person keeps to use again. */
export const phrase = z.strictObject({ id: uuid, text: freeText.min(1).max(2000) })
export type Phrase = z.infer<typeof phrase>

const DOCUMENT_CHOICES = [...DOCUMENT_KINDS, 'pack'] as const
export type DocumentChoice = (typeof DOCUMENT_CHOICES)[number]

/** Which document; `pocket` is for the pocket list only. */
const wantedDocument = z.strictObject({
  taskId: uuid,
  document: z.enum(DOCUMENT_CHOICES),
  language: z.enum(['zh', 'en']),
  pocket: z.strictObject({ sections: z.array(id).min(1).nullable(), ownPages: z.boolean(), hints: z.boolean() }),
})

/** Operations on separate documents and kept phrases. */
export const documentMethods = {
  'document.list': method(z.strictObject({ taskId: uuid }), returns<DocumentCard[]>()),
  /** One model, or those of the signing pack in order. */
  'document.models': method(wantedDocument, returns<ReportModel[]>()),
  'document.export': method(z.strictObject({ ...wantedDocument.shape, job: uuid }), returns<Exported | null>()),
  'document.words': method(none, returns<OwnWords>()),
  'document.saveWords': method(z.strictObject({ words: ownWords }), returns<{ savedAt: string }>()),
  'phrase.list': method(none, returns<Phrase[]>()),
  /** Keeps a new phrase or changes a kept one; answers all. */
  'phrase.save': method(z.strictObject({ phrase }), returns<Phrase[]>()),
  'phrase.remove': method(z.strictObject({ id: uuid }), returns<Phrase[]>()),
} as const
