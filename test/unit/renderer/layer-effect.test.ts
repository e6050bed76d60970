import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layerEffect } from '../../../renderer/features/templates/layer/effect.ts'
import { parseAddOn, applyLayer } from '../../../shared/domain/layers.ts'
import { parseTemplate, type Template } from '../../../shared/domain/template.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const industrial = parseTemplate(read('assets/templates/industrial.json'))
const food = parseAddOn(read('assets/add-ons/food.json'))
if (!industrial.ok || !food.ok) throw new Error('samples do not parse')
const base: Template = industrial.value
const layered = applyLayer(base, food.value, () => 'a'.repeat(64))

test('what food takes from the industrial checklist is what its items are worth', () => {
  if (!layered.ok) throw new Error('layers conflict')
  const effect = layerEffect(base, layered.template)
  expect(effect.moves.map(({ item }) => item.id)).toEqual(food.value.moves.map(({ item }) => item))
  expect(effect.given_cp).toBe(10_000)
  expect(effect.taken_cp).toBe(10_000)
  expect(effect.total).toEqual({ before_cp: 100_000, after_cp: 100_000 })
  expect(effect.added.map(({ section, isNew, items }) => [section.id, isNew, items.length])).toEqual([
    ['s0', false, 1],
    ['s11', true, 8],
  ])
})

test('nothing is moved or added between a checklist and itself', () => {
  expect(layerEffect(base, base)).toMatchObject({ moves: [], added: [], given_cp: 0, taken_cp: 0 })
})
