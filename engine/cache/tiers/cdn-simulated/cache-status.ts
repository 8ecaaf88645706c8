/** Why a request went on towards the origin (RFC 9211, section 2.2). */
export type ForwardReason =
  'bypass' | 'method' | 'uri-miss' | 'vary-miss' | 'miss' | 'request' | 'stale' | 'partial';

/** How one cache handled a request (RFC 9211). */
export interface CacheStatus {
  /** Of the cache. */
  readonly cache: string;
  /** Answered from the cache without asking further. */
  readonly hit?: boolean;
  readonly forward?: ForwardReason;
  /** Status that came back from there. */
  readonly forwardStatus?: number;
  /** What is left of the freshness, whole seconds; negative when stale. */
  readonly ttlSeconds?: number;
  readonly stored?: boolean;
  /** Waited for the answer to somebody else's request. */
  readonly collapsed?: boolean;
  readonly detail?: string;
}

/** The field Cache-Status: the cache next to the origin first. */
export const cacheStatusField = (statuses: readonly CacheStatus[]): string => statuses.map(member).join(', ');

function member(status: CacheStatus): string {
  const parts = [/^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/.test(status.cache) ? status.cache : quoted(status.cache)];
  if (status.hit) parts.push('hit');
  if (status.forward) parts.push(`fwd=${status.forward}`);
  if (status.forwardStatus !== undefined) parts.push(`fwd-status=${status.forwardStatus}`);
  if (status.ttlSeconds !== undefined) parts.push(`ttl=${status.ttlSeconds}`);
  if (status.stored) parts.push('stored');
  if (status.collapsed) parts.push('collapsed');
  if (status.detail !== undefined) parts.push(`detail=${quoted(status.detail)}`);
  return parts.join('; ');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
