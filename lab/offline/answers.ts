/** Which stored file answers a request. */
import type { OfflineList } from './list.ts';

export interface Asked {
  url: string;
  method: string;
  /** As in Request.mode; `navigate` is a page being opened. */
  mode: string;
  /** Parts of a file are asked for; stored files are answered whole only. */
  range: boolean;
}

export type Answer =
  /** The stored file at this address, else the network. */
  | { from: 'store'; url: string }
  /** The network, else the stored page: some page is better than none. */
  | { from: 'network'; otherwise: string }
  /** A file of an older version, wanted by a tab that still runs that version; else the network. */
  | { from: 'older'; url: string }
  /** Not ours; the browser does what it always does. */
  | undefined;

/** @param base address of the site's folder, with its slash at the end */
export function answerer(list: OfflineList, base: string): (asked: Asked) => Answer {
  const page = new URL('index.html', base).href;
  const listed = new Set(list.files.map(({ url }) => new URL(url, base).href));
  return ({ url, method, mode, range }) => {
    if (method !== 'GET' || range || !url.startsWith(base)) return undefined;
    const bare = url.replace(/[?#].*$/, '');
    // Always the stored page, also with a network: its parts are stored under the names that this page knows.
    if (bare === base) return { from: 'store', url: page };
    if (listed.has(bare)) return { from: 'store', url: bare };
    if (mode === 'navigate') return { from: 'network', otherwise: page };
    return bare.startsWith(`${base}assets/`) ? { from: 'older', url: bare } : undefined;
  };
}
