/** Lists the files of a built site for offline use. */
import { createHash } from 'node:crypto';
import type { ListedFile, OfflineList, Part } from '../offline/list.ts';

/** Never listed: the worker itself, which the browser keeps. */
export const workerFile = 'sw.js';

/** Weights, runtime and vocabulary of the sentence encoder; nothing else of the site has such files. */
const isEncoder = (url: string) => /\.(onnx|wasm)$|\/(tokenizer|config)[^/]*\.json$/.test(url);

/** @param files content by path from the site's folder, with slashes */
export function listFiles(files: ReadonlyMap<string, Uint8Array>): OfflineList {
  const shell = shellOf(files);
  const partOf = (url: string): Part => (isEncoder(url) ? 'encoder' : shell.has(url) ? 'shell' : 'rest');
  const listed: ListedFile[] = [...files]
    .filter(([url]) => url !== workerFile)
    .map(([url, content]) => ({
      url,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.byteLength,
      part: partOf(url),
    }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
  const version = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 12);
  return { version, files: listed };
}

/**
 * What the start page needs: what index.html names (Vite names all that the first script imports), and the workers and fonts that
 * those files name. Parts that a script loads later are named in another way (import calls), so they are left out.
 */
function shellOf(files: ReadonlyMap<string, Uint8Array>): Set<string> {
  const shell = new Set<string>();
  const take = (url: string) => {
    const content = files.get(url);
    if (!content || shell.has(url)) return;
    shell.add(url);
    const text = new TextDecoder();
    for (const [, name] of namesIn(url, () => text.decode(content)))
      take(new URL(name, `file:///${url}`).pathname.slice(1));
  };
  if (!files.has('index.html'))
    throw new Error('offline list: expected an index.html in the built site, got none.');
  take('index.html');
  return shell;
}

function namesIn(url: string, text: () => string): Iterable<RegExpMatchArray> {
  if (url.endsWith('.html')) return text().matchAll(/\b(?:src|href)="([^"#]+)"/g);
  if (url.endsWith('.js')) return text().matchAll(/new URL\([`'"]([^`'"]+)[`'"],\s*import\.meta\.url/g);
  if (url.endsWith('.css')) return text().matchAll(/url\(["']?([^"')]+)["']?\)/g);
  return [];
}
