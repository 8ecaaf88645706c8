import type { BusMessage } from './protocol.ts';

/** Carries invalidations to the other instances. A bus may lose, repeat and reorder; it never returns what one sent oneself. */
export interface InvalidationBus {
  publish(change: BusMessage): void;
  /** Returns how to stop listening. */
  subscribe(listener: (change: BusMessage) => void): () => void;
}

/** A bus for instances in one process. Each instance takes its own port. */
export class InMemoryBus {
  private readonly ports = new Set<(change: BusMessage) => void>();

  /** @param deliver how a message travels; at once when left out. The virtual driver adds a delay here. */
  constructor(private readonly deliver: (arrive: () => void) => void = (arrive) => arrive()) {}

  port(): InvalidationBus {
    let own: ((change: BusMessage) => void) | undefined;
    return {
      publish: (change) => {
        for (const listener of [...this.ports])
          if (listener !== own) this.deliver(() => this.ports.has(listener) && listener(change));
      },
      subscribe: (listener) => {
        own = listener;
        this.ports.add(listener);
        return () => this.ports.delete(listener);
      },
    };
  }
}
