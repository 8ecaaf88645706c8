/** Numbers as the page writes them: value, no-break space, unit. A value that there is none of is a dash. */

const NBSP = '\u00a0';
export const NOTHING = '–';

const isNumber = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** 4.2 ms, 94 ms, 12.00 s. */
export function milliseconds(ms: number | null | undefined): string {
  if (!isNumber(ms)) return NOTHING;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(ms < 99_995 ? 2 : 0)}${NBSP}s`;
  return `${ms.toFixed(ms >= 9.95 ? 0 : 1)}${NBSP}ms`;
}

/** Three figures at most and a letter for the power of ten: 999, 2.0 k, 57.0 k, 228 k, 29.4 M. */
export function count(value: number | null | undefined): string {
  if (!isNumber(value)) return NOTHING;
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size < 999.5) return `${sign}${size.toFixed(0)}`;
  for (const [unit, letter] of [
    [1e3, 'k'],
    [1e6, 'M'],
    [1e9, 'G'],
  ] as const) {
    const scaled = size / unit;
    if (scaled < 999.5 || letter === 'G')
      return `${sign}${scaled.toFixed(scaled < 99.95 ? 1 : 0)}${NBSP}${letter}`;
  }
  return NOTHING;
}

/** 57.0 k/s. */
export function rate(perS: number | null | undefined): string {
  return isNumber(perS) ? `${count(perS)}/s` : NOTHING;
}

/** A share from 0 to 1 as 97.8 %. */
export function percent(share: number | null | undefined, digits = 1): string {
  return isNumber(share) ? `${(share * 100).toFixed(digits)}${NBSP}%` : NOTHING;
}

/** $4.20, $49.0 k, $178 k; an exact number of thousands or millions, such as a budget, goes without its ".0": $3 M. */
export function dollars(usd: number | null | undefined): string {
  if (!isNumber(usd)) return NOTHING;
  if (usd < 99.995) return `$${usd.toFixed(2)}`;
  const text = count(usd);
  return `$${usd % (usd < 1e6 ? 1e3 : 1e6) === 0 ? text.replace('.0', '') : text}`;
}

/** $178 k/h. */
export function dollarsPerHour(usd: number | null | undefined): string {
  return isNumber(usd) ? `${dollars(usd)}/h` : NOTHING;
}

/** A length of time as 2:40, or 1:02:40 from an hour on. Fractions of a second are cut off. */
export function span(seconds: number | null | undefined): string {
  if (!isNumber(seconds)) return NOTHING;
  const whole = Math.floor(Math.max(0, seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Wall time that is left, for a person who waits: 8 s, 3 min, 1.2 h. */
export function waiting(seconds: number | null | undefined): string {
  if (!isNumber(seconds)) return NOTHING;
  if (seconds < 90) return `${Math.ceil(seconds)}${NBSP}s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}${NBSP}min`;
  return `${(seconds / 3600).toFixed(1)}${NBSP}h`;
}

/** A length of time in words of its largest unit: 7 min, 90 s. */
export function plainSpan(seconds: number): string {
  return seconds % 60 === 0 && seconds >= 60 ? `${seconds / 60}${NBSP}min` : `${seconds}${NBSP}s`;
}
