import { describe, expect, test } from 'vitest'
import { followUpdates } from '../../../src/client/app/update.ts'

/** A browser with one page; `pass` lets the time go by in which a busy page is asked again. */
function page({ controlled = true }: { controlled?: boolean } = {}) {
  const log: string[] = []
  let busy = false
  let later: (() => void)[] = []
  let waiting = () => {}
  let takeover = () => {}
  let occasion = () => {}
  const updates = followUpdates(
    {
      addEventListener: (_type, listener) => (waiting = listener),
      register: () => Promise.resolve(log.push('register')),
      update: () => (log.push('check'), Promise.reject(new Error('offline'))),
      messageSkipWaiting: () => log.push('skip'),
    },
    {
      busy: () => busy,
      onReady: () => log.push('ready'),
      reload: () => log.push('reload'),
      onTakeover: (listener) => (takeover = listener),
      controlled,
      onOccasion: (check) => (occasion = check),
      after: (_ms, task) => later.push(task),
    },
  )
  return {
    log,
    updates,
    newVersion: () => waiting(),
    takenOver: () => takeover(),
    occasion: () => occasion(),
    set busy(value: boolean) {
      busy = value
    },
    pass: () => {
      const due = later
      later = []
      due.forEach((task) => task())
    },
  }
}

describe('a new version', () => {
  test('is told, taken only on the person’s word, and followed by a reload', () => {
    const tab = page()
    tab.newVersion()
    expect(tab.log).toEqual(['register', 'ready'])
    tab.updates.take()
    expect(tab.log.at(-1)).toBe('skip')
    tab.takenOver()
    tab.takenOver()
    expect(tab.log.filter((line) => line === 'reload')).toHaveLength(1)
  })

  test('never interrupts: told, taken and reloaded only when nothing is under way', () => {
    const tab = page()
    tab.busy = true
    tab.newVersion()
    tab.pass()
    expect(tab.log).not.toContain('ready')
    tab.busy = false
    tab.pass()
    expect(tab.log).toContain('ready')
    tab.busy = true
    tab.updates.take()
    tab.pass()
    expect(tab.log).not.toContain('skip')
    tab.busy = false
    tab.pass()
    expect(tab.log).toContain('skip')
  })

  test('taken in another tab: this one follows, as soon as it is free', () => {
    const tab = page()
    tab.busy = true
    tab.takenOver()
    tab.pass()
    expect(tab.log).not.toContain('reload')
    tab.busy = false
    tab.pass()
    expect(tab.log).toContain('reload')
  })

  test('the very first service worker is no update', () => {
    const tab = page({ controlled: false })
    tab.takenOver()
    expect(tab.log).not.toContain('reload')
    tab.takenOver()
    expect(tab.log).toContain('reload')
  })

  test('is looked for at each occasion; without a connection nothing happens', async () => {
    const tab = page()
    tab.occasion()
    tab.occasion()
    await Promise.resolve()
    expect(tab.log.filter((line) => line === 'check')).toHaveLength(2)
  })
})
