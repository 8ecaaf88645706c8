/** Events of what protects a system, and of its memory. */
import {
  number,
  stationTitle,
  type Data,
  type EventWords,
  type Figure,
  type WordsOf,
} from './event-figures.ts';
import {
  BEGIN_S,
  CLOSED_S,
  CROWDING,
  END_S,
  HELD_BACK,
  LONG_PAUSE_MS,
  MISSING,
  MOST_WAIT,
  STRONGLY,
  STUCK_S,
  WORTH_TELLING,
} from './event-rules.ts';
import { amount, percent, time } from './wording.ts';

const perS = (data: Data): Figure => ({
  label: 'in the last interval',
  value: `${amount(number(data, 'perS'))} a second`,
});

/** An act that is told when it has gone on for a while, and when it has rested for a while. */
const spell =
  (
    begins: string,
    ends: string,
    acts: string,
    section: string,
    shareFrom: number,
    figure: (data: Data) => Figure,
  ): WordsOf =>
  ({ data }, scenario) => {
    const began = data['began'] === true;
    const at = data['station'] === undefined ? '' : ` at ${stationTitle(data, scenario)}`;
    return {
      title: `${began ? begins : ends}${at}`,
      because: began
        ? `For ${BEGIN_S} s on end ${acts}: at least ${percent(shareFrom)}.`
        : `For ${END_S} s on end it was not so any more that ${acts}.`,
      figures: [figure(data)],
      section,
    };
  };

const BREAKER: Record<string, (data: Data) => Omit<EventWords, 'title' | 'section'>> = {
  open: (data) => ({
    because:
      'Too many calls failed within the breaker’s window. While it is open, calls are refused at once: callers hear soon, and the station has time to recover.',
    figures: [
      ...(Number(data['failures']) > 0
        ? [{ label: 'opens at', value: `${amount(number(data, 'failures'))} failures` }]
        : []),
      ...(Number(data['failureRate']) > 0
        ? [{ label: 'opens at', value: `${percent(number(data, 'failureRate'))} failed` }]
        : []),
      ...(Number(data['windowMs']) > 0 ? [{ label: 'within', value: time(number(data, 'windowMs')) }] : []),
    ],
  }),
  'half-open': () => ({
    because: 'Its time of rest is over. A few calls are let through to try whether the station works again.',
    figures: [],
  }),
  stuck: () => ({
    because: `It has been half-open for ${STUCK_S} s without a verdict, while others were turned away: its probes were lost on the way.`,
    figures: [{ label: 'half-open for', value: `${STUCK_S} s` }],
  }),
  closed: (data) => ({
    because: `Its probes succeeded, and it has stayed closed for ${CLOSED_S} s. All calls go through again.`,
    figures: [{ label: 'had opened', value: `${amount(number(data, 'opened'))} times` }],
  }),
};

const LIMIT = {
  losses: 'Calls were lost at the present limit, so it was lowered.',
  waits:
    'Answers came later than the limiter’s idea of an idle station, so calls wait inside: the limit was lowered.',
  room: 'Calls were answered without waiting and the limit was used up, so it was raised.',
} as const;

export const machineWords: Record<string, WordsOf> = {
  breaker: ({ data }, scenario) => ({
    title: `Breaker at ${stationTitle(data, scenario)}: ${String(data['state'])}`,
    ...(BREAKER[String(data['state'])] ?? BREAKER['open']!)(data),
    section: 'retries',
  }),
  limit: ({ data }, scenario) => ({
    title: `Limit at ${stationTitle(data, scenario)}: ${amount(number(data, 'from'))} to ${amount(number(data, 'to'))}`,
    because: `${LIMIT[data['why'] as keyof typeof LIMIT] ?? ''} It is told when it has changed ${STRONGLY}-fold.`,
    figures: [
      {
        label: 'calls at once',
        value: amount(number(data, 'to')),
        against: `was ${amount(number(data, 'from'))}`,
      },
    ],
    section: 'shedding',
  }),
  shedding: (event, scenario) =>
    spell(
      `${String(event.data['class'])} calls are shed`,
      `${String(event.data['class'])} calls are let in`,
      `calls of the class “${String(event.data['class'])}” were refused at the door, so that those above it find room`,
      'shedding',
      WORTH_TELLING,
      (data) => ({ label: 'of this class refused', value: percent(number(data, 'share')) }),
    )(event, scenario),
  codel: spell(
    'CoDel drops calls',
    'CoDel rests',
    'calls were dropped because the shortest wait had stayed too long',
    'shedding',
    WORTH_TELLING,
    perS,
  ),
  tooLate: spell(
    'Calls that would come too late are dropped',
    'Calls are served in time',
    'calls were dropped because their callers’ deadline was too near',
    'shedding',
    WORTH_TELLING,
    perS,
  ),
  queueFull: spell(
    'The queue is full',
    'The queue has room',
    'calls were refused because the queue was full',
    'shedding',
    WORTH_TELLING,
    perS,
  ),
  retryBudget: spell(
    'Retries are held back',
    'Retries are free again',
    'retries were not made because the retry budget was used up',
    'retries',
    HELD_BACK,
    perS,
  ),
  hedges: ({ data }, scenario) => {
    const capped = data['state'] === 'capped';
    return {
      title: capped ? 'Second calls at their cap' : 'Second calls crowd out the first',
      because: capped
        ? `For ${BEGIN_S} s on end more second calls were wanted than the cap allows.`
        : `For ${BEGIN_S} s on end ${stationTitle(data, scenario)} had hardly a server free, and at least ${percent(CROWDING)} as many second calls as first ones came: they are a load of their own.`,
      figures: [
        capped
          ? {
              label: 'held back',
              value: percent(number(data, 'share')),
              against: `at least ${percent(HELD_BACK)}`,
            }
          : {
              label: 'second calls to first',
              value: percent(number(data, 'share')),
              against: `at least ${percent(CROWDING)}`,
            },
      ],
      section: 'tail',
    };
  },
  connections: spell(
    'Connections are used up',
    'Connections are free',
    'calls had to wait for a connection',
    'connections',
    MOST_WAIT,
    (data) => ({ label: 'calls waiting', value: amount(number(data, 'waiting')) }),
  ),
  batch: ({ data }, scenario) => ({
    title: `Items without an answer at ${stationTitle(data, scenario)}`,
    because: `For ${BEGIN_S} s on end the model answered fewer items than were in its batch: at least ${percent(MISSING)} had none. ${data['fallback'] === true ? 'They are asked again, one by one.' : 'They have failed.'}`,
    figures: [perS(data)],
    section: 'batch-window',
  }),
  pause: ({ data }) => ({
    title: `An instance stood still for ${time(number(data, 'pauseMs'))}`,
    because: `Its heap was so full that a collection had to look at nearly all of it. Pauses above ${time(LONG_PAUSE_MS)} are told: whoever is on that instance waits.`,
    figures: [
      { label: 'pause', value: time(number(data, 'pauseMs')), against: `more than ${time(LONG_PAUSE_MS)}` },
      { label: 'heap taken, fullest', value: percent(number(data, 'share')) },
    ],
    section: 'context',
  }),
  outOfMemory: ({ data }) => ({
    title: 'Out of memory',
    because:
      'What is live no longer fits into the heap. The process was ended, and began anew with nothing in its memory.',
    figures: [{ label: 'processes that began anew', value: amount(number(data, 'instances')) }],
    section: 'context',
  }),
};
