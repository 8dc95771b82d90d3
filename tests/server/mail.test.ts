import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { bySmtp, createPostbox, senderOf } from '../../src/server/accounts/mail.ts'
import { codeLetter, invitationLetter, labLetter, requestLetter } from '../../src/server/accounts/letters.ts'

let smtp: SMTPServer
const received: { to: string[]; from: string; user: string | undefined; text: string }[] = []
afterEach(() => {
  received.length = 0
  smtp.close()
})

async function startSmtp(refuse = false): Promise<string> {
  smtp = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => (password === 'geheim' ? done(null, { user: username }) : done(new Error('no'))),
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('no such mailbox') : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', user: session.user as string | undefined, text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  return `smtp://opstap:geheim@127.0.0.1:${(smtp.server.address() as AddressInfo).port}`
}

const decoded = (text: string) => text.replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replace(/=/g, ''), 'hex').toString())

test('a letter goes out by SMTP with the account of the address, in text and html', async () => {
  const mail = bySmtp(await startSmtp(), senderOf('https://opstap.example'))
  await mail.send(codeLetter('an@damme.example', '123456'))
  expect(received).toMatchObject([{ to: ['an@damme.example'], from: 'niet-antwoorden@opstap.example', user: 'opstap' }])
  const text = decoded(received[0]!.text)
  expect(text).toContain('Subject: 123456 is je code voor Opstap')
  expect(text).toMatch(/Content-Type: text\/plain[\s\S]+Je code om je aan te melden is 123456\.[\s\S]+Content-Type: text\/html[\s\S]+<p>Je code/)
})

test('a mail about a lab carries its way out whole, and the name by which a mail server knows it again', async () => {
  const mail = bySmtp(await startSmtp(), senderOf('https://opstap.example'))
  const off = `https://opstap.example/api/lab-mail/off/${'a'.repeat(32)}.${'b'.repeat(43)}`
  const link = 'https://opstap.example/leerlabo/labvanvlaand'
  const digest = { title: 'Labo <van> het voorjaar', link, feedback: [{ title: 'Maak één mens', state: 'Aan te vullen', link: `${link}/opdracht/persona` }], said: ['Bart', 'Bart'], dates: [] }
  await mail.send({ ...labLetter('an@damme.example', [digest], off), messageId: '<een@opstap.example>' })
  const [head = '', ...body] = received[0]!.text.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  expect(headers).toEqual(expect.arrayContaining([`List-Unsubscribe: <${off}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click', 'Auto-Submitted: auto-generated', 'Message-ID: <een@opstap.example>', 'Subject: Nieuws uit Labo <van> het voorjaar']))
  const text = decoded(body.join('\n'))
  expect(text).toContain('Er zijn 2 nieuwe berichten van Bart.')
  expect(text).toContain(`<li><a href="${link}/opdracht/persona">Maak één mens: Aan te vullen</a></li>`)
  expect(text.split('text/html')[1]).not.toContain('<van>')
})

test('nobody waits for a letter that cannot be sent, and the failure is told', async () => {
  const url = await startSmtp(true)
  const failures: (string | undefined)[] = []
  for (const address of [url, url.replace('geheim', 'fout'), 'smtp://127.0.0.1:1']) {
    const postbox = createPostbox(bySmtp(address, senderOf('https://opstap.example')), (code) => failures.push(code))
    postbox.post(codeLetter('an@damme.example', '123456'))
    await postbox.empty()
  }
  expect(failures).toEqual(['EENVELOPE', 'EAUTH', 'ESOCKET'])
  expect(received).toEqual([])
})

test('what people typed stays text: no markup, no extra headers', async () => {
  const mail = bySmtp(await startSmtp(), senderOf('https://opstap.example'))
  const name = '<img src=x onerror=alert(1)>\r\nBcc: everybody@x.example'
  await mail.send(requestLetter('lead@damme.example', { name, email: 'an@x.example' }, 'Damme', 'https://opstap.example'))
  await mail.send(invitationLetter('an@x.example', name, `Damme\r\nBcc: x@x.example`, 'https://opstap.example/aanmelden?uitnodiging=a&b="c"'))
  expect(received.map(({ to }) => to)).toEqual([['lead@damme.example'], ['an@x.example']])
  for (const { text } of received) {
    const [head, ...body] = decoded(text).split('\r\n\r\n')
    expect(head).not.toMatch(/^Bcc:/m)
    expect(body.join('\n').split('text/html')[1]).not.toContain('<img')
  }
  expect(decoded(received[1]!.text)).toContain('href="https://opstap.example/aanmelden?uitnodiging=a&#38;b=&#34;c&#34;"')
})
