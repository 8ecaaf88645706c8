/** What the build lists for offline use. The list is part of the service worker, so a changed file makes a new worker. */

/** The order of storing: what the start page needs, then the other pages, then the sentence encoder. */
export type Part = 'shell' | 'rest' | 'encoder';

export interface ListedFile {
  /** Relative to the folder of the site, such as `assets/index-1a2b.js`. */
  url: string;
  /** In hexadecimal. */
  sha256: string;
  bytes: number;
  part: Part;
}

export interface OfflineList {
  /** Changes with any file. */
  version: string;
  files: readonly ListedFile[];
}

export const PARTS: readonly Part[] = ['shell', 'rest', 'encoder'];

export const bytesOf = (files: readonly ListedFile[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);
