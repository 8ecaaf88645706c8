/** Names and units of settings for the form, from their keys: `timeoutMs` is "Timeout" in ms. */

export interface Label {
  label: string;
  /** Empty where there is none. */
  unit: string;
}

/** Longer endings first. What the key is without them is its name. */
const UNITS: readonly (readonly [ending: RegExp, unit: string, instead?: string])[] = [
  [/UsdPerMTokens$/i, 'USD / M tokens', 'price'],
  [/UsdPerM$/, 'USD / M tokens'],
  [/UsdPerDay$/, 'USD / day'],
  [/Usd$/, 'USD'],
  [/MsPerMb$/, 'ms / MB'],
  [/MsPerOutputToken$/i, 'ms / token', 'time for each output token'],
  [/PerS$/, '/ s'],
  [/Ppm$/, 'ppm'],
  [/Ms$/, 'ms'],
  [/Mb$/, 'MB'],
  [/Bytes$/, 'bytes'],
  [/Tokens$/, 'tokens'],
  [/Entries$/, 'entries'],
  [/(?<=[a-z])S$/, 's'],
];

const WORDS: Readonly<Record<string, string>> = {
  ttl: 'TTL',
  ttlS: 'TTL',
  ttlMode: 'TTL mode',
  ttlFactor: 'TTL factor',
  p99Ms: '99th percentile',
  codel: 'CoDel',
  id: 'Name of the lever',
  dnsMs: 'DNS',
  dnsTtlMs: 'DNS answer kept',
  tcpMs: 'TCP',
  tlsMs: 'TLS',
  fromS: 'From',
  toS: 'To',
  at: 'Time',
  of: 'Whose',
  on: 'On',
  off: 'Off',
  set: 'Settings',
  then: 'Then',
  when: 'When',
};

/** @param key of a setting; a place in a list has the name of its list */
export function labelOf(key: string): Label {
  const found = UNITS.find(([ending]) => ending.test(key));
  const unit = found?.[1] ?? '';
  const known = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  if (known !== undefined) return { label: known, unit };
  const bare = found ? (found[2] ?? key.replace(found[0], '')) : key;
  const words = (bare === '' ? key : bare)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase()
    .replace(/\b(ttl|usd|l[1-4])\b/g, (word) => word.toUpperCase());
  return { label: words.charAt(0).toUpperCase() + words.slice(1), unit };
}

const SINGULAR: Readonly<Record<string, string>> = {
  classes: 'class',
  phases: 'phase',
  strategies: 'strategy',
  path: 'step',
  complexity: 'bound',
  slow: 'slow replica',
  fail: 'failing replica',
  profile: 'point',
};

/** One of a list, in the middle of a sentence: "event" of `events`. */
export const oneOf = (key: string): string =>
  SINGULAR[key] ?? labelOf(key).label.toLowerCase().replace(/^ttl/, 'TTL').replace(/s$/, '');
