/** The codes that content is sorted by. Apart from its schemas: a screen that lists them needs no more. */

export const themes = [
  'algemeen',
  'gender',
  'lgbti',
  'handicap',
  'toegankelijkheid',
  'herkomst',
  'antidiscriminatie',
  'digitaal',
  'leeftijd',
  'menstruatiewelzijn',
  'grensoverschrijdend-gedrag',
  'alleenstaanden',
  'polarisatie',
] as const

/** The classes of the members' survey 2025 (chapter 5.1): rural < 15,000 ≤ small < 25,000 ≤ medium; city: centre city. */
export const sizeClasses = ['rural', 'small', 'medium', 'city'] as const

/** What a figure is about; the screen with all figures is ordered so. */
export const figureSubjects = ['beleid', 'drempels', 'steun', 'succes', 'geld', 'bevraging'] as const
