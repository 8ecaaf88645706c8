/** What the page and the service worker say to each other. */
import type { Part } from './list.ts';

/** What the page asks for. `take-over` ends the wait of a new version. */
export type Ask = { ask: 'state' } | { ask: 'store'; encoder: boolean } | { ask: 'take-over' };

/**
 * Why a file is not stored: no answer or one that is no success, a content that is not the listed one, no room left, or a
 * browser that forbids it.
 */
export type Trouble = 'unreachable' | 'changed' | 'full' | 'forbidden';

export interface Share {
  storedBytes: number;
  bytes: number;
  storedFiles: number;
  files: number;
}

/** What the worker answers, and says by itself while it stores. */
export interface StoredState {
  version: string;
  storing: boolean;
  parts: Record<Part, Share>;
  /** Of the last attempt; tried again at the next visit. */
  failed: readonly { url: string; trouble: Trouble }[];
}
