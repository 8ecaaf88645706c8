/** The worker with the compiler: one for the page, started when it is first asked. */
import { wrap } from 'comlink';
import type { Compiler } from './protocol.ts';

let compiler: Promise<Compiler> | undefined;

/** Rejects when the worker's files do not arrive; the next call tries again. */
export function connectCompiler(): Promise<Compiler> {
  compiler ??= new Promise<Compiler>((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const fail = () => {
      worker.terminate();
      compiler = undefined;
      reject(new Error('The type checker could not be loaded.'));
    };
    worker.addEventListener('error', fail, { once: true });
    const remote = wrap<Compiler>(worker);
    remote.problems('').then(() => {
      worker.removeEventListener('error', fail);
      // A remote proxy is callable, so a promise would take it for a thenable.
      resolve({
        problems: (text) => remote.problems(text),
        suggest: (text, at) => remote.suggest(text, at),
        explain: (text, at) => remote.explain(text, at),
        explainSuggestion: (text, at, label) => remote.explainSuggestion(text, at, label),
        format: (text, at) => remote.format(text, at),
      });
    }, fail);
  });
  return compiler;
}
