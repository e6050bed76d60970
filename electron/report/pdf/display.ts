import type { Style } from './text.ts'

export type Color = readonly [number, number, number]

/** Marks on a page. Points from the top left corner; `y` of a text is its baseline. */
export type Mark =
  | {
      kind: 'text'
      x: number
      y: number
      text: string
      style: Style
      color: Color
      spacing: number
      isLatin: boolean
      /** Turned against the clock around its start, in radians; absent for none. */
      turn?: number
    }
  | {
      kind: 'box'
      x: number
      y: number
      width: number
      height: number
      fill: Color | null
      stroke: Color | null
      dashed: boolean
    }
  | { kind: 'rule'; x1: number; y1: number; x2: number; y2: number; weight: number; color: Color }
  /** Corners joined by straight lines. */
  | {
      kind: 'path'
      points: readonly [number, number][]
      closed: boolean
      fill: Color | null
      stroke: Color | null
      weight: number
      dashed: boolean
    }
  /** A dotted line that leads the eye to a page number. */
  | { kind: 'leader'; x1: number; x2: number; y: number; color: Color }
  /** A QR symbol: `side` × `side` squares, row by row. */
  | { kind: 'modules'; x: number; y: number; size: number; side: number; dark: readonly boolean[] }
  | { kind: 'photo'; x: number; y: number; width: number; height: number; sha256: string }
  /** Jumps to a heading, by its number in the outline. */
  | { kind: 'link'; x: number; y: number; width: number; height: number; heading: number }

export type Role =
  | 'Document'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'TOC'
  | 'TOCI'
  | 'Link'
  | 'Figure'
  | 'Table'
  | 'Caption'
  | 'TR'
  | 'TH'
  | 'TD'
/**
 * A part of the document as assistive programs read it. Marks belong to the innermost tag; `alt` stands for what a figure shows;
 * `scope` is what a head cell is the head of, `span` over how many columns a cell goes.
 */
export type Tag = { role: Role; kids: Tag[]; alt?: string; scope?: 'Row' | 'Column'; span?: number }

/** `tags` go with the marks one to one, null = decoration. Marks from `furniture` on are head and foot lines. */
export type Page = { marks: Mark[]; tags: (Tag | null)[]; furniture: number; isCover: boolean }
export type OutlineEntry = { title: string; level: number; page: number; y: number }
/** A report laid out: what is drawn where, before any PDF is written. `page` counts from 0. */
export type Layout = { pages: Page[]; outline: OutlineEntry[]; structure: Tag }

export const PAGE_WIDTH = 595.28
export const PAGE_HEIGHT = 841.89

export const INK: Color = [0.1, 0.12, 0.14]
export const MUTED: Color = [0.36, 0.4, 0.43]
export const ACCENT: Color = [0.043, 0.545, 0.561]
export const ACCENT_DARK: Color = [0.02, 0.38, 0.4]
export const GRID: Color = [0.55, 0.6, 0.62]
export const HEAD_FILL: Color = [0.886, 0.94, 0.941]
export const GROUP_FILL: Color = [0.95, 0.966, 0.968]
