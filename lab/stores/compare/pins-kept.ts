/** The pins of a visit, kept in the tab for a reload. The runs themselves are computed again from their addresses. */
import type { Pin } from './pins.svelte.ts';

const KEY = 'surge-lab.compare/pins';

export function keepPins(pins: readonly Pin[], storage = (): Storage => sessionStorage): void {
  try {
    storage().setItem(KEY, JSON.stringify(pins));
  } catch {
    // Then they hold until the page is reloaded.
  }
}

/** Those that can be read; what else is there counts for nothing. */
export function keptPins(storage = (): Storage => sessionStorage): Pin[] {
  try {
    const kept = JSON.parse(storage().getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter(isPin) : [];
  } catch {
    return [];
  }
}

function isPin(value: unknown): value is Pin {
  if (typeof value !== 'object' || value === null) return false;
  const { query, scenario, seed, ghost, fingerprint } = value as Partial<Record<keyof Pin, unknown>>;
  return (
    typeof query === 'string' &&
    typeof scenario === 'string' &&
    typeof seed === 'number' &&
    typeof ghost === 'boolean' &&
    (fingerprint === undefined || typeof fingerprint === 'string')
  );
}
