/** The content folder as files: each Markdown file under the folder of its kind, nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type Kind, kinds } from '../domain/content.ts'
import { type Problem, suggestion } from './problem.ts'

export const MUNICIPALITIES_FILE = 'municipalities.yaml'
export const SYNONYMS_FILE = 'synonyms.yaml'

export type ItemFile = { file: string; kind: Kind; name: string; text: string }

const kindOfFolder = new Map<string, Kind>((Object.keys(kinds) as Kind[]).map((kind) => [kinds[kind].folder, kind]))

export function readContentFolder(contentDir: string): { itemFiles: ItemFile[]; municipalities: string | null; synonyms: string | null; problems: Problem[] } {
  const itemFiles: ItemFile[] = []
  const problems: Problem[] = []
  let municipalities: string | null = null
  let synonyms: string | null = null
  for (const file of filesIn(contentDir)) {
    const kind = kindOfFolder.get(file.split('/')[0]!)
    const name = /^[^/]+\/([^/]+)\.md$/.exec(file)?.[1]
    if (kind && name) itemFiles.push({ file, kind, name, text: readText(contentDir, file) })
    else if (file === MUNICIPALITIES_FILE) municipalities = readText(contentDir, file)
    else if (file === SYNONYMS_FILE) synonyms = readText(contentDir, file)
    else problems.push(strayFile(file))
  }
  if (municipalities === null) problems.push({ file: MUNICIPALITIES_FILE, field: 'bestand', message: 'ontbreekt' })
  if (synonyms === null) problems.push({ file: SYNONYMS_FILE, field: 'bestand', message: 'ontbreekt' })
  return { itemFiles, municipalities, synonyms, problems }
}

/** Sorted, with `/` on every system; files of editors and systems that start with a dot are no content. */
function filesIn(contentDir: string): string[] {
  const entries = readdirSync(contentDir, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  const relative = paths.map((path) => path.slice(join(contentDir, sep).length).replaceAll(sep, '/'))
  return relative.filter((path) => !/(^|\/)\./.test(path)).toSorted()
}

/** The same characters whatever system or editor saved the file, so that the pack has the same bytes. */
const readText = (contentDir: string, file: string) =>
  readFileSync(join(contentDir, file), 'utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')

function strayFile(file: string): Problem {
  const folder = file.split('/')[0]!
  const message =
    !file.includes('/') || kindOfFolder.has(folder)
      ? 'hoort hier niet: content staat als <map>/<id>.md'
      : `onbekende map "${folder}".${suggestion(folder, kindOfFolder.keys())}`
  return { file, field: 'bestand', message }
}
