import * as v from 'valibot';
import { InputError, nearest } from '../core/errors.ts';
import { exp } from '../core/exact-math.ts';
import { CRITICALITIES, type Criticality } from './task.ts';

const PPM = 1_000_000;
const number = v.pipe(v.number(), v.finite('a finite number'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));

/** What the controls do when they are pulled (M12). */
export const emergencySchema = v.strictObject({
  /** "cap-output": answers are cut here. */
  outputCapTokens: v.optional(
    v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more')),
    150,
  ),
  /** "longer-ttl": the TTL is multiplied by this. */
  ttlFactor: v.optional(v.pipe(number, v.minValue(1, 'a factor of 1 or more')), 2),
  /** "batch": window and discount of the module, 100 ms and 25 %. */
  batchWindowMs: v.optional(positive, 100),
  batchDiscountPpm: v.optional(
    v.pipe(
      number,
      v.integer('a whole number'),
      v.minValue(0, 'parts per million from 0 to 1,000,000'),
      v.maxValue(PPM, 'parts per million from 0 to 1,000,000'),
    ),
    250_000,
  ),
});
export type EmergencySettings = v.InferOutput<typeof emergencySchema>;

export const EMERGENCY_CONTROLS = [
  'cheapest-model',
  'longer-ttl',
  'batch',
  'cap-output',
  'pause-background',
  'stop-low',
  'stop-normal',
] as const;
export type EmergencyControl = (typeof EMERGENCY_CONTROLS)[number];

/** Calls to models of one kind in a recent stretch of time. */
export interface SpendRow {
  agentType: string;
  criticality: Criticality;
  model: string;
  calls: number;
  /** Of all these calls. */
  inputTokens: number;
  outputTokens: number;
  /** As it was paid, discounts included. */
  costUsd: number;
  /** Share of the calls whose answer nobody waits for. */
  deferrableShare: number;
}

export interface SpendProfile {
  hours: number;
  rows: readonly SpendRow[];
  /** Share of the requests that were answered from a cache and are not among the calls. */
  hitRate: number;
}

export interface Prices {
  models: readonly string[];
  /** List price in dollars of a row's tokens on a model. @throws for an unknown model. */
  costOn: (model: string, row: SpendRow) => number;
}

export interface SavingEstimate {
  control: EmergencyControl;
  savingUsdPerHour: number;
  /** Of what is spent in an hour; 0 where nothing is. */
  share: number;
  /** Calls an hour that notice: answered by another model, late, cut short, or not at all. */
  touchedCallsPerHour: number;
  /** What the figure assumes, in a sentence. */
  how: string;
}

/** Where the rows stand after the controls so far. */
interface State {
  row: SpendRow;
  /** Of the calls of `row`, the share that is still made. */
  made: number;
  costUsd: number;
}

/** What one control would save on its own, from a recent profile. */
export function estimate(
  control: EmergencyControl,
  profile: SpendProfile,
  prices: Prices,
  settings: EmergencySettings,
): SavingEstimate {
  return estimateTogether([control], profile, prices, settings).steps[0]!;
}

/**
 * What several controls would save together, one after the other in the order given (each once). Each step is
 * what its control adds to those before it: what a stopped call would have cost cannot be saved a second
 * time. So together they save no more than the sum of each alone (as long as a model that is cheaper is so in
 * input and in output).
 * @throws InputError for a profile with figures that cannot be, and for an unknown control.
 */
export function estimateTogether(
  controls: readonly EmergencyControl[],
  profile: SpendProfile,
  prices: Prices,
  settings: EmergencySettings,
): { savingUsdPerHour: number; share: number; steps: SavingEstimate[] } {
  check(profile);
  let states: State[] = profile.rows.map((row) => ({ row, made: 1, costUsd: row.costUsd }));
  const spentUsd = total(states);
  const shareOf = (usd: number): number => (spentUsd > 0 ? usd / spentUsd : 0);
  const steps: SavingEstimate[] = [];
  for (const control of new Set(controls)) {
    const rule = RULES[control];
    if (rule === undefined) throw unknownControl(control);
    const after = states.map((state) => rule.apply(state, { profile, prices, settings }));
    const savedUsd = total(states) - total(after);
    const touched = states.reduce((sum, before, i) => {
      const now = after[i]!;
      if (now === before) return sum;
      const notice = rule.notices?.(before, settings) ?? 0;
      return sum + before.row.calls * (before.made - now.made + now.made * notice);
    }, 0);
    steps.push({
      control,
      savingUsdPerHour: savedUsd / profile.hours,
      share: shareOf(savedUsd),
      touchedCallsPerHour: touched / profile.hours,
      how: rule.how(settings),
    });
    states = after;
  }
  const savedUsd = spentUsd - total(states);
  return { savingUsdPerHour: savedUsd / profile.hours, share: shareOf(savedUsd), steps };
}

interface Circumstances {
  profile: SpendProfile;
  prices: Prices;
  settings: EmergencySettings;
}

interface Rule {
  /** The same state where nothing changes. */
  apply: (state: State, circumstances: Circumstances) => State;
  /** Of the calls that are still made, the share that notices. Default none. */
  notices?: (before: State, settings: EmergencySettings) => number;
  how: (settings: EmergencySettings) => string;
}

const all = (): number => 1;

