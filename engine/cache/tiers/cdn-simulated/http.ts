/** As much of HTTP as a cache reads (RFC 9110). Names of header fields are lower case; times are Unix time in ms. */
export type Fields = Readonly<Record<string, string>>;

export interface HttpRequest {
  /** Default GET. */
  readonly method?: string;
  /** Absolute, without a fragment. */
  readonly url: string;
  readonly headers?: Fields;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Fields;
  readonly body: string;
}

/** Directives of a Cache-Control field: name → value, '' when it has none (RFC 9111, section 5.2). */
export type Directives = ReadonlyMap<string, string>;

/** Of directives that are repeated, the first counts. A value may be quoted. */
export function readDirectives(field: string | undefined): Directives {
  const directives = new Map<string, string>();
  for (const match of (field ?? '').matchAll(/([^\s,;=]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g)) {
    const name = match[1]!.toLowerCase();
    if (!directives.has(name)) directives.set(name, match[2] ?? match[3] ?? '');
  }
  return directives;
}

/** Seconds of a directive, in ms; undefined when it is missing, 0 when it is no number (then stale is the safe side). */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const value = directives.get(name);
  if (value === undefined) return undefined;
  return /^\d+$/.test(value) ? Math.min(Number(value), 2_147_483_648) * 1000 : 0;
}

/** Each of the three forms has a day's name and a time (RFC 9110, section 5.6.7). Date.parse would take more, and guess. */
const DATE = /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/;

/** A date field in ms; undefined when it is missing or none. */
export function dateOf(field: string | undefined): number | undefined {
  const ms = field === undefined || !DATE.test(field) ? NaN : Date.parse(field);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Words of a list field such as Vary or Cache-Tag. */
export const listOf = (field: string | undefined): string[] => (field ?? '').split(/[\s,]+/).filter(Boolean);

/** Weak comparison of entity tags (RFC 9110, section 8.8.3.2) against an If-None-Match field. */
export function etagMatches(ifNoneMatch: string, etag: string | undefined): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  if (etag === undefined) return false;
  const opaque = (tag: string): string => tag.replace(/^W\//, '');
  const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => opaque(tag) === opaque(etag));
}
