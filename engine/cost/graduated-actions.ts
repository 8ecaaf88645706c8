import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { CRITICALITIES, type Criticality } from './task.ts';
import { Hysteresis } from './thresholds.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
/**
 * Up to and including this criticality, from "low" upwards; null: nobody. So whoever is touched, all lower
 * ones are, too.
 */
const upTo = v.nullable(v.picklist(CRITICALITIES));

const levelSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1, 'a name')),
  /** Share of the budget that is used or reserved. */
  at: v.pipe(number, v.gtValue(0, 'a number above 0'), v.maxValue(10, 'a share of at most 10')),
  /** Aggressive caching: the TTL is multiplied by this. */
  ttlFactor: v.optional(
    v.pipe(number, v.minValue(1, 'a factor of 1 or more'), v.maxValue(100, 'a factor of at most 100')),
    1,
  ),
  /** Whom the next three touch. */
  touches: v.optional(upTo, null),
  cheaperModels: v.optional(v.boolean(), false),
  /** Requests are gathered into batches, which makes them wait. */
  batch: v.optional(v.boolean(), false),
  /** What may run later does. */
  defer: v.optional(v.boolean(), false),
  /** Whose calls are refused. An answer that costs nothing (a cache's) is given all the same. */
  refuses: v.optional(upTo, null),
});

const defaultLevels: v.InferInput<typeof levelSchema>[] = [
  { name: 'save', at: 0.8, ttlFactor: 2, cheaperModels: true, touches: 'normal' },
  { name: 'delay', at: 0.9, batch: true, defer: true, touches: 'high' },
  { name: 'scale down', at: 0.95, refuses: 'low' },
  { name: 'scale down further', at: 0.98, refuses: 'normal' },
  { name: 'emergency', at: 1, touches: 'critical', refuses: 'critical' },
];

/**
 * Graduated actions (M11). The module's levels are 80 % (aggressive caching, cheaper models), 90 % (batch,
 * defer), 95 % (scale down what is not critical) and 100 % (emergency), Session 8 C. Added here: whom each
 * touches, a step between 95 and 100 %, and the band in which a level stays in force once it has been
 * reached.
 */
export const graduatedActionsSchema = v.strictObject({
  on: v.optional(v.boolean(), false),
  /** A level ceases when the share has fallen below it by more than this: 2 points. */
  band: v.optional(v.pipe(number, v.minValue(0, 'a number of 0 or more')), 0.02),
  levels: v.optional(
    v.pipe(
      v.array(levelSchema),
      v.minLength(1, 'at least one level'),
      v.maxLength(12, 'at most 12 levels'),
      v.check(
        (levels) => levels.every((l, i) => i === 0 || l.at > levels[i - 1]!.at),
        'levels in ascending order',
      ),
    ),
    defaultLevels,
  ),
});

export type GraduatedActionsSettings = v.InferOutput<typeof graduatedActionsSchema>;

/** What is in force at a level, as plain data: looked up at each request, worked out once. */
export interface Measures {
  /** 0: none; otherwise the number of levels in force. */
  level: number;
  name: string;
  ttlFactor: number;
  cheaperModels: boolean;
  batch: boolean;
  defer: boolean;
  /** Whom `cheaperModels`, `batch` and `defer` are for. */
  touches: Readonly<Record<Criticality, boolean>>;
  /** Whose calls are refused; answers from a cache are not calls. */
  refuses: Readonly<Record<Criticality, boolean>>;
  /** Nobody's calls are let through. */
  cachedOnly: boolean;
}

/** Lowest first. */
const ASCENDING = [...CRITICALITIES].reverse();

const flags = (highest: number): Record<Criticality, boolean> =>
  Object.fromEntries(ASCENDING.map((c, i) => [c, i <= highest])) as Record<Criticality, boolean>;

const rank = (highest: Criticality | null): number => (highest === null ? -1 : ASCENDING.indexOf(highest));

/**
 * Measures of no level, of the first, of the first two, and so on: each level adds to those before it and
 * takes nothing back.
 */
export function measuresOf(levels: GraduatedActionsSettings['levels']): Measures[] {
  let [touched, refused] = [-1, -1];
  const measures: Measures[] = [
    {
      level: 0,
      name: 'none',
      ttlFactor: 1,
      cheaperModels: false,
      batch: false,
      defer: false,
      touches: flags(-1),
      refuses: flags(-1),
      cachedOnly: false,
    },
  ];
  for (const [i, level] of levels.entries()) {
    const before = measures[i]!;
    touched = Math.max(touched, rank(level.touches));
    refused = Math.max(refused, rank(level.refuses));
    measures.push({
      level: i + 1,
      name: level.name,
      ttlFactor: Math.max(before.ttlFactor, level.ttlFactor),
      cheaperModels: before.cheaperModels || level.cheaperModels,
      batch: before.batch || level.batch,
      defer: before.defer || level.defer,
      touches: flags(touched),
      refuses: flags(refused),
      cachedOnly: refused === ASCENDING.length - 1,
    });
  }
  return measures;
}

/** Follows the share of the budget that is used, and says which measures are in force. */
export class GraduatedActions {
  private readonly measures: Measures[];
  private readonly hysteresis: Hysteresis;
  private current: Measures;

  constructor(readonly settings: GraduatedActionsSettings) {
    this.measures = measuresOf(settings.levels);
    this.hysteresis = new Hysteresis(
      settings.levels.map((l) => l.at),
      settings.band,
    );
    this.current = this.measures[0]!;
  }

  /** Those of the last update; the same object until the level changes. */
  get now(): Measures {
    return this.current;
  }

  /**
   * @param share of the budget used, of the fullest one where there are several; may exceed 1.
   * @throws InputError for what is not a number of 0 or more (the share of a limit of zero).
   */
  update(share: number): Measures {
    if (!(share >= 0)) throw new InputError('share', 'a share of 0 or more', String(share));
    if (this.settings.on) this.current = this.measures[this.hysteresis.update(share) + 1]!;
    return this.current;
  }
}
