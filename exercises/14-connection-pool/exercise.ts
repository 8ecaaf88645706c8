import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Connections are shared',
  system: 'L4',
  kind: 'implement',
  exports: [{ name: 'ConnectionPool', kind: 'class' }],
  objectives: [
    { id: 'limits', text: 'Hold a limit for all connections and one for each host' },
    { id: 'reuse', text: 'Use idle connections again, and close them when they are too old or in the way' },
    { id: 'waiting', text: 'Serve those who wait in order, and let none wait for ever' },
    { id: 'given-back-once', text: 'Refuse a connection that is given back twice' },
  ],
  hints: [
    'What states can a connection be in? In which of them does it count towards the limits?',
    'Keep three things: connections in use (number → host), idle ones in the order in which they were given back, and waiters in the order in which they came. Idle for the longest time: the first. Given back last: the last.',
    'Write `serve(host)`, which returns a number or `undefined` and knows nothing of promises. `acquire` calls it; `release` calls it for every waiter, in order.',
    '`serve`: the last idle one of the host; else `undefined` if the host has `maxPerHost` open; else, if `maxTotal` are open, close the first idle one or give up; else a new number. ' +
      'The clock, before everything: waiters with `nowMs - sinceMs >= timeoutMs` reject, idle ones with `nowMs - idleMs >= keepAliveMs` go.',
  ],
};