const RULES: Record<EmergencyControl, Rule> = {
  'cheapest-model': {
    apply: (state, { prices }) => {
      const { row } = state;
      let [model, usd] = [row.model, prices.costOn(row.model, row)];
      const nowUsd = usd;
      for (const other of prices.models) {
        const otherUsd = prices.costOn(other, row);
        if (otherUsd < usd) [model, usd] = [other, otherUsd];
      }
      // A ratio of list prices: the discounts in what was paid are assumed to go on.
      if (model === row.model) return state;
      return { ...state, row: { ...row, model }, costUsd: state.costUsd * (usd / nowUsd) };
    },
    notices: all,
    how: () => 'Every call on the model that is cheapest for its tokens, with as many tokens as now.',
  },
  'longer-ttl': {
    apply: (state, { profile: { hitRate }, settings: { ttlFactor } }) => {
      // Misses now are 1 / (1 + λT), then 1 / (1 + factor × λT); the ratio in terms of the hit rate.
      const fewer = 1 / (1 - hitRate + ttlFactor * hitRate);
      return fewer === 1 ? state : scaled(state, fewer);
    },
    how: ({ ttlFactor }) =>
      `A TTL ${ttlFactor} times as long, by hit rate = λT / (1 + λT) as if all keys were asked equally often; with popular and rare keys it is less.`,
  },
  batch: {
    apply: (state, { profile, settings }) => {
      const mean = (state.row.calls * state.made * settings.batchWindowMs) / (profile.hours * 3_600_000);
      // Windows opened by the first of a batch: e^(−λw) of them, and so e^(−λw) / (1 + λw) of the calls, stay
      // alone.
      const inCompany = 1 - exp(-mean) / (1 + mean);
      const factor = 1 - (settings.batchDiscountPpm / PPM) * inCompany;
      return factor === 1 ? state : { ...state, costUsd: state.costUsd * factor };
    },
    notices: all,
    how: ({ batchWindowMs, batchDiscountPpm }) =>
      `Calls that meet another of their kind within ${batchWindowMs} ms are ${batchDiscountPpm / 10_000} % cheaper; the load is taken as even.`,
  },
  'cap-output': {
    apply: (state, { prices, settings: { outputCapTokens } }) => {
      const { row } = state;
      const mean = row.calls > 0 ? row.outputTokens / row.calls : 0;
      if (mean === 0) return state;
      const capped = {
        ...row,
        outputTokens: Math.round(row.outputTokens * (1 - exp(-outputCapTokens / mean))),
      };
      const usd = prices.costOn(row.model, row);
      if (usd === 0 || capped.outputTokens === row.outputTokens) return state;
      return { ...state, row: capped, costUsd: state.costUsd * (prices.costOn(row.model, capped) / usd) };
    },
    notices: ({ row }, { outputCapTokens }) => exp((-outputCapTokens * row.calls) / row.outputTokens),
    how: ({ outputCapTokens }) =>
      `Answers cut at ${outputCapTokens} tokens, if their lengths are spread like an exponential law of the same mean.`,
  },
  'pause-background': {
    apply: (state) =>
      state.row.deferrableShare === 0 ? state : scaled(state, 1 - state.row.deferrableShare),
    how: () => 'Calls nobody waits for are put off. This is spent later, unless it is dropped.',
  },
  'stop-low': {
    apply: (state) => (state.row.criticality === 'low' ? scaled(state, 0) : state),
    how: () => 'Calls of low criticality are refused.',
  },
  'stop-normal': {
    apply: (state) =>
      state.row.criticality === 'low' || state.row.criticality === 'normal' ? scaled(state, 0) : state,
    how: () => 'Calls of normal and of low criticality are refused.',
  },
};

const scaled = (state: State, by: number): State => ({
  ...state,
  made: state.made * by,
  costUsd: state.costUsd * by,
});

const total = (states: readonly State[]): number => states.reduce((sum, s) => sum + s.costUsd, 0);

function check({ hours, rows, hitRate }: SpendProfile): void {
  if (!(hours > 0 && hours < Infinity))
    throw new InputError('profile.hours', 'a number above 0', String(hours));
  if (!(hitRate >= 0 && hitRate <= 1))
    throw new InputError('profile.hitRate', 'a share from 0 to 1', String(hitRate));
  rows.forEach((row, i) => {
    for (const name of ['calls', 'inputTokens', 'outputTokens', 'costUsd'] as const)
      if (!(row[name] >= 0 && row[name] < Infinity))
        throw new InputError(`profile.rows.${i}.${name}`, 'a number of 0 or more', String(row[name]));
    if (!(row.deferrableShare >= 0 && row.deferrableShare <= 1))
      throw new InputError(
        `profile.rows.${i}.deferrableShare`,
        'a share from 0 to 1',
        String(row.deferrableShare),
      );
    if (!CRITICALITIES.includes(row.criticality))
      throw new InputError(
        `profile.rows.${i}.criticality`,
        `one of ${CRITICALITIES.join(', ')}`,
        row.criticality,
      );
  });
}

function unknownControl(control: string): InputError {
  const guess = nearest(control, EMERGENCY_CONTROLS);
  return new InputError(
    'control',
    'an emergency control',
    JSON.stringify(control),
    guess === undefined ? `There are ${EMERGENCY_CONTROLS.join(', ')}.` : `Did you mean "${guess}"?`,
  );
}
