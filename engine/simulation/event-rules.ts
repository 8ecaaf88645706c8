/** The bounds by which the watchers of a run tell what a person would point at. The reasons of events name the same ones. */

/** Seconds over which a state must last before it is called one. */
export const SUSTAIN_S = 5;
/** Seconds for which the load must be back before a lasting collapse is called metastable. */
export const METASTABLE_S = 30;
/** Slow: the mean response is more than so many times what it was before the first event. */
export const SLOW_FACTOR = 3;
/** Collapse: more than this share of the requests that end have failed. */
export const COLLAPSE_ERRORS = 0.5;
/** Plateau: more than this share has failed, and half of them took longer than this share of all their time-outs together. */
export const PLATEAU = { errors: 0.95, time: 0.98 };
/** Saturated: more than this share of the servers are at work, and so many calls for each of them wait. */
export const SATURATED = { busy: 0.98, waitingPerServer: 0.5 };

/** Time for which a machine must act before it is told, and for which it must first rest. */
export const BEGIN_S = 3;
export const END_S = 15;
/** Below this share of what comes, an act is everyday. */
export const WORTH_TELLING = 0.05;
/** A limit that has changed by this factor is worth a word. */
export const STRONGLY = 2;
/** Share of the second calls wanted, or of the retries, that is held back. */
export const HELD_BACK = 0.2;
/** Second calls that are this share of the first ones are a load of their own. */
export const CROWDING = 0.25;
/** Share of the calls that wait for a connection; some do on any day. */
export const MOST_WAIT = 0.5;
/** Share of a batch's items that have no answer. */
export const MISSING = 0.005;

/** A breaker half-open for so long without a verdict, while others are turned away: its probes are lost. */
export const STUCK_S = 15;
/** A breaker closed for so long before the outage is called over. */
export const CLOSED_S = 5;

/** A pause of an instance that a user notices. */
export const LONG_PAUSE_MS = 1000;
