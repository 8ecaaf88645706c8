import * as v from 'valibot';
import { parse } from '../core/schema.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const count = v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more'));
const places = v.pipe(number, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more'));
const share = v.pipe(number, v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));

/** What it takes to get from nothing to a connection that carries a request, in terms that are paid for separately. */
export const handshakeSchema = v.strictObject({
  /** One lookup of the name. */
  dnsMs: v.optional(nonNegative, 20),
  /** How long the answer is known afterwards, for each host. */
  dnsTtlMs: v.optional(nonNegative, 60_000),
  /** One round trip (RFC 9293). */
  tcpMs: v.optional(nonNegative, 30),
  /** A full TLS handshake: one round trip and the work of checking a certificate (RFC 8446); 0 for plain text. */
  tlsMs: v.optional(nonNegative, 60),
  /** Resumption by session ticket (RFC 8446, 2.2), for hosts that were connected to before. Null: never. */
  resumption: v.optional(
    v.nullable(v.strictObject({ share: v.optional(share, 1), tlsMs: v.optional(nonNegative, 30) })),
    null,
  ),
});

/** The connection pool of one endpoint. The defaults of the first four are the module's (L4). */
export const connectionPoolSchema = v.strictObject({
  /** Connections in all, idle ones too. */
  maxTotal: v.optional(count, 20),
  maxPerHost: v.optional(count, 10),
  /** An idle connection is closed from our side after this; 0 reuses none. */
  keepAliveMs: v.optional(nonNegative, 30_000),
  /** From the request to a usable connection: waiting and handshake together. Null: no limit. */
  timeoutMs: v.optional(v.nullable(positive), 30_000),
  /** Of that, the longest wait in the queue. Null: only the timeout counts. */
  queueTimeoutMs: v.optional(v.nullable(positive), null),
  /** Requests that may wait; further ones are refused. Null: no bound. */
  maxWaiting: v.optional(v.nullable(places), 100),
  /** The newest idle connection is used first, so that few stay warm and the others can end; or the oldest. */
  idleOrder: v.optional(v.picklist(['newest-first', 'oldest-first']), 'newest-first'),
  /**
   * Who gets what a release makes free. `arrival`: the longest waiting request whose host has room, of whatever host, even
   * if that costs a handshake. `same-host`: first a request for the host of the released connection; saves handshakes
   * and can starve other hosts.
   */
  grantOrder: v.optional(v.picklist(['arrival', 'same-host']), 'arrival'),
  /** A handshake that outlives its request: `close` throws it away, `keep` completes it for the next one. */
  lateHandshake: v.optional(v.picklist(['close', 'keep']), 'close'),
  /** The server closes a connection that was idle for this long. Null: never. */
  serverKeepAliveMs: v.optional(v.nullable(positive), null),
  /** One-way delay between the two sides: how long the news of a close, or a request, is on its way. */
  raceMs: v.optional(nonNegative, 15),
  handshake: v.optional(handshakeSchema, {}),
});

export type HandshakeSettings = v.InferOutput<typeof handshakeSchema>;
export type ConnectionPoolSettings = v.InferOutput<typeof connectionPoolSchema>;

const names = [...Object.keys(connectionPoolSchema.entries), ...Object.keys(handshakeSchema.entries)];

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function connectionPoolSettings(input: unknown = {}): ConnectionPoolSettings {
  return parse(connectionPoolSchema, input, 'connection pool', names);
}
