/** How far along a municipality is, from beginning to leading. */
export const maturities = ['starter', 'growing', 'frontrunner'] as const
export type Maturity = (typeof maturities)[number]
