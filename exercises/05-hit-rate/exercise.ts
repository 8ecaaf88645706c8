import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'An honest hit rate',
  system: 'C3',
  kind: 'implement',
  exports: [{ name: 'CacheStats', kind: 'class' }],
  objectives: [
    {
      id: 'request-or-probe',
      text: 'Tell a hit rate per request from one per probe, and say which one a decision needs',
    },
    { id: 'per-level', text: 'Compute a level’s rate over the requests that reached it' },
    {
      id: 'edges',
      text: 'Treat the edges of a rate: nothing recorded, exactly at a threshold, an unknown name',
    },
  ],
  hints: [
    'Take ten requests: six answered by L1, three by L2, one by the model. How many probes did L1 see, how many L2, and how many of them hit?',
    'One number for each level (requests that it answered) and one for the model are enough. All three rates follow from them.',
    'A level was probed by every request that no faster level answered. So its probes are all requests, less the hits of the levels before it.',
    '`probes[i] = requests - hits[0] - … - hits[i - 1]`. `levelRate`: `hits[i] / probes[i]`; `requestRate`: the sum of `hits` over `requests`; ' +
      '`probeRate`: the sum of `hits` over the sum of `probes`. Divide in one function that gives `null` when the lower number is 0.',
  ],
};
