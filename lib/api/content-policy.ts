/** Joins directives to the value of a Content-Security-Policy header. */
const policyOf = (directives: Record<string, readonly string[]>): string =>
  Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');

/**
 * The policy of the app's pages (CSP Level 3): scripts only with this answer's nonce, everything else from ourselves.
 * `frame-src 'self'` also keeps a mail from sending its frame elsewhere. `isDev` lets `next dev` reload and explain.
 */
export function pagePolicy(nonce: string, isDev: boolean): string {
  return policyOf({
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDev ? ["'unsafe-eval'"] : [])],
    // Style sheets are ours; a style element in markup, should any ever get there, is not.
    'style-src': ["'self'", isDev ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // The first paint is drawn by the server, with widths and indents as style attributes, and hydration does not repeat them.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(isDev ? ['ws:'] : [])],
    'frame-src': ["'self'"],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'media-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  });
}

/**
 * The policy of the frame that shows a mail: no script, no request but pictures of our own API, for `origins` (the
 * public address, and the one that this request came to). The sandbox holds even where the frame's attribute was lost.
 * Printing counts as a dialog; without scripts nothing else can open one.
 */
export function framePolicy(origins: readonly string[], isForPrint = false): string {
  return policyOf({
    'default-src': ["'none'"],
    'style-src': ["'unsafe-inline'"],
    'img-src': ['data:', ...origins.map((origin) => `${origin}/api/accounts/`)],
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'self'"],
    sandbox: isForPrint
      ? ['allow-same-origin', 'allow-modals']
      : ['allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox'],
  });
}
