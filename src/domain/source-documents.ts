/** The five documents that facts may come from, by the name editors cite. */
export const sourceDocuments = {
  'jaarverslag-2025': 'VVSG, jaarverslag Gelijke Kansen 2025',
  'ledenbevraging-2025': 'VVSG, ledenbevraging Gelijkekansenbeleid 2025',
  'meerjarenplan-2025-2029': 'VVSG, meerjarenplan Gelijke Kansen 2025-2029',
  actiefiches: 'VVSG, actiefiches Gelijke Kansen',
  'evaluatie-plan-samenleven': 'VVSG, evaluatie Plan Samenleven (bevraging van lokale besturen)',
} as const
