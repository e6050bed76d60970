import { Paragraph, TextRun, type IParagraphOptions, type IRunPropertiesOptions } from 'docx'

/** What XML 1.0 cannot hold; everything else, whatever its plane, is written as it is. */
export const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** Runs of a text; LF becomes a line break, TAB a space. */
export function runsOf(text: string, options: IRunPropertiesOptions = {}): TextRun[] {
  return text
    .replaceAll(NOT_XML, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line, n) => new TextRun({ ...options, text: line, ...(n > 0 ? { break: 1 } : {}) }))
}

export const paragraphOf = (text: string, style: string, more: Omit<IParagraphOptions, 'children' | 'text'> = {}) =>
  new Paragraph({ ...more, style, children: runsOf(text) })
