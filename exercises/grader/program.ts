/** The two texts that run outside the page: the frame's document and the worker's program. */
import frameScript from './sandbox/frame.js?raw';
import huntScript from './sandbox/hunt.js?raw';
import languageScript from './sandbox/language.js?raw';
import operationsScript from './sandbox/operations.js?raw';
import valuesScript from './sandbox/values.js?raw';
import workerScript from './sandbox/worker.js?raw';
import worldScript from './sandbox/world.js?raw';

/** A browser reads CRLF as LF, and the hash in the page's policy is that of the text with LF. */
export const withLf = (text: string) => text.replaceAll('\r\n', '\n');

/**
 * The frame takes the page's policy over, since that is how srcdoc works, and adds its own: nothing but its one script and workers
 * from blobs. Both hold in the worker, too: no network, no import, no eval.
 */
const framePolicy = "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:";

export const frameDocument =
  `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}">` +
  `<script>${withLf(frameScript)}</script>`;

/** Each file of the worker is one function; here it stands as a value. */
export const valueOf = (script: string) =>
  `(${withLf(script).trimEnd().replace('export default function', 'function')})`;

const parts = [languageScript, valuesScript, operationsScript, huntScript, worldScript].map(valueOf);

/** The learner's code is the last argument, and a function, so nothing of it is hoisted out. */
const before = `'use strict';\n${valueOf(workerScript)}(${parts.join(',\n')},\nfunction (exports, require, console) {\n`;

/** Lines of the program that stand before the learner's first. */
export const linesBefore = before.split('\n').length - 1;

/** The worker's program around the learner's code, which is JavaScript with `exports` by now. */
export const programOf = (javaScript: string): string => `${before}${javaScript}\n});\n`;
