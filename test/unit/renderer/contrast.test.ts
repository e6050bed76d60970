import { expect, test } from 'vitest'
import { darkTheme, lightTheme } from '../../../renderer/ui/theme/seeds.ts'

/** WCAG 2 contrast of two `#rrggbb` colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('contrast is the one of WCAG', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(contrast('#0b8a8f', '#ffffff')).toBeCloseTo(4.16, 1)
})

test('a filled button is readable at rest, under the pointer and pressed', () => {
  const { colorPrimary, colorPrimaryHover, colorPrimaryActive, colorError } = lightTheme.token
  for (const colour of [colorPrimary, colorPrimaryHover, colorPrimaryActive, colorError]) {
    expect(contrast(colour, '#ffffff'), colour).toBeGreaterThanOrEqual(4.5)
  }
  const { primaryColor, dangerColor } = darkTheme.components.Button
  expect(contrast(darkTheme.token.colorPrimary, primaryColor)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(darkTheme.token.colorError, dangerColor)).toBeGreaterThanOrEqual(4.5)
})
