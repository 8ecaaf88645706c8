/**
 * What a page of the lab may load and run. The one source of the policy: the build writes it into the page as
 * a meta tag, so that it holds on any web host, and the server sends it as a header.
 */
const directives = {
  'default-src': ["'none'"],
  // The sentence encoder is WebAssembly, which browsers compile only with this word; it allows no eval of JavaScript.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Browsers ignore these in a meta tag, with a complaint on the console. */
const headerOnly = { 'frame-ancestors': ["'none'"] };

/** @param {Record<string, string[]>} policy */
const write = (policy) =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

export const metaPolicy = write(directives);

/** Everything the server says about safety, with each answer. */
export const securityHeaders = {
  'Content-Security-Policy': write({ ...directives, ...headerOnly }),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
