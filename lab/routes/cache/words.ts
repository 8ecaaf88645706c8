import type { Verdict } from '../../../engine/cache/semantic/guard.ts';
import type { HealthReport } from '../../../engine/cache/tiers/indexeddb-connection.browser.ts';
import type { StorageFault } from '../../stores/live-cache-switched-tier.ts';
import { InputError } from '../../../engine/core/errors.ts';

const NBSP = '\u00a0';

/** 512 B, 1.2 kB, 34.0 MB; powers of ten. */
export function bytes(n: number): string {
  if (n < 999.5) return `${Math.round(n)}${NBSP}B`;
  for (const [unit, letter] of [
    [1e3, 'kB'],
    [1e6, 'MB'],
    [1e9, 'GB'],
  ] as const)
    if (n < unit * 999.5 || letter === 'GB') return `${(n / unit).toFixed(1)}${NBSP}${letter}`;
  return '';
}

/** Dollars of which there are few: four figures behind the point until it's a cent. */
export const smallDollars = (usd: number): string => `$${usd.toFixed(usd > 0 && usd < 0.1 ? 5 : 3)}`;

export interface HealthWords {
  ok: boolean;
  short: string;
  text: string;
}

/** How the storage is, and what to do about it. */
export function healthInWords({ state, message }: HealthReport, fault: StorageFault): HealthWords {
  const bad = (short: string, text: string): HealthWords => ({ ok: false, short, text });
  if (fault === 'blocked')
    return bad('blocked', 'Switched to blocked here. Requests go on without it; what is in it stays.');
  if (fault === 'full') return bad('full', 'Switched to full here. It can be read, and nothing new is kept.');
  switch (state) {
    case 'ready':
      return { ok: true, short: 'ok', text: 'Real IndexedDB of this browser: it survives a reload.' };
    case 'idle':
    case 'opening':
      return { ok: true, short: 'opening', text: 'Opening the IndexedDB of this browser.' };
    case 'full':
      return bad('full', `The browser gives no more room (${message}). Purge something, or free disk space.`);
    case 'blocked':
      return bad('blocked', `${sentence(message)} Requests go on without L3.`);
    case 'outdated':
      return bad('outdated', `${sentence(message)} Requests go on without L3.`);
    case 'unavailable':
      return bad(
        'not available',
        `${sentence(message)} A private window or blocked site data does this. Requests go on without L3.`,
      );
    case 'lost':
      return bad('lost', `${sentence(message)} The next request opens it anew.`);
    case 'closed':
      return bad('closed', 'It was closed; reload the page to open it.');
  }
}

const sentence = (text: string): string => (text ? `${text[0].toUpperCase()}${text.slice(1)}.` : '');

export const verdictInWords = (verdict: Verdict): string =>
  verdict.same ? 'same meaning' : `${verdict.reason}${verdict.detail ? `: ${verdict.detail}` : ''}`;

/** A message without the place, which stands beside its field anyway. */
export const errorAtField = (error: unknown): string =>
  error instanceof InputError
    ? `Expected ${error.expected}, got ${error.got}.${error.advice ? ` ${error.advice}` : ''}`
    : error instanceof Error
      ? error.message
      : String(error);

/** A number as typed; what is none is given on as text, so that a message can show it. Nothing is null. */
export function typedNumber(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : number;
}
