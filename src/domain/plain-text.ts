/** The words of rendered HTML, block by block. Reads only what our own compiler writes. */

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decode = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal))
  })

const BLOCK = /<\/?(?:p|li|ul|ol|h[1-6]|blockquote|br|hr|dl|dt|dd|div|pre|table|thead|tbody|tr|td|th)\b[^>]*>/

/** Paragraphs, list items, headings and cells, each as one plain text without the empty ones. */
export function blocksIn(html: string): string[] {
  const blocks = html.split(BLOCK)
  return blocks.map((block) => decode(block.replace(/<[^>]+>/g, '')).replace(/\s+/g, ' ').trim()).filter((block) => block !== '')
}
