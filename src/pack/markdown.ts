/** Markdown to safe HTML. What an editor writes never reaches the reader unsanitised. */
import rehypeSanitize, { defaultSchema, type Options } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import type { Fault } from './frontmatter.ts'
import { type LinkTargets, resolveLink } from './links.ts'
import { lineField } from './problem.ts'

/** `id:` survives cleaning, to be resolved after it. Images would be fetched from elsewhere; a checkbox would be dead. */
const safe: Options = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames!.filter((name) => name !== 'img' && name !== 'input'),
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto', 'tel', 'id'] },
}
const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeSanitize, safe).use(rehypeStringify)

export type HtmlRoot = ReturnType<typeof markdown.runSync>
export type HtmlNode = HtmlRoot['children'][number]
export type HtmlElement = Extract<HtmlNode, { type: 'element' }>

/** A body as a clean tree with resolved links, and what an editor may not write. */
export function readMarkdown(body: string, targets: LinkTargets): { root: HtmlRoot; faults: Fault[] } {
  const source = markdown.parse(body)
  const faults = [...walk<SourceNode>(source)].flatMap((node) => {
    const message = refusal(node, targets)
    return message ? [{ field: lineField(node.position?.start.line), message }] : []
  })
  const root = markdown.runSync(source)
  resolveLinks(root, targets)
  return { root, faults }
}

export const toHtml = (children: HtmlNode[]) => markdown.stringify({ type: 'root', children }).trim()

export const isHeading = (node: HtmlNode): node is HtmlElement => node.type === 'element' && /^h[1-6]$/.test(node.tagName)

export function textOf(node: HtmlNode): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

type SourceNode = {
  type: string
  children?: SourceNode[]
  position?: { start: { line: number } } | undefined
  depth?: number
  checked?: boolean | null | undefined
  url?: string
  value?: string
}

/** A node and all within it. */
export function* walk<N extends { type: string }>(node: N): Generator<N> {
  yield node
  for (const child of (node as { children?: N[] }).children ?? []) yield* walk(child)
}

function refusal(node: SourceNode, targets: LinkTargets): string | undefined {
  switch (node.type) {
    case 'html':
      return 'HTML mag niet in de tekst: gebruik Markdown'
    case 'image':
    case 'imageReference':
      return 'afbeeldingen mogen niet in de tekst'
    case 'footnoteDefinition':
      return 'voetnoten mogen niet in de tekst: gebruik sources'
    case 'listItem':
      return typeof node.checked === 'boolean' ? 'aankruisvakjes mogen niet in de tekst: gebruik een gewone lijst' : undefined
    case 'heading':
      return node.depth === 1 ? 'titel van het eerste niveau (#) mag niet: de titel staat in de front matter' : undefined
    case 'text':
      return node.value!.includes('](') ? 'link is niet goed geschreven: [tekst](id:een-id), zonder spaties in het adres' : undefined
    case 'link':
    case 'definition': {
      const link = resolveLink(node.url!, targets)
      return 'fault' in link ? link.fault : undefined
    }
    default:
      return undefined
  }
}

function resolveLinks(root: HtmlRoot, targets: LinkTargets): void {
  for (const node of walk<HtmlRoot | HtmlNode>(root)) {
    if (node.type !== 'element' || node.tagName !== 'a') continue
    const link = resolveLink(String(node.properties.href ?? ''), targets)
    node.properties = 'fault' in link ? {} : link.properties
  }
}
