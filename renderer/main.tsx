type Globals = {
  trustedTypes?: { createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown }
  __zod_globalConfig?: { jitless: boolean }
}

// Before any library is loaded. The window's policy forbids inline styles, strings as HTML and code made from strings. Libraries that
// try anyway (antd's style injection sets innerHTML, zod probes `Function`) get an empty text or are told not to; what antd would
// inject stands in the built CSS.
const globals = globalThis as Globals
globals.trustedTypes?.createPolicy('default', { createHTML: () => '' })
globals.__zod_globalConfig = { jitless: true }

void import('./start.tsx')
