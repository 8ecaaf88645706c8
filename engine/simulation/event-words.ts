/** What the events of a run are called, and the rule by which each was told, with its figures. */
import type { NotableEvent } from './notable.ts';
import type { Scenario } from './scenario.ts';
import {
  number,
  stationTitle,
  type Data,
  type EventWords,
  type Figure,
  type WordsOf,
} from './event-figures.ts';
import { COLLAPSE_ERRORS, METASTABLE_S, PLATEAU, SATURATED, SLOW_FACTOR, SUSTAIN_S } from './event-rules.ts';
import { leverWords, settingsSet } from './event-settings.ts';
import { machineWords } from './event-words-machines.ts';
import { moneyWords } from './event-words-money.ts';
import { amount, duration, percent, time } from './wording.ts';

const WORDS: Record<string, WordsOf> = {
  scripted: ({ atS, data }, scenario) => ({
    title: String(data['label']),
    because:
      'The scenario has it so: its script changes these settings at this time, whatever the system does.',
    figures: settingsSet(atS, String(data['label']), scenario),
  }),
  pull: (event, scenario) => leverWords(event, scenario),
  saturated: ({ data }, scenario) => ({
    title: `${stationTitle(data, scenario)} saturated`,
    because: `For ${SUSTAIN_S} s on end more than ${percent(SATURATED.busy)} of its servers were at work, and more calls waited than half of them could serve at once. From here on, what comes in faster than it can be served waits.`,
    figures: [
      {
        label: 'servers at work',
        value: amount(number(data, 'busy')),
        against: `of ${amount(number(data, 'servers'))}`,
      },
      {
        label: 'calls waiting',
        value: amount(number(data, 'queue')),
        against: `more than ${amount(SATURATED.waitingPerServer * number(data, 'servers'))}`,
      },
    ],
    section: 'queueing',
  }),
  relieved: ({ data }, scenario) => ({
    title: `${stationTitle(data, scenario)} has room again`,
    because: 'It had been saturated, and at the end of this interval no call waited for it.',
    figures: [
      {
        label: 'servers at work',
        value: amount(number(data, 'busy')),
        against: `of ${amount(number(data, 'servers'))}`,
      },
      { label: 'calls waiting', value: '0' },
    ],
    section: 'queueing',
  }),
  slow: ({ data }) => ({
    title: 'Answers take long',
    because: `Over the last ${SUSTAIN_S} s the mean response was more than ${SLOW_FACTOR} times what it was before the first event.`,
    figures: [
      {
        label: 'mean response',
        value: time(number(data, 'meanMs')),
        against: `more than ${SLOW_FACTOR} × ${time(number(data, 'baselineMs'))}`,
      },
    ],
    section: 'queueing',
  }),
  collapse: ({ data }) => ({
    title: 'Collapse',
    because: `Over the last ${SUSTAIN_S} s more than ${percent(COLLAPSE_ERRORS)} of the requests that ended had no answer in time. Their callers have given up, and the work that was begun for them is lost.`,
    figures: [
      {
        label: 'without an answer',
        value: percent(number(data, 'errorRate')),
        against: `more than ${percent(COLLAPSE_ERRORS)}`,
      },
      { label: 'mean response', value: time(number(data, 'meanMs')) },
      { label: 'answered by a cache', value: percent(number(data, 'hitRate')) },
    ],
    section: 'retries',
  }),
  plateau: ({ data }) => ({
    title: 'All requests run into their time-outs',
    because: `Over the last ${SUSTAIN_S} s more than ${percent(PLATEAU.errors)} of the requests had no answer, and half of them took as long as all their time-outs together. A request cannot take longer, so the curve is flat.`,
    figures: [
      {
        label: 'without an answer',
        value: percent(number(data, 'errorRate')),
        against: `more than ${percent(PLATEAU.errors)}`,
      },
      {
        label: 'half take at least',
        value: time(number(data, 'p50Ms')),
        against: `${amount(number(data, 'tries'))} tries × ${time(number(data, 'timeoutMs'))} = ${time(number(data, 'plateauMs'))}`,
      },
    ],
    section: 'retries',
  }),
  metastable: ({ atS, data }) => ({
    title: 'The failure keeps itself alive',
    because: `The load and everything that the script had changed have been back for ${METASTABLE_S} s, and most requests still fail. What keeps the system down is its own answer to the failure: a metastable failure. It does not end by waiting.`,
    figures: [
      {
        label: 'the cause is gone for',
        value: `${Math.round(atS - number(data, 'sinceS'))} s`,
        against: `at least ${METASTABLE_S} s`,
      },
      { label: 'in collapse for', value: duration(atS - number(data, 'collapseS')) },
      { label: 'without an answer', value: percent(number(data, 'errorRate')) },
    ],
    section: 'metastable',
  }),
  recovered: ({ data }, scenario) => ({
    title: 'Recovered',
    because: `It had been slow or worse, and over the last ${amount(scenario.objectives.windowS)} s all objectives for the service hold again.`,
    figures: [
      { label: 'since the first event', value: duration(number(data, 'afterS')) },
      ...judgedFigures(data, scenario),
    ],
    section: 'metastable',
  }),
  ...moneyWords,
  ...machineWords,
};

function judgedFigures(data: Data, { objectives }: Scenario): Figure[] {
  const rows: [string, string, number | undefined, (n: number) => string, string][] = [
    ['meanMs', 'mean response', objectives.meanMs, time, 'at most'],
    ['p99Ms', 'p99 response', objectives.p99Ms, time, 'at most'],
    ['hitRate', 'hit rate', objectives.hitRate, percent, 'at least'],
    ['errorRate', 'without an answer', objectives.errorRate, percent, 'at most'],
  ];
  return rows.flatMap(([key, label, target, text, bound]) =>
    target === undefined || data[key] === undefined
      ? []
      : [{ label, value: text(number(data, key)), against: `${bound} ${text(target)}` }],
  );
}

export const eventWords = (event: NotableEvent, scenario: Scenario): EventWords =>
  WORDS[event.kind]!(event, scenario);
