/** Numbers in docs/module/cost/. What is said there of a day of the five strategies is held by engine/scenarios/five-strategies.test.ts. */
import { exp } from '../../../engine/core/exact-math.ts';
import { breakEven, escalatedShare, expectedCost, keptWrongShare } from '../../../engine/cost/cascade.ts';
import { breakEvenPerHour, lostShare } from '../../../engine/cost/spot.ts';
import { dayUsd, figure as ablation } from '../cost/ablation.ts';
import { figure as agentPools } from '../cost/agent-pools.ts';
import { figure as budgets } from '../cost/budgets.ts';
import { figure as deferral } from '../cost/deferral.ts';
import { choiceAt, figure as selection } from '../cost/selection.ts';
import { figure as thresholds } from '../cost/thresholds.ts';
import { figure as tokenCost } from '../cost/token-cost.ts';
import type { KnobValues } from '../format.ts';
import { numbersIn, once, pictureOf, type HeldSections } from './held.ts';

const saved = (label: string, knobs: KnobValues = {}): number =>
  pictureOf(ablation, knobs).rows.find((row) => row.label === label)!.value;
const untilMidnight = once(() => {
  const usd = dayUsd({ price: 10, repeats: 90 }, [{ path: 'startsAt', value: '00:00:00' }]);
  return 100 * (1 - usd[4] / usd[0]);
});

const bill = (panel: number, knobs: KnobValues = {}): number =>
  numbersIn(pictureOf(deferral, knobs).panels[panel].verdict!.words)[0];
/** Per cent that the night takes off the bill. */
const nightSaves = (deadline: number): number => 100 * (1 - bill(2, { deadline }) / bill(0, { deadline }));
/** Share of requests in a batch of two or more, per cent. */
const inCompany = (perS: number, windowS: number): number =>
  100 * (1 - exp(-perS * windowS) / (1 + perS * windowS));

const MOST = { tokens: 1500, accuracy: 90 };
const points = once(() => choiceAt(40, 'normalised', MOST).entrants);
const scored = (name: string): number =>
  points().find(({ candidate }) => candidate.name === name)!.normalised!;
/** Weights of quality from which on the normalised score chooses another model. */
const moves = (): number[] => numbersIn(pictureOf(selection).title);

const stepsNote = (first: number): number[] =>
  numbersIn(pictureOf(thresholds, { first }).panels[2].verdict!.note!);
const holdsFrom = (first: number): boolean => pictureOf(thresholds, { first }).panels[2].verdict!.good;

export const held: HeldSections = {
  ablation: {
    'models-alone': () => saved('Smaller models, alone'),
    'cache-alone': () => saved('Cache, alone'),
    'night-alone': () => saved('Night, alone'),
    'added-up': () => saved('These three, added up'),
    'cache-away': () => saved('Cache, when taken away'),
    'cache-part': () => saved('Cache, its part'),
    'until-midnight': () => untilMidnight(),
    'cheap-model-alone': () => saved('Cache, alone', { price: 2 }),
    'cheap-model-away': () => saved('Cache, when taken away', { price: 2 }),
  },
  'agent-pools': {
    overshoot: () => Math.max(...pictureOf(agentPools).panels[1].lines[1].y),
    'spot-break-even': () => breakEvenPerHour(700_000, 90),
    'lost-tasks': () => 100 * lostShare(120, 120),
  },
  budgets: {
    overspent: () => pictureOf(budgets).panels[0].lines[2].y.at(-1)!,
  },
  deferral: {
    'night-saves': () => nightSaves(16),
    'bill-by-day': () => bill(0),
    'put-off-late': () => numbersIn(pictureOf(deferral).panels[1].verdict!.note!)[1],
    'after-2-h': () => nightSaves(2),
    'after-6-h': () => nightSaves(6),
    'after-12-h': () => nightSaves(12),
    'after-16-h': () => nightSaves(16),
    'after-20-h': () => nightSaves(20),
    'quiet-company': () => inCompany(0.5, 0.1),
    'quiet-saving': () => 0.25 * inCompany(0.5, 0.1),
    'busy-company': () => inCompany(10, 0.1),
    'patient-company': () => inCompany(0.5, 5),
  },
  selection: {
    'small-points': () => scored('gpt-3.5-turbo'),
    'turbo-points': () => scored('gpt-4-turbo'),
    'large-points': () => scored('gpt-4'),
    'moves-on': () => moves()[0],
    'cascade-pays-below': () => 100 * breakEven(1.5, 30),
    escalated: () => 100 * escalatedShare(0.5, 0.92, 0.8),
    'cascade-usd': () => expectedCost(1.5, 30, escalatedShare(0.5, 0.92, 0.8)),
    'kept-wrong': () => 100 * keptWrongShare(0.5, 0.92, 0.8),
  },
  thresholds: {
    'holds-from': (first) => holdsFrom(first) && !holdsFrom(first + 5),
    'unspent-from-20': () => stepsNote(20)[1],
    'not-written-from-20': () => 10 - stepsNote(20)[0] / 10,
  },
  'token-cost': {
    'forgets-at': (pauseMin) => {
      const [plain, cached] = pictureOf(tokenCost, { pauseMin }).panels[0].lines.map(({ y }) => y.at(-1)!);
      return cached > plain;
    },
  },
};
