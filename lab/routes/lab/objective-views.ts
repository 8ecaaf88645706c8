import { formatClock, parseClock } from '../../../engine/core/clock.ts';
import type { ObjectiveState } from '../../../engine/simulation/objectives.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { count, dollars, milliseconds, NOTHING, percent, plainSpan, span } from '../../format.ts';
import { scriptedEvents } from '../../stores/live-settings.ts';

/** An objective as its row shows it. Places on the meter are shares of its length. */
export interface ObjectiveView {
  id: ObjectiveState['id'];
  label: string;
  value: string;
  /** "open": nothing can be said yet, or the time still runs. */
  standing: 'met' | 'unmet' | 'open';
  fill: number;
  target: number;
  ticks: number[];
  /** A mark apart from the fill. */
  mark: number | undefined;
  left: string;
  right: string;
  /** Over which time it is judged. */
  judged: string;
}

export interface ObjectiveContext {
  scenario: Scenario;
  nowS: number;
  /** Dollars of the fleet since the start of the run. */
  spentUsd: number;
  /** Hit rate of the minute before the first event, when that minute has been simulated. */
  hitRateBefore: number | null;
  /** What a request takes that runs into all its time-outs. */
  longestMs: number;
}

const clamp = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);
const BUDGET_TICKS = [0.5, 0.8, 0.9, 0.95];
/** The budget's meter ends at this multiple of the budget. */
const BUDGET_END = 1.4;
/** The mark beyond the meter's end stays whole. */
const MARK_END = 0.98;
const DAY_S = 86_400;

export function objectiveViews(
  states: readonly ObjectiveState[],
  context: ObjectiveContext,
): ObjectiveView[] {
  return states.map((state) => (VIEWS[state.id] ?? unknown)(state, context));
}

type View = (state: ObjectiveState, context: ObjectiveContext) => ObjectiveView;

/** The worker may know objectives that this page does not: label, value and target say enough. */
const unknown: View = (state) => ({
  ...plain(state),
  label: words(state.id),
  value: count(state.value),
  fill: clamp(state.value / state.target),
  left: state.met ? 'met' : 'not met',
  right: count(state.target),
});

