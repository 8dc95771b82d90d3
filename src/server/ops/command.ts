/** The commands besides serving: `backup FILE` and `restore FILE`. */
import { openDatabase } from '../db/open.ts'
import { readConfig, StartProblem } from '../config.ts'
import { backUp } from './backup.ts'
import { restore } from './restore.ts'

const commands: Record<string, (file: string) => Promise<string>> = {
  async backup(file) {
    const database = await openDatabase(readConfig(databaseOnly()))
    try {
      return `Back-up bewaard in ${file} (${await backUp(database.db, file, Date.now())} rijen).`
    } finally {
      await database.close()
    }
  },
  async restore(file) {
    const database = await openDatabase(readConfig(databaseOnly()))
    try {
      return `Back-up teruggezet (${await restore(database, file)} rijen). Toestellen sturen hun recente werk opnieuw.`
    } finally {
      await database.close()
    }
  },
}

/** A command needs to know where the data is, not how mail is sent. */
function databaseOnly(): Record<string, string | undefined> {
  const { DATA_DIR, DATABASE_URL } = process.env
  return { DATA_DIR, DATABASE_URL }
}

export async function runCommand(name: string, [file, ...more]: string[]): Promise<void> {
  const command = commands[name]
  if (!command) throw new StartProblem(`deze opdracht bestaat niet. Kies uit: ${Object.keys(commands).join(', ')}`)
  if (file === undefined || more.length > 0) throw new StartProblem(`noem één bestand: npm run ${name} -- BESTAND`)
  process.stdout.write(`${await command(file)}\n`)
}
