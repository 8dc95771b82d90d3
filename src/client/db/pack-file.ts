/** A file of the pack as JSON: from what the service worker keeps, else over the network. Rejects when neither has it. */
export async function loadPackFile(file: string): Promise<unknown> {
  const response = await fetch(`/pack/${file}`)
  if (!response.ok) throw new Error(`pack/${file}: ${response.status}`)
  return response.json()
}
