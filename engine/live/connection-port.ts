/** What a live pool has its connections from: sockets of Node, or permits where a browser holds the sockets itself. */
export interface ConnectionPort<C> {
  /** Opens one. Rejects when that fails, and when the signal aborts. */
  connect(host: string, signal: AbortSignal): Promise<C>;
  close(connection: C): void;
  /** Calls back once when the other side has closed it; returns how to stop listening. Left out where nobody can know. */
  onClosed?(connection: C, heard: () => void): () => void;
}

/** A connection was gone before the first byte of an answer, so the request may not have been seen. */
export class ConnectionReset extends Error {
  override readonly name = 'ConnectionReset';
}

const WORDS = {
  refused: 'too many requests wait already',
  timedOut: 'no connection came free in time',
  reset: 'the connection was reset, and the request is not to be sent twice or was on a fresh connection',
  closed: 'the pool is closed',
};

/** A request that got no connection, or lost it. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  constructor(
    readonly why: keyof typeof WORDS,
    readonly host: string,
    readonly afterMs: number,
  ) {
    super(`${host}: ${WORDS[why]}.`);
  }
}

/** Connections that stand for nothing but the permission to send: for a browser, which pools its sockets out of sight. */
export const permits: ConnectionPort<object> = {
  connect: () => Promise.resolve({}),
  close: () => {},
};

/** Ends when the signal does, even where the port takes no notice; a connection that comes too late is closed. */
export async function connected<C>(port: ConnectionPort<C>, host: string, signal: AbortSignal): Promise<C> {
  signal.throwIfAborted();
  const opening = port.connect(host, signal);
  const left = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  try {
    return await Promise.race([opening, left]);
  } catch (error) {
    opening.then(
      (connection) => port.close(connection),
      () => {},
    );
    throw error;
  }
}
