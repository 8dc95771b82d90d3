/** How long a browser may take to begin writing the file; in milliseconds. */
const PATIENCE_MS = 60_000

/** Offers a text as a file, the way a download does. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE_MS)
}
