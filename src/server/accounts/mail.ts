/** Sending mail: by SMTP, or outside production into files that a developer can open. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'

export type Letter = {
  to: string
  subject: string
  text: string
  html: string
  headers?: Record<string, string>
  /** Given where a letter may be offered again: a mail server that has it knows it by this. */
  messageId?: string
}

/** Resolves when the mail server took the letter; rejects when it did not. */
export type Mail = { send(letter: Letter): Promise<void> }

/** Long enough for a slow mail server, short enough for someone who waits for a code. */
const TIMEOUT_MS = 15_000

export function mailOf(config: Pick<Config, 'smtpUrl' | 'dataDir' | 'publicUrl'>): Mail {
  return config.smtpUrl ? bySmtp(config.smtpUrl, senderOf(config.publicUrl)) : intoFiles(join(config.dataDir, 'mail'), senderOf(config.publicUrl))
}

/** `Opstap <niet-antwoorden@opstap.example.be>`, from the address where people reach the app. */
export const senderOf = (publicUrl: string) => ({ name: 'Opstap', address: `niet-antwoorden@${new URL(publicUrl).hostname}` })

type Sender = ReturnType<typeof senderOf>

export function bySmtp(smtpUrl: string, from: Sender): Mail {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS })
  return { send: async (letter) => void (await transport.sendMail({ from, ...letter })) }
}

function intoFiles(folder: string, from: Sender): Mail {
  const transport = createTransport({ streamTransport: true, buffer: true })
  return {
    async send(letter) {
      const { message } = await transport.sendMail({ from, ...letter })
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`), message as Buffer)
    },
  }
}

/** Letters that nobody waits for: an answer must not take longer, or fail, because a mail server does. */
export type Postbox = {
  post(letter: Letter): void
  /** Resolves when everything posted was sent or given up. */
  empty(): Promise<void>
}

export function createPostbox(mail: Mail, failed: (code: string | undefined) => void): Postbox {
  const underway = new Set<Promise<void>>()
  return {
    post(letter) {
      const sending = mail
        .send(letter)
        .catch((error: NodeJS.ErrnoException) => failed(error.code))
        .finally(() => underway.delete(sending))
      underway.add(sending)
    },
    async empty() {
      await Promise.all(underway)
    },
  }
}
