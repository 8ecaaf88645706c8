/** Numbers in running text: short, with units, never more than three figures. */

export function amount(n: number): string {
  if (!Number.isFinite(n)) return n > 0 ? 'any number of' : '0';
  if (n >= 9.995e5) return `${figures(n / 1e6)} M`;
  if (n >= 9995) return `${figures(n / 1e3)} k`;
  if (n >= 999.5) return `${(n / 1e3).toFixed(1)} k`;
  return n >= 10 ? String(Math.round(n)) : String(Number(n.toFixed(1)));
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) return '0 %';
  const p = share * 100;
  return p > 99 && p < 99.95 ? `${p.toFixed(1)} %` : `${Math.round(p)} %`;
}

export function time(ms: number): string {
  if (!Number.isFinite(ms)) return 'no time yet';
  if (ms >= 120_000) return `${Math.round(ms / 60_000)} min`;
  if (ms >= 1000) return `${Number((ms / 1000).toFixed(ms >= 10_000 ? 1 : 2))} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/** Minutes and seconds: 2:34. */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

export function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function figures(n: number): string {
  return n >= 100 ? String(Math.round(n)) : n.toFixed(1);
}
