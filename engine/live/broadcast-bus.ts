import type { InvalidationBus } from '../cache/flow/bus.ts';
import type { BusMessage } from '../cache/flow/protocol.ts';

/**
 * Carries invalidations to the other tabs and workers of this origin. What is not a message of ours is ignored; where
 * BroadcastChannel is missing, there is nobody to tell.
 * @param channel instances with the same name hear each other.
 */
export function broadcastBus(channel: string): InvalidationBus & { close(): void } {
  if (typeof BroadcastChannel === 'undefined')
    return { publish: () => {}, subscribe: () => () => {}, close: () => {} };
  const port = new BroadcastChannel(channel);
  return {
    publish: (change) => port.postMessage(change),
    subscribe(listener) {
      const hear = ({ data }: MessageEvent<unknown>): void => {
        if (isMessage(data)) listener(data);
      };
      port.addEventListener('message', hear);
      return () => port.removeEventListener('message', hear);
    },
    close: () => port.close(),
  };
}

function isMessage(data: unknown): data is BusMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { target, atMs, write, failedAt } = data as Partial<BusMessage>;
  return (
    typeof atMs === 'number' &&
    typeof write === 'boolean' &&
    Array.isArray(failedAt) &&
    typeof target === 'object' &&
    target !== null &&
    ((target.kind === 'key' && typeof target.key === 'string') ||
      (target.kind === 'tag' && typeof target.tag === 'string') ||
      (target.kind === 'prefix' && typeof target.prefix === 'string') ||
      target.kind === 'all')
  );
}
