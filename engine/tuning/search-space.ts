import type { RandomSource } from '../core/random.ts';
import type { LeverSettings } from '../simulation/lever-schema.ts';
import type { PullValue } from '../simulation/levers.ts';
import type { Scenario } from '../simulation/scenario.ts';

/** What is pulled, by lever; a lever that is not named stays as it is. */
export type Setting = Readonly<Record<string, PullValue>>;

/** One lever as the search sees it. */
export interface Dimension {
  readonly lever: LeverSettings;
  /** Share of settings that pull it. */
  readonly pulledShare: number;
  draw(random: RandomSource): PullValue;
  /** Another value near this one. */
  vary(value: PullValue, random: RandomSource): PullValue;
}

/** Levers of a setting are pulled with this probability at first: settings of few levers are tried first, and are easier to understand. */
export const PULLED_SHARE = 0.35;
/** A range over more than this factor is searched by its logarithm. */
const WIDE = 50;

/** The space that a scenario's levers span; a number without a range cannot be searched. @param only ids of the levers to search; left out: all. */
export function searchSpace(scenario: Scenario, only?: readonly string[]): Dimension[] {
  return scenario.levers
    .filter((lever) => lever.control.kind !== 'number' || lever.param)
    .filter((lever) => only?.includes(lever.id) ?? true)
    .map(dimension);
}

/** A setting at random: never the empty one. */
export function randomSetting(space: readonly Dimension[], random: RandomSource): Setting {
  const setting: Record<string, PullValue> = {};
  for (const d of space) if (random.uniform() < d.pulledShare) setting[d.lever.id] = d.draw(random);
  if (Object.keys(setting).length === 0 && space.length > 0) {
    const d = space[random.below(space.length)]!;
    setting[d.lever.id] = d.draw(random);
  }
  return setting;
}

/** Like this setting, but for one or two levers: pulled, left, or pulled otherwise. */
export function varied(setting: Setting, space: readonly Dimension[], random: RandomSource): Setting {
  const next: Record<string, PullValue> = { ...setting };
  const changes = 1 + random.below(2);
  for (let i = 0; i < changes; i++) {
    const d = space[random.below(space.length)]!;
    const now = next[d.lever.id];
    if (now === undefined) next[d.lever.id] = d.draw(random);
    else if (random.uniform() < 0.4) delete next[d.lever.id];
    else next[d.lever.id] = d.vary(now, random);
  }
  return next;
}

/** What two settings have, each lever from one of them. */
export function crossed(a: Setting, b: Setting, random: RandomSource): Setting {
  const next: Record<string, PullValue> = {};
  for (const id of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const value = random.uniform() < 0.5 ? a[id] : b[id];
    if (value !== undefined) next[id] = value;
  }
  return next;
}

function dimension(lever: LeverSettings): Dimension {
  const { control, param } = lever;
  const base = { lever, pulledShare: PULLED_SHARE };
  if (control.kind === 'action') return { ...base, draw: () => true, vary: () => true };
  if (control.kind === 'choice') {
    const draw = (random: RandomSource): PullValue =>
      control.options[random.below(control.options.length)]!.value;
    return { ...base, draw, vary: (_, random) => draw(random) };
  }
  if (!param) {
    const draw = (random: RandomSource): PullValue => random.uniform() < 0.5;
    return { ...base, draw, vary: (value) => value !== true };
  }
  const number = numberIn(param);
  if (control.kind === 'number') return { ...base, draw: number.draw, vary: number.vary };
  // A switch with a number: off, on as it is, or on with a number.
  const draw = (random: RandomSource): PullValue => {
    const u = random.uniform();
    return u < 0.15 ? false : u < 0.4 ? true : number.draw(random);
  };
  return {
    ...base,
    draw,
    vary: (value, random) => (typeof value === 'number' ? number.vary(value, random) : draw(random)),
  };
}

type Param = NonNullable<LeverSettings['param']>;

/** Values of a range, in multiples of its step. */
function numberIn({ min, max, step }: Param): {
  draw: (random: RandomSource) => number;
  vary: (value: PullValue, random: RandomSource) => number;
} {
  const low = Math.max(min, step);
  const wide = max / low > WIDE;
  const fit = (x: number): number => {
    const stepped = Math.round(x / step) * step;
    return Number(Math.min(max, Math.max(min, stepped)).toPrecision(12));
  };
  // In a wide range, by doublings: a logarithm in effect.
  const doublings = (random: RandomSource): number => {
    let steps = 0;
    for (let x = low; x * 2 <= max; x *= 2) steps++;
    let x = low;
    for (let i = random.below(steps + 1); i > 0; i--) x *= 2;
    return x * (1 + random.uniform());
  };
  return {
    draw: (random) => fit(wide ? doublings(random) : min + (max - min) * random.uniform()),
    vary: (value, random) => {
      const now = typeof value === 'number' ? value : low;
      const by = 0.7 + 0.75 * random.uniform(); // × 0.7 … 1.45
      const next = fit(wide || now > 0 ? now * by : low);
      return next === now ? fit(now + (random.uniform() < 0.5 ? -step : step)) : next;
    },
  };
}
