/** Light or dark by choice of this device. Kept where it can be read before the first paint, so that nothing flashes. */
export const themes = ['device', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const KEY = 'opstap-theme'
/** The paper of tokens.css, for the bar that the browser draws around the page. */
const paper = { light: '#fbfaf7', dark: '#10181f' }

export function chosenTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(KEY)) ?? 'device'
  } catch {
    // A browser that keeps nothing: the device's own choice.
    return 'device'
  }
}

export function applyTheme(theme: Theme = chosenTheme()): void {
  if (theme === 'device') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? paper.dark : paper.light
    meta.content = theme === 'device' ? own : paper[theme]
  }
}

/** False where the browser keeps nothing; the choice then lasts until the page closes. */
export function chooseTheme(theme: Theme): boolean {
  applyTheme(theme)
  try {
    localStorage.setItem(KEY, theme)
    return true
  } catch {
    return false
  }
}
