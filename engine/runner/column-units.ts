/** The units of the columns of a series, as a file's reader needs them. Counts are of one interval and one cell. */

/** The first that fits decides. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Ms$/, 'ms'],
  [/Usd$|^spend\./, 'USD'],
  [/ttlS$/, 's'],
  [/(^|\.)hitRate$|^memory\.(share|shareMax|live)$/, 'share'],
  [/^gateway\.quality$/, 'quality 0 to 1'],
  [/Tokens$/, 'tokens'],
  [/Bytes$/, 'bytes'],
  [/\.entries$/, 'entries'],
  [/\.breaker\.state$/, '0 closed, 1 open'],
  [/\.(servers|busy)$/, 'servers'],
  [/^agents\./, 'agents'],
  [/^memory\.(collections|oom)$/, 'events'],
  [/^memory\.held$/, 'conversations'],
  [/\.connections\.open$/, 'connections'],
  [/^gateway\.measures$/, 'level'],
  [/\.limit$/, 'calls at once'],
  [/\.breaker\.opened$/, 'times'],
  [/\.batch\.batches$/, 'batches'],
  [/\.(lookups|hits|renewals)$/, 'lookups'],
  [/^station\.|^tries$|^retries$|\.calls$/, 'calls'],
];

export const unitOf = (column: string): string =>
  UNITS.find(([pattern]) => pattern.test(column))?.[1] ?? 'requests';
