/** Numbers in docs/module/latency/, from its figures and formulas. */
import { pow } from '../../../engine/core/exact-math.ts';
import { choicesMeanResponse, fanOutSlowShare, keepAliveReuse } from '../../../engine/latency/formulas.ts';
import { mg1, mmc, retryAmplification } from '../../../engine/simulation/theory.ts';
import { bestWindow, figure as batchWindow } from '../latency/batch-window.ts';
import { figure as context, importantKept } from '../latency/context.ts';
import { at, figure as percentiles } from '../latency/percentiles.ts';
import { figure as queueing } from '../latency/queueing.ts';
import { figure as retries } from '../latency/retries.ts';
import { figure as shedding } from '../latency/shedding.ts';
import { figure as tail } from '../latency/tail.ts';
import { figure as tuning } from '../latency/tuning.ts';
import { figure as metastable } from '../latency/metastable.ts';
import type { KnobValues } from '../format.ts';
import { numbersIn, pictureOf, type HeldSections } from './held.ts';
import { presetTables } from './latency-presets.ts';

/** Mean wait for one of so many connections, milliseconds; 60 calls a second of 150 ms. */
const connectionWaitMs = (size: number): number => 1000 * mmc(60, 1 / 0.15, size).meanWait;
/** Mean wait in services of one second, at a share of what the servers can do. */
const wait = (load: number, servers: number): number => mmc(load * servers, 1, servers).meanWait;
const kept = (row: number, knobs: KnobValues): number =>
  importantKept(pictureOf(context, knobs).rows[row])[0];
const [PRINTED, MENDED, MERGED] = [1, 2, 3];
const p99 = (line: number): number => at(pictureOf(percentiles).panels[0], line, 99);
const [USERS, TESTER] = [0, 1];
/** What becomes of the pool with a retry budget of this share. */
const withBudget = (ratio: number): string => pictureOf(retries, { ratio }).panels[2].verdict!.words;
const searched = (): number[] => pictureOf(tuning).rows.map(({ value }) => value);
const seedBySeed = (): number[] => numbersIn(pictureOf(tuning).rows[3].note!);

const own: HeldSections = {
  'batch-window': {
    'best-window': () => bestWindow(pictureOf(batchWindow).panels[0], 0).windowMs,
  },
  connections: {
    'found-again': () => 100 * keepAliveReuse(1 / 50, 30, 90).reuseShare,
    'wait-10': () => connectionWaitMs(10),
    'wait-12': () => connectionWaitMs(12),
    'wait-14': () => connectionWaitMs(14),
  },
  context: {
    'printed-tokens': () => pictureOf(context).rows[PRINTED].value,
    'mended-small': () => kept(MENDED, { windowTokens: 1024 }),
    'merged-small': () => kept(MERGED, { windowTokens: 1024 }),
  },
  metastable: {
    'back-after-two': () => numbersIn(pictureOf(metastable).panels[1].verdict!.words)[0],
  },
  percentiles: {
    'tester-p99': () => 1000 * p99(TESTER),
    'users-p99': () => p99(USERS),
  },
  queueing: {
    'times-as-long': () => {
      const [quiet, busy] = pictureOf(queueing).panels[0].marks!;
      return busy.y / quiet.y;
    },
    'one-queue-each': () => wait(0.8, 1),
    'one-queue': () => wait(0.8, 10),
    'erlang-busy': () => wait(0.95, 10),
    'erlang-quiet': () => wait(0.8, 10),
    'four-servers': () => wait(0.95, 4),
    'margin-220': () => 1000 * mmc(100, 0.5, 220).meanWait,
    'no-variety': () => mg1(0.8, 1, 0).meanWait,
    'much-variety': () => mg1(0.8, 1, 10).meanWait,
  },
  retries: {
    'one-retry': () => 10_000 * (1 - retryAmplification(0.04, 1).success),
    'too-small': (ratio) => withBudget(ratio) === 'errors on a good day',
    'too-large': (ratio) => withBudget(ratio) === 'never comes back',
  },
  shedding: {
    'touchy-wait': (delayMs) =>
      pictureOf(shedding, { load: 1, delayMs }).title.includes('refuses without need'),
    'task-of-calls': () => 1 / pow(0.8, 10),
  },
  tail: {
    'ten-calls': () => 100 * fanOutSlowShare(0.01, 10),
    'hundred-calls': () => 100 * fanOutSlowShare(0.01, 100),
    'capped-p99': () => numbersIn(pictureOf(tail).panels[1].verdict!.words)[0] / 1000,
    'eager-p99': () => numbersIn(pictureOf(tail).panels[2].verdict!.words)[0],
    'two-choices': () => choicesMeanResponse(0.9, 2),
    'one-choice': () => choicesMeanResponse(0.9, 1),
    'three-choices': () => choicesMeanResponse(0.9, 3),
  },
  tuning: {
    promised: () => 100 * (1 - searched()[1] / searched()[0]),
    'fresh-apart': () => Math.abs(searched()[3] - searched()[2]),
    'known-within': () => (seedBySeed()[0] + seedBySeed()[1]) / 2,
    'three-seeds': () => 100 * pow(0.75, 3),
    'ten-seeds': () => 100 * pow(0.75, 10),
  },
};

export const held: HeldSections = Object.fromEntries(
  Object.entries(own).map(([section, numbers]) => [section, { ...numbers, ...presetTables[section] }]),
);
