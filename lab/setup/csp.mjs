/**
 * What a page of the lab may load and run. The one source of the policy: the build writes it into the page as
 * a meta tag, so that it holds on any web host, and the server sends it as a header.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from './places.mjs';

/**
 * Learner code runs in a frame written by the page, which takes this policy over (docs/decisions/0007-grader.md): so the frame's one
 * script is named here by its hash, as the browser sees it, with LF.
 */
const frameScript = readFileSync(join(top, 'exercises', 'grader', 'sandbox', 'frame.js'), 'utf8');
const frameScriptHash = createHash('sha256').update(frameScript.replaceAll('\r\n', '\n')).digest('base64');

const directives = {
  'default-src': ["'none'"],
  // The sentence encoder is WebAssembly, which browsers compile only with this word; it allows no eval of JavaScript.
  'script-src': ["'self'", "'wasm-unsafe-eval'", `'sha256-${frameScriptHash}'`],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  // blob: is the learner's worker. A worker from a blob keeps to the policy of whoever made it, so it may do no more than the page.
  'worker-src': ["'self'", 'blob:'],
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
