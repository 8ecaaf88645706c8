/** Counts of a connection pool since its start. `openNow` and the other `…Now` are levels. */
export class ConnectionPoolStats {
  requests = 0;
  /** Granted on a connection that had carried a request before; of these no handshake was paid. */
  reused = 0;
  opened = 0;
  /** Milliseconds of handshakes begun, by term. */
  dnsMs = 0;
  tcpMs = 0;
  tlsMs = 0;
  /** Closed by our keep-alive. */
  closedIdle = 0;
  /** Idle, closed by the server, and we heard of it in time. */
  closedByServer = 0;
  /** Idle, closed to make room for another host. */
  evicted = 0;
  /** Given back as not reusable, above a lowered limit, or thrown away in mid-handshake. */
  closedBroken = 0;
  /** Requests that met a connection the server had closed. */
  races = 0;
  /** Races mended by sending the request again; the others reached the caller as a reset. */
  retries = 0;
  /** Requests that had to wait in the queue, and for how long in all, until granted or gone. */
  waits = 0;
  waitMs = 0;
  timedOutInQueue = 0;
  timedOutInHandshake = 0;
  refused = 0;
  cancelled = 0;
  peakOpen = 0;
  peakWaiting = 0;
}

/** Levels at one moment. */
export interface ConnectionPoolLevels {
  open: number;
  idle: number;
  /** Carrying a request, or connecting for one. */
  inUse: number;
  waiting: number;
}
