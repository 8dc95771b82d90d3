/** Filled in by the build (vite.config.ts): the version of package.json, and the hash of everything the app is made of. */
declare const __APP_VERSION__: string
declare const __BUILD_ID__: string
