/** How long a browser may take to begin writing the file; in milliseconds. */
const PATIENCE_MS = 60_000

/** Offers a text, of this type, or a document that was made as a file, the way a download does. */
export function saveFile(name: string, content: string | Blob, type = 'application/json'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE_MS)
}
