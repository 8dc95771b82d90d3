/**
 * Who may import whom (README, "Map"). Each rule names the only things its folder may reach; whatever is not named is refused.
 * tests/architecture plants a violation of every rule and expects exactly those to be found.
 */
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`
const builtIn = '^(node:)?(assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|http|http2|https|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$)'

/** What the bench of sync is measured against: in a package file of its own, installed only by that bench. */
const peers = '^tests/bench/sync/(page|servers)/(rxdb|pouchdb)\\.mjs$'

const domain = '^src/domain/'
const protocol = '^src/protocol/'
const screen = packages('vue', '@vue/[^/]+', 'vue-router', 'pinia', 'reka-ui', '@lucide/vue', '@fontsource[^/]*/[^/]+')
const markdown = packages('unified', 'unist-[^/]+', 'remark-[^/]+', 'rehype-[^/]+', 'hast[^/]*', 'mdast[^/]*', 'vfile[^/]*', 'yaml')

/** `from` may reach `may` and nothing else. */
const only = (name, from, may, comment) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: { pathNot: may, couldNotResolve: false },
})

/** The pages' own logic may name Vue's types (refs), not run it. */
const vueOnlyAsType = (name, from) => ({
  name,
  comment: 'reachable without a screen: Vue only as a type',
  severity: 'error',
  from: { path: from },
  to: { path: packages('vue', '@vue/[^/]+'), dependencyTypesNot: ['type-only'] },
})

module.exports = {
  forbidden: [
    only('domain', domain, [domain, packages('zod')], 'the words of the trade run anywhere: zod only'),
    only('protocol', { path: protocol, pathNot: '^src/protocol/text\\.ts$' }, [protocol, domain, packages('zod')], 'the wire: domain only'),
    only('protocol-text', '^src/protocol/text\\.ts$', [protocol, domain, packages('zod', 'yjs')], 'long text is Yjs on the wire; here and nowhere else'),
    only('pack', '^src/pack/', ['^src/pack/', domain, builtIn, markdown, packages('zod', 'vite', 'minisearch', '@orama/stemmers', '@observablehq/plot', 'happy-dom', 'fake-indexeddb')], 'content to pack: domain and Markdown libraries, search, charts and painted pages, at build time'),
    only('client-ui', '^src/client/ui/', ['^src/client/ui/', screen, packages('docx')], 'presentation, on the screen and on paper, knows no domain'),
    only('client-db', '^src/client/db/', ['^src/client/db/', domain, packages('zod', 'dexie', 'vue', '@vue/[^/]+')], 'the device store: domain and Dexie'),
    only('client-sync', '^src/client/sync/', ['^src/client/(sync|db)/', domain, protocol, packages('zod', 'uuid', 'vue', '@vue/[^/]+', 'tus-js-client')], 'the sync engine: domain, protocol and the device store'),
    only('client-forms', '^src/client/forms/', ['^src/client/(forms|db|sync|ui)/', domain, screen], 'forms that are data: used by the features, knowing none of them'),
    vueOnlyAsType('client-db-without-vue', '^src/client/db/'),
    vueOnlyAsType('client-sync-without-vue', '^src/client/sync/'),
    {
      name: 'feature',
      comment: 'a feature reaches domain, store, sync, ui and itself; another feature only by route name',
      severity: 'error',
      from: { path: '^src/client/features/([^/]+)/' },
      to: { pathNot: ['^src/client/(db|sync|ui|forms)/', '^src/client/features/$1/', domain, screen, packages('zod', 'minisearch', '@orama/stemmers')], couldNotResolve: false },
    },
    only('client-app', '^src/client/app/', ['^src/client/', domain, protocol, screen, packages('zod', 'dexie', 'uuid', 'workbox-[^/]+', 'vite', 'vite-plugin-pwa')], 'the composition root: everything in client'),
    {
      name: 'server',
      comment: 'the server: domain, protocol and server libraries',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: ['^src/(?!server/|domain/|protocol/)', screen, packages('dexie', 'workbox-[^/]+', 'vite-plugin-pwa')] },
    },
    {
      name: 'server-without-tools',
      comment: 'the running server needs no development dependency; its commands (.mjs) do',
      severity: 'error',
      from: { path: '^src/server/', pathNot: '\\.mjs$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^tests/' }, to: { path: '^tests/' } },
    { name: 'no-cycle', comment: 'two files that need each other are one notion', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unknown-module', comment: 'misspelt, or not in package.json', severity: 'error', from: { pathNot: peers }, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    { name: 'no-undeclared-package', comment: 'installed by chance, not in package.json', severity: 'error', from: { pathNot: '^tests/bench/sync/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'browser', 'node', 'default'],
      mainFields: ['types', 'module', 'main'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json', '.css'],
    },
    skipAnalysisNotInRules: true,
  },
}
