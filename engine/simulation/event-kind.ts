/** Kinds of future events. An event's code is `kind + 8 × subject`; the subject is a slot. */
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
}
