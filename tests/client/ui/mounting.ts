import { mount } from '@vue/test-utils'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

/** Mounts in the document, with a router that knows every address. */
export async function mountAt(component: Component, options: { props?: Record<string, unknown>; slots?: Record<string, string>; path?: string } = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(options.path ?? '/')
  return mount(component, {
    ...(options.props ? { props: options.props } : {}),
    ...(options.slots ? { slots: options.slots } : {}),
    attachTo: document.body,
    global: { plugins: [router] },
  })
}

/** The element that a label, heading or description id points at. */
export const named = (id: string | null | undefined) => (id ?? '').split(' ').map((one) => document.getElementById(one)?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? `?${one}`).join(' | ')
