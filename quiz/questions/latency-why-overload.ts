/** Reasons: overload and what ends it, the tail, contexts in memory, and what a search has found. */
import type { QuestionInput } from '../format.ts';

export const latencyWhyOverload: QuestionInput[] = [
  {
    id: 'latency-why-ends-the-storm',
    kind: 'why',
    objective: 'metastable',
    difficulty: 3,
    source: 'metastable',
    question:
      'The cause was mended ten minutes ago. Still no request is answered in time. Which measure, taken alone, brings the service back?',
    given: [
      ['Load', '50 requests a second'],
      ['The pool can do', '100 calls a second'],
      ['Callers', 'leave after 1 s, and try up to three times more'],
      ['Queue', '12,000 calls, nearly all of them left behind'],
    ],
    options: [
      {
        text: 'Patience: half the load leaves half the pool to drain the queue.',
        feedback:
          'Each request makes four calls as long as none is in time: 200 a second come, and 100 are done. The queue grows.',
      },
      {
        text: 'Half as many servers again, so that the pool does 150 a second.',
        feedback:
          'Against 200 a second that is still too little. The queue grows more slowly, and all that is finished comes too late.',
      },
      {
        text: 'Callers that wait for 5 s, so that answers need not be as quick.',
        feedback: 'The queue stands for two minutes. To wait for five seconds of that is as good as one.',
      },
      {
        text: 'No retries for some minutes, until the queue has been worked off.',
        right: true,
        feedback:
          '50 calls a second come then and 100 are done, so 12,000 are gone in four minutes. It was the retries that kept the [[trouble|storm]] up, and no longer its cause.',
      },
    ],
  },
  {
    id: 'latency-why-refuse-by-user',
    kind: 'why',
    objective: 'shedding',
    difficulty: 2,
    source: 'shedding',
    question:
      'A task of an agent makes ten calls, and is worth nothing unless all succeed. One call in five has to be refused. Refused at random, hardly any task is finished. What is better?',
    options: [
      {
        text: 'To refuse by the hash of the user, so that whole tasks are served or not.',
        right: true,
        feedback:
          'Four users in five finish their tasks. At random 0.8^10, one task in ten, has all its calls, and the others use up what they cannot turn to anything.',
      },
      {
        text: 'To try each refused call again, as four tries in five come through.',
        feedback:
          'The tries are calls as well: the load rises by a quarter, and more than one in five has to be refused.',
      },
      {
        text: 'To refuse those that have waited for longest, as they are late anyway.',
        feedback:
          'It saves dead work. But a wait hits the calls of all tasks alike, so again nearly every task loses one.',
      },
      {
        text: 'To refuse every fifth call in turn, so that no task has bad luck.',
        feedback: 'Fair, and fatal: of a task’s ten calls two are refused on average, and it needs all ten.',
      },
    ],
  },
  {
    id: 'latency-why-where-to-hedge',
    kind: 'why',
    objective: 'tail',
    difficulty: 2,
    source: 'tail',
    question:
      'A second call goes out when the first has not been answered by the p95, and the first answer counts. Where does that pay?',
    options: [
      {
        text: 'At a [[model|pool]] that is 95 % busy, where slow calls are those that queue.',
        feedback:
          'The second call queues as well, and is more load for a pool with hardly any to spare. All wait for longer.',
      },
      {
        text: 'At search replicas, 35 % busy, each of which stops now and then for a second.',
        right: true,
        feedback:
          'Slowness is by chance and of one replica, so that both are slow hardly ever happens. And there is room for 5 % more calls.',
      },
      {
        text: 'At an idle [[model|model]] that takes long for one prompt in thirty, by its length.',
        feedback:
          'There is room, but the same prompt is as long for whoever is asked. Both take their ten seconds, and both are paid.',
      },
      {
        text: 'At a booking service that answers late once in a while, after it has booked.',
        feedback:
          'The first call is late, not lost: with the second the seat is booked twice. Only what may be done twice can be hedged.',
      },
    ],
  },
  {
    id: 'latency-why-twice-the-heap',
    kind: 'why',
    objective: 'context',
    difficulty: 2,
    source: 'context',
    question:
      'An agent process holds its users’ conversations, and stands still for 10 s at each full collection. It gets twice the heap. What becomes of the pauses?',
    given: [
      ['Heap', '2,048 MB'],
      ['Live', '1,650 MB of conversations'],
      ['Each request', 'leaves garbage behind'],
    ],
    options: [
      {
        text: 'Half as long: the heap is half as full when it is collected.',
        feedback:
          'The share of the heap is not what is walked through. It is the live data, and they are 1,650 MB as before.',
      },
      {
        text: 'Twice as long, as there is twice as much heap to go through.',
        feedback:
          'What is dead is not visited. A collector marks what is live, and the room of the others is free.',
      },
      {
        text: 'Rarer, and as long as before, as the live data are the same.',
        right: true,
        feedback:
          'Room for garbage makes collections rarer. Only smaller contexts make them shorter: repeats held once, results as tables, compressed, pruned.',
      },
      {
        text: 'Gone: at 40 % of the heap no collection is needed any more.',
        feedback:
          'Garbage goes on filling the heap up to the threshold. It takes longer until then, and then there is a pause.',
      },
    ],
  },
  {
    id: 'latency-why-winner-flattered',
    kind: 'why',
    objective: 'tuning',
    difficulty: 2,
    source: 'tuning',
    question:
      'A search has tried 186 settings with three seeds each. With its seeds the winner recovers in 149 s, with eight fresh ones in 158 s, on average. The code is the same. Why is it worse?',
    options: [
      {
        text: 'Eight seeds are a harder test, as a longer day has more that can go wrong.',
        feedback:
          'More seeds are more days, not harder ones. The mean of eight is as likely to be below that of three as above.',
      },
      {
        text: 'It was chosen because it did well there: part of that was the luck of its seeds.',
        right: true,
        feedback:
          'Of many settings that are nearly equal the luckiest wins, so its figure is too good by its luck. What it is worth is only seen with seeds that had no part in the choice.',
      },
      {
        text: 'The search stopped too soon: with more settings the two figures would meet.',
        feedback:
          'With more settings to choose from, the best of three seeds is luckier still. The gap widens.',
      },
      {
        text: 'The seeds of the check differ between settings, so they cannot be compared.',
        feedback:
          'In the check, too, all settings meet the same seeds. Those are other seeds than the search had, and that is the point.',
      },
    ],
  },
  {
    id: 'latency-why-seed-by-seed',
    kind: 'why',
    objective: 'tuning',
    difficulty: 3,
    source: 'tuning',
    question: 'Two settings are run with the same eight seeds. Can it be said that B is faster?',
    given: [
      ['A', '300 ± 40 ms'],
      ['B', '290 ± 40 ms'],
      ['B less A, seed by seed', '−10 ± 3 ms'],
    ],
    options: [
      {
        text: 'No: the intervals overlap, so chance may have made the difference.',
        feedback:
          'The ± 40 ms are how much days differ. Both settings had the same days, so that part is in both and cancels.',
      },
      {
        text: 'Yes: its mean is lower, and a mean is what the goal was set for.',
        feedback:
          'A lower mean alone says nothing: of two equal settings one is always ahead. It takes the interval of the difference.',
      },
      {
        text: 'No: eight seeds are too few, whatever the intervals come to.',
        feedback:
          'How many are enough depends on the scatter, and the interval has counted it in. Here eight are plenty.',
      },
      {
        text: 'Yes: with the same seeds the difference is what counts, and it is below 0.',
        right: true,
        feedback:
          'Between −13 and −7 ms, with 0 well outside. Common random numbers take the luck of the day out of the comparison.',
      },
    ],
  },
];
