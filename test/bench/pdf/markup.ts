import type { Block, ReportModel } from '../../../shared/report/model.ts'

/*
 * The benchmark's report as other programs want it. They lay it out themselves and draw no chart and no tags, which favours them.
 * `photo` gives the path of a picture.
 */

export type PhotoPath = (sha256: string) => string

const typstText = (text: string): string => `#${JSON.stringify(text).replaceAll('\\u', '\\\\u')}`

export function typstOf(model: ReportModel, photo: PhotoPath): string {
  const head = `#set page(paper: "a4", margin: (x: 2.5cm, y: 2.6cm), header: text(8pt)[${typstText(model.header.left)}], footer: context text(8pt)[${typstText(model.footer.left)} #h(1fr) 第 #counter(page).display() 页 共 #counter(page).final().first() 页 #h(1fr) ${typstText(model.checkCode)}])
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")
#set par(justify: true, leading: 0.7em)
#show heading: set text(font: "Noto Sans SC", weight: "bold")
`
  return head + model.blocks.map((b) => typstBlock(b, photo)).join('\n')
}

function typstBlock(block: Block, photo: PhotoPath): string {
  switch (block.kind) {
    case 'cover':
      return `#align(center)[#v(6cm) #text(30pt)[${typstText(block.title)}] #v(2cm) #text(20pt)[${typstText(block.enterprise)}]]`
    case 'pageBreak':
      return '#pagebreak(weak: true)'
    case 'toc':
      return `#outline(title: [${typstText(block.title)}])\n#pagebreak()`
    case 'heading':
      return `#heading(level: ${block.level})[${typstText(block.text)}]`
    case 'paragraph':
      return `#par(first-line-indent: (amount: 2em, all: true))[${typstText(block.text)}]`
    case 'table': {
      const head = block.columns.map((c) => `[${typstText(c.title)}]`).join(', ')
      const rows = block.rows.map((r) => r.cells.map((c) => `[${typstText(c)}]`).join(', ')).join(',\n')
      const widths = block.columns.map((c) => `${c.share}fr`).join(', ')
      return `#block[#set text(8.5pt)\n#show table.cell: set block(breakable: false)\n#table(columns: (${widths}), stroke: 0.5pt, table.header(${head}),\n${rows})]`
    }
    case 'photoSheet': {
      const cells = block.photos.map(
        (p) =>
          `block(breakable: false)[#image("${photo(p.sha256)}", width: 7.6cm, height: 5.7cm, fit: "contain") ${typstText(`${p.figure} ${p.caption}`)}]`,
      )
      return `#grid(columns: (1fr, 1fr), gutter: 10pt, ${cells.join(',\n')})`
    }
    case 'signature':
      return typstText(block.note)
    default:
      return ''
  }
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** `fonts` is the URL of the folder with the fonts. */
export function htmlOf(model: ReportModel, photo: PhotoPath, fonts: string): string {
  const css = `@font-face{font-family:serif-sc;src:url('${fonts}/NotoSerifSC-Regular.ttf')}@font-face{font-family:sans-sc;src:url('${fonts}/NotoSansSC-Bold.ttf')}
body{font:10.5pt/1.6 serif-sc}h1,h2,h3,th{font-family:sans-sc}table{border-collapse:collapse;width:100%;font-size:8.5pt;line-height:1.4}
td,th{border:.5pt solid #888;padding:3pt}tr,figure{break-inside:avoid}figure{display:inline-block;width:48%;margin:0 0 8pt}img{width:219pt;height:164pt;object-fit:contain}.b{break-after:page}`
  const contents = model.blocks
    .flatMap((b, n) => (b.kind === 'heading' ? [`<p><a href="#h${n}">${escape(b.text)}</a></p>`] : []))
    .join('')
  const body = model.blocks
    .map((b, n) => (b.kind === 'toc' ? `<h1>${escape(b.title)}</h1>${contents}` : htmlBlock(b, n, photo)))
    .join('\n')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escape(model.title)}</title><style>${css}</style><body>${body}</body></html>`
}

function htmlBlock(block: Block, n: number, photo: PhotoPath): string {
  switch (block.kind) {
    case 'cover':
      return `<h1>${escape(block.title)}</h1><p>${escape(block.enterprise)}</p>`
    case 'pageBreak':
      return '<div class="b"></div>'
    case 'heading':
      return `<h${block.level} id="h${n}">${escape(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${escape(block.text)}</p>`
    case 'table': {
      const head = block.columns.map((c) => `<th style="width:${c.share}%">${escape(c.title)}</th>`).join('')
      const rows = block.rows.map((r) => `<tr>${r.cells.map((c) => `<td>${escape(c)}</td>`).join('')}</tr>`).join('')
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
    }
    case 'photoSheet':
      return block.photos
        .map(
          (p) =>
            `<figure><img src="${photo(p.sha256)}"><figcaption>${escape(`${p.figure} ${p.caption}`)}</figcaption></figure>`,
        )
        .join('')
    case 'signature':
      return `<p>${escape(block.note)}</p>`
    default:
      return ''
  }
}

/** A document definition of pdfmake. */
export function pdfmakeOf(model: ReportModel, photo: PhotoPath): object {
  return {
    pageSize: 'A4',
    pageMargins: [71, 74, 71, 70],
    defaultStyle: { font: 'body', fontSize: 10.5 },
    info: { title: model.title },
    header: { text: model.header.left, fontSize: 8, margin: [71, 42, 71, 0] },
    footer: (page: number, pages: number) => ({
      text: `${model.footer.left}  第 ${page} 页 共 ${pages} 页`,
      fontSize: 8,
      margin: [71, 20, 71, 0],
    }),
    content: model.blocks.flatMap((b) => pdfmakeBlock(b, photo)),
  }
}

function pdfmakeBlock(block: Block, photo: PhotoPath): object[] {
  switch (block.kind) {
    case 'cover':
      return [
        { text: block.title, fontSize: 30, alignment: 'center' },
        { text: block.enterprise, fontSize: 20, alignment: 'center' },
      ]
    case 'pageBreak':
      return [{ text: '', pageBreak: 'after' }]
    case 'toc':
      return [{ toc: { title: { text: block.title, font: 'head', fontSize: 18 } } }]
    case 'heading':
      return [{ text: block.text, font: 'head', fontSize: 15, margin: [0, 12, 0, 6], tocItem: true }]
    case 'paragraph':
      return [{ text: block.text, margin: [0, 0, 0, 6] }]
    case 'table': {
      const shares = block.columns.reduce((sum, c) => sum + c.share, 0)
      const head = block.columns.map((c) => ({ text: c.title, font: 'head', fontSize: 8 }))
      const body = [head, ...block.rows.map((r) => r.cells.map((text) => ({ text, fontSize: 8.5 })))]
      // Borders and padding of a cell come on top of its width.
      return [
        {
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: block.columns.map((c) => (c.share / shares) * 453 - 9),
            body,
          },
        },
      ]
    }
    case 'photoSheet': {
      const cells = block.photos.map((p) => ({
        stack: [
          { image: photo(p.sha256), fit: [219, 164] },
          { text: `${p.figure} ${p.caption}`, fontSize: 9 },
        ],
        unbreakable: true,
      }))
      const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, n) => ({
        columns: [cells[2 * n] ?? {}, cells[2 * n + 1] ?? {}],
        unbreakable: true,
        margin: [0, 0, 0, 8],
      }))
      return rows
    }
    case 'signature':
      return [{ text: block.note }]
    default:
      return []
  }
}
