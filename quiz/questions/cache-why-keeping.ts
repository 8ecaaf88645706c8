/** Reasons: where a value is kept, for how long, who leaves, and what the counts say. */
import type { QuestionInput } from '../format.ts';

export const cacheWhyKeeping: QuestionInput[] = [
  {
    id: 'cache-why-conversation-tier',
    kind: 'why',
    objective: 'tiers',
    difficulty: 2,
    source: 'tiers',
    question:
      'The agent needs the last ten messages of a conversation at each turn. Where should they be cached?',
    given: [
      ['Read by', 'one user, some turns a minute'],
      ['Kept', '30 minutes'],
      ['Routing', 'a user stays with one instance'],
      ['When lost', 'read again from the database'],
    ],
    options: [
      {
        text: 'In [[l4|L4]], as the edge is nearest to the user.',
        feedback:
          'Near to the user is far from the agent, which is the one that reads it. And an edge is made for what many may see.',
      },
      {
        text: 'In [[l2|L2]], so that every instance can read it.',
        feedback:
          'Sharing sounds safe, but no other instance asks: routing keeps the user where he is. Each turn would pay a network trip for it.',
      },
      {
        text: 'In [[l1|L1]] of the instance that serves the user.',
        right: true,
        feedback:
          'One reader, always at the same place, for a short time, and a loss costs only one read from the database: memory is enough, and fastest.',
      },
      {
        text: 'In [[l3|L3]], because it must survive a restart.',
        feedback:
          'It need not: the database has the messages. Durability is paid for at every turn and used at a restart only.',
      },
    ],
  },
  {
    id: 'cache-why-zero-is-missed',
    kind: 'why',
    objective: 'tiers',
    difficulty: 1,
    source: 'tiers',
    question:
      'A tool says how many tickets are open. Whenever the answer is 0, the next request calls the tool again, though storing the 0 succeeded. The read is `const hit = l1.get(key); if (hit) return hit;`. Why is it called again?',
    options: [
      {
        text: 'The value 0 is taken for a miss by the condition.',
        right: true,
        feedback:
          '`get` tells a miss by `undefined`, but `if (hit)` also turns away `0`, `""`, `false` and `null`. Compare with `undefined`, or ask whether the key is there.',
      },
      {
        text: 'The entry of a 0 is so small that it is evicted first.',
        feedback:
          'No policy of the lab evicts small entries first; those that weigh sizes at all give up large ones before.',
      },
      {
        text: 'The tier stores JSON, and a bare number is no JSON.',
        feedback: 'It is: `0` is a whole JSON text. And storing it would have failed, not reading it.',
      },
      {
        text: 'The entry has a time to live of 0, since its value is 0.',
        feedback: 'The time to live comes from the policy. A value does not set its own, whatever it is.',
      },
    ],
  },
  {
    id: 'cache-why-hourly-peaks',
    kind: 'why',
    objective: 'ttl',
    difficulty: 2,
    source: 'ttl',
    question:
      'A release fills a cache with 50,000 answers within a minute, each with a life of one hour. Since then model calls have peaked for a minute in every hour. Which change ends the peaks?',
    options: [
      {
        text: 'A life of two hours in place of one.',
        feedback: 'Then all of them expire together every two hours: half as often, and as many at once.',
      },
      {
        text: 'A life shortened by a random share.',
        right: true,
        feedback:
          'What was filled in one minute then ends over many. It only shortens, so that nothing is served for longer than an hour.',
      },
      {
        text: 'A cache with room for 100,000 answers.',
        feedback: 'The answers do not leave for want of room. They end by the clock, in a cache of any size.',
      },
      {
        text: 'A pool that is scaled out every hour.',
        feedback: 'It pays for the peak and keeps it. The cause, that all lives end together, stays.',
      },
    ],
  },
  {
    id: 'cache-why-ttl-over-contract',
    kind: 'why',
    objective: 'ttl',
    difficulty: 3,
    source: 'ttl',
    question:
      'By contract no customer may see a price that was replaced more than ten minutes ago. The team wants more hits. What can it do and keep the contract?',
    given: [
      ['Hits at 10 min', '62 %'],
      ['Hits at 60 min', '81 %'],
      ['Target', '70 %'],
    ],
    options: [
      {
        text: 'Keep ten minutes, but count them from the last hit.',
        feedback:
          'A sliding life is renewed by each read: a price that is asked for every minute is never fetched again, however often it was replaced.',
      },
      {
        text: 'Take sixty minutes, and renew what is near its end.',
        feedback:
          'Renewal needs a reader near the end. Who comes after forty minutes may get a price that was replaced half an hour ago.',
      },
      {
        text: 'Keep ten minutes, and serve stale while renewing.',
        feedback:
          'It is the usual remedy for waiting, and it works by showing the old price once more, when its ten minutes are over.',
      },
      {
        text: 'Take sixty minutes, and purge a price that changes.',
        right: true,
        feedback:
          'What has not changed is not out of date, so it may stay. The contract then hangs on the purge: it has to reach every tier, and its failure has to be noticed within ten minutes.',
      },
    ],
  },
  {
    id: 'cache-why-crawler',
    kind: 'why',
    objective: 'eviction',
    difficulty: 2,
    source: 'eviction',
    question:
      'Each night a crawler reads a million keys once. In the morning an LRU cache of 50,000 entries, which answers 80 % by day, begins almost at nothing. What helps most?',
    options: [
      {
        text: 'Evict first in, first out: reads by the crawler then refresh nothing.',
        feedback:
          'The crawler’s keys come in as newcomers, not by being read again. A million newcomers push out 50,000 entries in either order.',
      },
      {
        text: 'Twice the memory, so that the crawler’s keys and the others both fit.',
        feedback:
          'A million do not fit into 100,000 either. The scan is longer than any cache one would pay for.',
      },
      {
        text: 'Let newcomers wait in a small queue, and keep those read again.',
        right: true,
        feedback:
          'S3-FIFO and its kind do so. What is read once passes through a tenth of the cache and leaves; the other nine tenths never notice the crawler.',
      },
      {
        text: 'A life of one minute, so that what the crawler read ends by itself.',
        feedback:
          'By then it has evicted the others already. And a life of a minute also ends what the day lives on.',
      },
    ],
  },
  {
    id: 'cache-why-which-gain',
    kind: 'why',
    objective: 'hit-rate',
    difficulty: 2,
    source: 'hit-rate',
    question:
      'Two services get 100 requests a second each, and their model calls cost the same. There is time to improve one of their caches. Which change spares more calls?',
    given: [
      ['Search', '90 % → 95 %'],
      ['Chat', '40 % → 50 %'],
    ],
    options: [
      {
        text: 'Search, because it halves its misses.',
        feedback:
          'It does, from ten a second to five: half of little. A share of the misses says nothing without their number.',
      },
      {
        text: 'Chat, because ten points are more.',
        right: true,
        feedback:
          'With the same load, points of the hit rate are calls: ten a second against five. That chat stays in the band “poor” does not matter to the bill.',
      },
      {
        text: 'Search, because it becomes “excellent”.',
        feedback:
          'It was so from 90 % on. A band is a label for people; no call is spared by crossing into it.',
      },
      {
        text: 'Neither, because both rise by a tenth or less.',
        feedback:
          'Relative growth of the rate is not what is paid for. Calls are: five or ten fewer a second.',
      },
    ],
  },
];
