/** The action plan as a Word document, made on the device. Loaded when someone asks for it: the library is large. */
import { AlignmentType, BorderStyle, Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'
import { actionLineWords, linesOf, UNTITLED, type PlanAction, type PlanGroup } from '../../../domain/action-plan.ts'

type Plan = {
  groups: readonly PlanGroup[]
  /** Undefined without a team. */
  municipality: string | undefined
  /** The day on which it is made, in words. */
  date: string
  /** Puts a calendar day in words. */
  day: (iso: string) => string
}

const LANGUAGE = { value: 'nl-BE', eastAsia: 'nl-BE', bidirectional: 'nl-BE' }
const INK = '17212B'
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'B9B6AD' }
const borders = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE }

/** Real headings, a table with a heading row per goal, nl-BE throughout. */
export function planDocument(plan: Plan): Promise<Blob> {
  const title = plan.municipality ? `Actieplan gelijke kansen ${plan.municipality}` : 'Actieplan gelijke kansen'
  const document = new Document({
    title,
    description: 'Doelen en acties, met trekker, termijn, budget, indicator en verankering.',
    ...(plan.municipality ? { creator: plan.municipality } : {}),
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22, color: INK, language: LANGUAGE }, paragraph: { spacing: { after: 120 } } },
        title: { run: { size: 40, bold: true, color: INK }, paragraph: { spacing: { after: 60 } } },
        heading1: { run: { size: 28, bold: true, color: INK }, paragraph: { spacing: { before: 360, after: 120 }, keepNext: true } },
        heading2: { run: { size: 24, bold: true, color: INK }, paragraph: { spacing: { before: 240, after: 80 }, keepNext: true } },
      },
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 } } },
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
          new Paragraph({ text: [plan.municipality, plan.date].filter(Boolean).join(', ') }),
          ...plan.groups.flatMap((group, index) => groupParts(group, index + 1, plan.day)),
        ],
      },
    ],
  })
  return Packer.toBlob(document)
}

function groupParts({ goal, actions }: PlanGroup, number: number, day: Plan['day']): (Paragraph | Table)[] {
  const heading = goal ? `Doel ${number}: ${goal.title.trim() || UNTITLED}` : 'Acties zonder doel'
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, text: heading }),
    ...lines(goal?.why?.t),
    ...(actions.length > 0 ? [overview(actions), ...actions.flatMap((action, index) => actionParts(action, `${goal ? `${number}.` : ''}${index + 1}`, day))] : [new Paragraph('Nog geen acties bij dit doel.')]),
  ]
}

/** What a college looks at first: who does what, when and with which money. */
const columns = [
  { words: 'Actie', width: 35, of: ({ title }: PlanAction) => title.trim() || UNTITLED },
  { words: actionLineWords.role, width: 20, of: ({ role }: PlanAction) => role },
  { words: actionLineWords.term, width: 15, of: ({ term }: PlanAction) => term },
  { words: actionLineWords.budget, width: 15, of: ({ budget }: PlanAction) => budget },
  { words: actionLineWords.indicator, width: 15, of: ({ indicator }: PlanAction) => indicator },
]

function overview(actions: readonly PlanAction[]): Table {
  const row = (cells: readonly string[], tableHeader: boolean) =>
    new TableRow({
      tableHeader,
      cantSplit: true,
      children: cells.map((words, index) => new TableCell({ width: { size: columns[index]!.width, type: WidthType.PERCENTAGE }, children: [new Paragraph({ children: [new TextRun({ text: words, bold: tableHeader, size: 20 })] })] })),
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    layout: TableLayoutType.FIXED,
    columnWidths: columns.map(({ width }) => width * 90),
    borders,
    margins: { top: 60, bottom: 0, left: 90, right: 90 },
    rows: [row(columns.map(({ words }) => words), true), ...actions.map((action) => row(columns.map(({ of }) => of(action)), false))],
  })
}

/** The whole of one action, for who carries it out; only what was filled in. */
function actionParts(action: PlanAction, number: string, day: Plan['day']): Paragraph[] {
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_2, text: `${number} ${action.title.trim() || UNTITLED}` }),
    ...lines(action.note?.t),
    ...linesOf(action, day).map(({ words, value }) => new Paragraph({ spacing: { after: 40 }, children: [new TextRun({ text: `${words}: `, bold: true }), new TextRun(value)] })),
  ]
}

/** A long text keeps its lines. */
const lines = (text: string | undefined): Paragraph[] => (text?.trim() ? text.trim().split(/\n+/).map((line) => new Paragraph(line)) : [])
