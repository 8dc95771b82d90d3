/** The VVSG's newsletter reaches 2,115 people: so many devices are there. */
export const PEOPLE = 2_115
export const CONNECTED = 2_000
export const personOf = (i: number): string => `bench-${i}`
/** Everybody's team: the one busy space. */
export const TEAM = 'bench-team'
