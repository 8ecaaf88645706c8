import { InputError, nearest, show } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import type { Trace } from '../replay/trace.ts';
import { conversations } from './conversations.ts';
import { loop, pools, scan } from './patterns.ts';
import { checkedValues, traceOf, type Workload } from './workload.ts';
import { oneHitWonders, shifting, zipf } from './zipf.ts';

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  zipf,
  scan,
  loop,
  pools,
  shifting,
  'one-hit-wonders': oneHitWonders,
  conversations,
};

/** What to generate. */
export interface WorkloadRequest {
  name: string;
  seed: number;
  values: Record<string, number>;
}

/** @throws InputError for a workload or parameter that doesn't exist, or a value that doesn't fit. */
export function generateTrace({ name, seed, values }: WorkloadRequest, place = '--generate'): Trace {
  if (!Object.hasOwn(WORKLOADS, name)) {
    const guess = nearest(name, Object.keys(WORKLOADS));
    throw new InputError(
      place,
      `one of ${Object.keys(WORKLOADS).join(', ')}`,
      show(name),
      guess === undefined ? '' : `Did you mean ${guess}?`,
    );
  }
  const workload = WORKLOADS[name];
  return traceOf(
    workload.generate(
      checkedValues(`${place} ${name}`, workload, values),
      new RandomStream(seed, `workload:${name}`),
    ),
  );
}

/** `NAME[:parameter=value,…]`, where `seed` is a parameter of all. */
export function parseWorkload(text: string, place = '--generate'): WorkloadRequest {
  const colon = text.indexOf(':');
  const request: WorkloadRequest = { name: colon < 0 ? text : text.slice(0, colon), seed: 1, values: {} };
  for (const part of colon < 0 ? [] : text.slice(colon + 1).split(',')) {
    const match = /^([A-Za-z]+)=(.+)$/.exec(part.trim());
    const value = match === null ? NaN : Number(match[2]);
    if (match === null || Number.isNaN(value))
      throw new InputError(place, 'NAME:parameter=number,…', show(part));
    if (match[1] !== 'seed') request.values[match[1]] = value;
    else if (Number.isSafeInteger(value) && value >= 0) request.seed = value;
    else throw new InputError(`${place}, seed`, 'a whole number of 0 or more', match[2]);
  }
  return request;
}
