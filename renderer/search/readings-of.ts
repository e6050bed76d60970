import { pinyin } from 'pinyin-pro'

/** Readings without tones of each Chinese character, ü as v; other characters are left out. */
export function readingsOf(characters: Iterable<string>): Map<string, string[]> {
  const readings = new Map<string, string[]>()
  for (const character of characters) {
    if (!/\p{Script=Han}/u.test(character)) continue
    const all = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })
    readings.set(character, [...new Set(all)])
  }
  return readings
}