/** "criticalServed" as "Critical served". */
const words = (id: string): string => {
  const text = id.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** A limit's meter ends at this multiple of it. */
const LIMIT_END = 3;
const SO_FAR = 'Judged over the run so far';
/** The cost's meter ends at this multiple of the target. */
const COST_END = 1.25;
/** The critical requests' meter begins where it gets interesting. */
const SERVED_FROM = 0.9;

const VIEWS: Partial<Record<string, View>> = {
  meanMs: (state, { longestMs }) => {
    // Logarithmic from 1 ms to a little more than the longest, as in the chart.
    const end = Math.log(Math.max(longestMs, state.target * 10) * 1.2);
    const place = (ms: number): number => clamp(Math.log(Math.max(1, ms)) / end);
    const over = state.value / state.target;
    return {
      ...plain(state),
      label: 'Mean response',
      value: milliseconds(state.value),
      fill: place(state.value),
      target: place(state.target),
      left: Number.isNaN(state.value)
        ? 'nothing has ended yet'
        : state.met
          ? `${milliseconds(state.target - state.value)} to spare`
          : over >= 2
            ? `${count(over)} × over`
            : `${milliseconds(state.value - state.target)} over`,
      right: `≤ ${milliseconds(state.target)}`,
    };
  },
  hitRate: (state, { hitRateBefore, scenario }) => {
    const first = scriptedEvents(scenario)[0];
    const before = first && parseClock(scenario.startsAt, 'startsAt') + first.atS - 60;
    const points = Math.abs(state.value - state.target) * 100;
    return {
      ...plain(state),
      label: 'Hit rate, all tiers',
      value: percent(state.value),
      fill: clamp(state.value),
      target: clamp(state.target),
      left: Number.isNaN(state.value)
        ? 'nothing has ended yet'
        : state.met
          ? `${points.toFixed(1)} points to spare`
          : hitRateBefore !== null && before !== undefined && state.value < hitRateBefore - 0.02
            ? `was ${percent(hitRateBefore)} at ${formatClock(before).slice(0, 5)}`
            : `${points.toFixed(1)} points short`,
      right: `≥ ${percent(state.target, Number.isInteger(state.target * 100) ? 0 : 1)}`,
    };
  },
  recovery: (state, { scenario }) => {
    const first = scriptedEvents(scenario)[0]?.atS ?? 0;
    const by = formatClock(parseClock(scenario.startsAt, 'startsAt') + first + state.target);
    const used = Number.isNaN(state.value) ? 0 : state.value;
    const phases = {
      before: { value: `${span(state.target)} left`, left: 'not begun' },
      running: { value: `${span(state.target - used)} left`, left: `${span(used)} used` },
      held: { value: span(used), left: state.met ? 'the targets hold' : 'they hold, too late' },
      missed: { value: 'missed', left: `${span(used)} and not yet` },
    };
    return {
      ...plain(state),
      label: `Recovered within ${plainSpan(state.target)}`,
      ...phases[state.phase ?? 'before'],
      standing: state.met ? 'met' : state.phase === 'missed' || state.phase === 'held' ? 'unmet' : 'open',
      fill: clamp(used / state.target),
      target: 1,
      right: `by ${by}`,
    };
  },
  budget: (state, { scenario, spentUsd }) => {
    const budget = scenario.objectives.budgetUsdPerDay ?? NaN;
    return {
      ...plain(state),
      label: 'Day’s budget, pace',
      value: percent(state.value, 0),
      fill: clamp(spentUsd / budget / BUDGET_END),
      target: 1 / BUDGET_END,
      ticks: BUDGET_TICKS.map((share) => share / BUDGET_END),
      mark: Number.isNaN(state.value) ? undefined : Math.min(MARK_END, clamp(state.value / BUDGET_END)),
      left:
        state.value > 1
          ? `gone by ${formatClock(DAY_S / state.value).slice(0, 5)}`
          : `${dollars(spentUsd)} spent`,
      right: `≤ ${dollars(budget)}`,
    };
  },
  costUsd: (state, { nowS, scenario }) => {
    const over = state.value - state.target;
    return {
      ...plain(state),
      label: 'Cost of the run',
      value: dollars(state.value),
      // Less may still become too much.
      standing: !state.met ? 'unmet' : nowS >= scenario.durationS ? 'met' : 'open',
      fill: clamp(state.value / state.target / COST_END),
      target: 1 / COST_END,
      left: over > 0 ? `${dollars(over)} over` : `${dollars(-over)} to spare`,
      right: `≤ ${dollars(state.target)}`,
      judged: `Models and agents. ${SO_FAR}`,
    };
  },
  p99Ms: (state) => ({
    ...limited(state, state.value / state.target),
    label: 'p99 response',
    value: milliseconds(state.value),
    left: margin(state, milliseconds),
    right: `≤ ${milliseconds(state.target)}`,
  }),
  errorRate: (state) => ({
    ...limited(state, state.value / state.target),
    label: 'Without an answer',
    value: percent(state.value),
    left: Number.isNaN(state.value)
      ? 'nothing has ended yet'
      : state.value === 0
        ? 'nobody went without'
        : state.value > 0.95
          ? 'hardly anybody is answered'
          : `1 in ${count(1 / state.value)} went without`,
    right: `≤ ${percent(state.target)}`,
  }),
  memoryShare: (state) => ({
    ...plain(state),
    label: 'Memory that is live',
    value: percent(state.value, 0),
    fill: clamp(state.value),
    target: clamp(state.target),
    left: Number.isNaN(state.value)
      ? 'nothing has ended yet'
      : `${Math.round(Math.abs(state.target - state.value) * 100)} points ${state.met ? 'to spare' : 'over'}`,
    right: `≤ ${percent(state.target, 0)}`,
  }),
  stallMs: (state) => ({
    ...limited(state, state.value / state.target),
    label: 'Longest pause',
    value: state.value === 0 ? 'none' : milliseconds(state.value),
    left: margin(state, milliseconds),
    right: `≤ ${milliseconds(state.target)}`,
  }),
  criticalServed: (state) => {
    const place = (share: number): number => clamp((share - SERVED_FROM) / (1 - SERVED_FROM));
    const lost = 1 - state.value;
    return {
      ...plain(state),
      label: 'Critical served',
      value: percent(state.value, state.value > 0.99 && state.value < 1 ? 2 : 1),
      fill: place(state.value),
      target: place(state.target),
      left: Number.isNaN(state.value)
        ? 'none has ended yet'
        : lost <= 0
          ? 'nobody went without'
          : lost * 1000 >= 1
            ? `1 in ${count(1 / lost)} went without`
            : 'hardly any went without',
      right: `≥ ${percent(state.target, 1)}`,
      judged: SO_FAR,
    };
  },
};

/** A meter whose target is at a third, so that twice as much is still on it. */
function limited(state: ObjectiveState, ratio: number): ObjectiveView {
  return { ...plain(state), fill: clamp(ratio / LIMIT_END), target: 1 / LIMIT_END };
}

function margin({ value, target, met }: ObjectiveState, words: (value: number) => string): string {
  if (Number.isNaN(value)) return 'nothing has ended yet';
  return `${words(Math.abs(target - value))} ${met ? 'to spare' : 'over'}`;
}

function plain(state: ObjectiveState): ObjectiveView {
  return {
    id: state.id,
    label: '',
    value: NOTHING,
    standing: Number.isNaN(state.value) ? 'open' : state.met ? 'met' : 'unmet',
    fill: 0,
    target: 1,
    ticks: [],
    mark: undefined,
    left: '',
    right: '',
    judged: '',
  };
}
