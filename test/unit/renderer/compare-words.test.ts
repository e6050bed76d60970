import { expect, it } from 'vitest'
import { isSameIn } from '../../../renderer/features/templates/compare/field-words.ts'
import type { Shown } from '../../../shared/checklist/field-changes.ts'

const text = (zh: string, en: string): Shown => ({ kind: 'text', value: { zh, en } })

it('a text without English is not shown as nothing beside nothing', () => {
  expect(isSameIn('en', text('甲', ''), text('乙', ''))).toBe(true)
  expect(isSameIn('en', null, text('乙', ''))).toBe(true)
  expect(isSameIn('zh', text('甲', ''), text('乙', ''))).toBe(false)
  expect(isSameIn('en', text('甲', 'a'), text('乙', 'b'))).toBe(false)
  expect(isSameIn('zh', text('甲', 'a'), text('甲', 'b'))).toBe(true)
  expect(isSameIn('en', { kind: 'number', value: 1 }, { kind: 'number', value: 2 })).toBe(false)
})
