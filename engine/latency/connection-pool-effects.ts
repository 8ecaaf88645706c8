import type { HandshakeCost } from './connection-handshake.ts';

export interface PoolRequest {
  /** Unique among the requests that are not granted yet. */
  readonly id: number;
  /** May be sent twice (RFC 9110, 9.2.2); only then is it sent again after a reset. */
  readonly idempotent: boolean;
}

/** What the pool hands out. Give it back once, with `release` or `onReset`. */
export interface Connection {
  readonly id: number;
  readonly host: string;
}

/**
 * What happened to a request. Every acquire ends in exactly one of granted, timedOut, refused, cancelled and reset; queued,
 * connecting and racing come before the end. After `onReset` a granted request ends once more, as granted, timedOut or reset.
 */
export type PoolEffect =
  | {
      kind: 'granted';
      request: PoolRequest;
      connection: Connection;
      reused: boolean;
      /** The connection is usable after these milliseconds; a reused one at once. */
      handshake: HandshakeCost;
      /** Before the handshake. */
      waitedMs: number;
      /** Sent again after a reset. */
      retry: boolean;
    }
  | { kind: 'queued'; request: PoolRequest }
  /** The handshake takes longer than the request has left. */
  | { kind: 'connecting'; request: PoolRequest }
  /** Sent on a connection that the server has closed; a round trip later we know. */
  | { kind: 'racing'; request: PoolRequest }
  | { kind: 'timedOut'; request: PoolRequest; phase: 'queue' | 'handshake'; waitedMs: number }
  | { kind: 'refused'; request: PoolRequest }
  | { kind: 'cancelled'; request: PoolRequest }
  | { kind: 'reset'; request: PoolRequest };
