import type { RandomStream } from '../core/random.ts';
import type { HandshakeSettings } from './connection-pool-settings.ts';

/** The terms of one handshake in milliseconds. All are 0 for a reused connection. */
export interface HandshakeCost {
  readonly dns: number;
  readonly tcp: number;
  readonly tls: number;
}

export const NO_HANDSHAKE: HandshakeCost = { dns: 0, tcp: 0, tls: 0 };

export function handshakeMs(cost: HandshakeCost): number {
  return cost.dns + cost.tcp + cost.tls;
}

/** What is remembered of hosts between connections: resolved names and session tickets. */
export class Handshakes {
  /** Host to the time when its name was, or will be, resolved. */
  private readonly resolvedAtMs = new Map<string, number>();
  /** Host to the time when its first handshake ended, and with it came a ticket. */
  private readonly ticketsAtMs = new Map<string, number>();

  /** @param random draws whether a ticket is taken; used only for a resumption share between 0 and 1. */
  constructor(
    private readonly settings: HandshakeSettings,
    private readonly random: RandomStream,
  ) {}

  /** Cost of a connection begun now. Requests that come while a name is being looked up wait for that lookup. */
  begin(host: string, nowMs: number): HandshakeCost {
    return { dns: this.dns(host, nowMs), tcp: this.settings.tcpMs, tls: this.tls(host, nowMs) };
  }

  /** A handshake that ends at `readyMs` brings a ticket. */
  completes(host: string, readyMs: number): void {
    if (this.settings.resumption && !this.ticketsAtMs.has(host)) this.ticketsAtMs.set(host, readyMs);
  }

  private dns(host: string, nowMs: number): number {
    const { dnsMs, dnsTtlMs } = this.settings;
    const resolved = this.resolvedAtMs.get(host);
    if (resolved !== undefined && nowMs < resolved + dnsTtlMs) return Math.max(0, resolved - nowMs);
    this.resolvedAtMs.set(host, nowMs + dnsMs);
    return dnsMs;
  }

  private tls(host: string, nowMs: number): number {
    const { tlsMs, resumption } = this.settings;
    if (!resumption || nowMs < (this.ticketsAtMs.get(host) ?? Infinity)) return tlsMs;
    const resumes =
      resumption.share === 1 || (resumption.share > 0 && this.random.uniform() < resumption.share);
    return resumes ? resumption.tlsMs : tlsMs;
  }
}
