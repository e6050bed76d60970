import { Paragraph, TextRun, type IParagraphOptions, type IRunPropertiesOptions } from 'docx'
import { UNWRITABLE } from '../../tabular/xml-text.ts'

/** Runs of a text; LF becomes a line break, TAB a space. */
export function runsOf(text: string, options: IRunPropertiesOptions = {}): TextRun[] {
  return text
    .replaceAll(UNWRITABLE, '')
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line, n) => new TextRun({ ...options, text: line, ...(n > 0 ? { break: 1 } : {}) }))
}

export const paragraphOf = (text: string, style: string, more: Omit<IParagraphOptions, 'children' | 'text'> = {}) =>
  new Paragraph({ ...more, style, children: runsOf(text) })
