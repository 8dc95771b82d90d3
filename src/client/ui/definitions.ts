import type { InjectionKey } from 'vue'

/** What a word of the glossary means. `html` is cleaned text of the pack, after the one sentence of `summary`. */
export type Definition = { title: string; summary: string; html: string }

/** Looks a term up by its id; undefined when the device does not have it. The app provides it; without it terms are plain words. */
export const definitionsKey: InjectionKey<(term: string) => Promise<Definition | undefined>> = Symbol('definitions')
