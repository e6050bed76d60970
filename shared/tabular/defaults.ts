import type { Item } from '../domain/template.ts'
import { id as idSchema } from '../domain/text.ts'

/** Nothing is demanded. */
export const NO_DEMAND: Item['demand'] = {
  minPhotos: 0,
  minSamples: 0,
  noteAtOrBelow_bp: null,
  noteAtFull: false,
  evidenceAtOrBelow_bp: null,
  evidenceAtFull: false,
  perExpert: false,
}

/** Makes ids that are free: the wanted one where it may be used, else one made of a code or a number. */
export function idMaker(prefix: string): (wanted: string, code: string) => { id: string; isWanted: boolean } {
  const used = new Set<string>()
  const take = (id: string, isWanted: boolean) => {
    used.add(id)
    return { id, isWanted }
  }
  return (wanted, code) => {
    if (idSchema.safeParse(wanted).success && !used.has(wanted)) return take(wanted, true)
    const base = code
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replaceAll(/^[._-]+|-+$/g, '')
    if (base !== '' && base.length <= 28 && !used.has(base)) return take(base, false)
    for (let n = 1; ; n++) {
      const free = `${base !== '' && base.length <= 24 ? `${base}-` : prefix}${n}`
      if (!used.has(free)) return take(free, false)
    }
  }
}
