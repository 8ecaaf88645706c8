/** An event's code is `kind + SUBJECT × subject`; the subject is a slot. */
export const SUBJECT = 16;

/** Kinds of future events. */
export const enum EventKind {
  /** A try reaches the station of its node; subject: try. */
  Arrive = 0,
  /** A call's service ends; subject: call. */
  ServiceEnd = 1,
  /** A try's time is up; subject: try. */
  Timeout = 2,
  /** A request is tried again; subject: request. */
  Retry = 3,
  /** A tier's answer reaches the caller; subject: try. */
  Answer = 4,
  /** A call's patience ends; subject: call. */
  Patience = 5,
  /** A conversation goes on with its next request; subject: conversation. */
  NextTurn = 6,
  /** The gateway's time has come for a batch or deferred work; subject: timer. */
  GatewayTimer = 7,
  /** A controller looks at the system; subject: controller. */
  Control = 8,
  /** Something is due at a guarded station: a hedge, a connection, a batch; subject: timer. */
  Visit = 9,
  /** An instance works again after a pause of its memory; subject: instance. */
  Resume = 15,
}
