/** A Word document made on the device: real headings, nl-BE throughout, one look. Loaded by whoever makes one: the library is large. */
import { AlignmentType, BorderStyle, Document, Footer, HeadingLevel, ImageRun, Packer, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'

export type DocumentPart = Paragraph | Table

const LANGUAGE = { value: 'nl-BE', eastAsia: 'nl-BE', bidirectional: 'nl-BE' }
const INK = '17212B'
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'B9B6AD' }
const borders = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE }
/** Twips between the margins of an A4. */
const TEXT_WIDTH = 9_000

/** `under`: the line beneath the title. `creator`: whose work it is, as the properties of the file say. */
export function wordDocument({ title, description, creator, under, parts }: { title: string; description: string; creator: string | undefined; under: string; parts: readonly DocumentPart[] }): Promise<Blob> {
  const heading = (size: number, before: number, after: number) => ({ run: { size, bold: true, color: INK }, paragraph: { spacing: { before, after }, keepNext: true } })
  const document = new Document({
    title,
    description,
    ...(creator ? { creator } : {}),
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22, color: INK, language: LANGUAGE }, paragraph: { spacing: { after: 120 } } },
        title: { run: { size: 40, bold: true, color: INK }, paragraph: { spacing: { after: 60 } } },
        heading1: heading(28, 360, 120),
        heading2: heading(24, 240, 80),
        heading3: heading(22, 200, 60),
      },
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 } } },
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
        children: [new Paragraph({ heading: HeadingLevel.TITLE, text: title }), new Paragraph({ text: under }), ...parts],
      },
    ],
  })
  return Packer.toBlob(document)
}

const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }
/** `newPage`: it begins one. */
export const heading = (level: keyof typeof levels, text: string, newPage = false): Paragraph => new Paragraph({ heading: levels[level], text, pageBreakBefore: newPage })

export const line = (text: string): Paragraph => new Paragraph(text)

/** A long text keeps its lines. */
export const lines = (text: string | undefined): Paragraph[] => (text?.trim() ? text.trim().split(/\n+/).map(line) : [])

/** `Termijn: voorjaar 2027` */
export const fact = (words: string, value: string): Paragraph => new Paragraph({ spacing: { after: 40 }, children: [new TextRun({ text: `${words}: `, bold: true }), new TextRun(value)] })

/** With a heading row, which is there again on each page. `width`: in percent. */
export function table(columns: readonly { words: string; width: number }[], rows: readonly (readonly string[])[]): Table {
  const paragraphs = (words: string, bold: boolean) => words.split(/\n+/).map((each) => new Paragraph({ children: [new TextRun({ text: each, bold, size: 20 })] }))
  const row = (cells: readonly string[], tableHeader: boolean) =>
    new TableRow({
      tableHeader,
      cantSplit: true,
      children: cells.map((words, index) => new TableCell({ width: { size: columns[index]!.width, type: WidthType.PERCENTAGE }, children: paragraphs(words, tableHeader) })),
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    layout: TableLayoutType.FIXED,
    columnWidths: columns.map(({ width }) => Math.round((width * TEXT_WIDTH) / 100)),
    borders,
    margins: { top: 60, bottom: 0, left: 90, right: 90 },
    rows: [row(columns.map(({ words }) => words), true), ...rows.map((cells) => row(cells, false))],
  })
}

/** The largest that a picture gets, in pixels of 1/96 inch: the width of the text, and half a page. */
const PICTURE = { width: 560, height: 480 }

/** A JPEG of this size in pixels, with what is to be seen on it: as its alternative text, and beneath it. */
export function picture(bytes: Uint8Array, { width, height }: { width: number; height: number }, words: string): Paragraph[] {
  const scale = Math.min(1, PICTURE.width / width, PICTURE.height / height)
  const image = new ImageRun({ type: 'jpg', data: bytes, transformation: { width: Math.round(width * scale), height: Math.round(height * scale) }, altText: { name: 'Foto', title: words, description: words } })
  return [new Paragraph({ keepNext: true, spacing: { after: 40 }, children: [image] }), new Paragraph({ children: [new TextRun({ text: words, size: 20 })] })]
}
