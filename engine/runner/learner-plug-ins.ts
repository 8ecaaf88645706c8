import type { Candidate } from '../cost/selection-candidate.ts';
import { takesInput } from '../cost/selection-candidate.ts';
import { usdOf } from '../cost/money.ts';
import { RandomStream } from '../core/random.ts';
import type { BatchingQuestion, PlugIns, SelectorPlugIn } from '../simulation/plug-ins.ts';
import type { Challenge } from '../scenarios/challenges.ts';
import { AskedAdmission, AskedEviction, type AdmissionPart, type EvictionPart } from './learner-caches.ts';
import { describe, LearnerFault, refuseAnswer, thrown, type CallMeter } from './learner-call.ts';

/** What a learner's file exports, as it is. */
export type Exported = Readonly<Record<string, unknown>>;

/** What a learner writes for the kind `retry`. */
interface RetryPart {
  onRequest?(nowMs: number): unknown;
  next(question: { attempt: number; refused: boolean; nowMs: number; deadlineMs: number }): unknown;
}

/** What a learner writes for the kind `batcher`. */
interface BatchingPart {
  wait(question: BatchingQuestion): unknown;
}

/**
 * The learner's part as the simulation asks it. Every answer is looked at before it is used.
 * @throws LearnerFault here for exports that are missing, and later out of the run for what the part does.
 */
export function plugInsOf(challenge: Challenge, exported: Exported, seed: number, meter: CallMeter): PlugIns {
  const { seat } = challenge;
  switch (challenge.kind) {
    case 'eviction': {
      const methods = ['onInsert', 'onHit', 'onRemove', 'victim'];
      const make = maker<EvictionPart>(exported, 'Eviction', methods);
      return {
        caches: { tier: seat, policy: (n) => new AskedEviction(n, () => make(n), meter) },
      };
    }
    case 'admission': {
      const make = maker<AdmissionPart>(exported, 'Admission', ['admit']);
      return {
        caches: { tier: seat, policy: (n) => new AskedAdmission(n, () => make(n), meter) },
      };
    }
    case 'retry':
      return { retry: askedRetry(exported, seed, meter) };
    case 'selector':
      return { selector: askedSelector(exported, meter) };
    case 'batcher': {
      const part = maker<BatchingPart>(exported, 'Batching', ['wait'])();
      return { batching: { station: seat, waitMs: (question) => askedWait(part, question, meter) } };
    }
  }
}

/** What makes an object of an exported class, once it has been seen that it has what it must have. */
function maker<T extends object>(exported: Exported, name: string, methods: readonly string[]) {
  const Part = exported[name];
  if (typeof Part !== 'function')
    throw new LearnerFault('your file', `an exported class ${name}`, describe(Part));
  return (...args: unknown[]): T => {
    const call = `new ${name}(${args.map((arg) => (typeof arg === 'function' ? '…' : String(arg))).join(', ')})`;
    let part: T;
    try {
      part = new (Part as new (...args: unknown[]) => T)(...args);
    } catch (error) {
      throw thrown(call, error);
    }
    for (const method of methods)
      if (typeof (part as Record<string, unknown>)[method] !== 'function')
        throw new LearnerFault(call, `an object with a method ${method}`, 'one without');
    return part;
  };
}

function askedRetry(exported: Exported, seed: number, meter: CallMeter): PlugIns['retry'] {
  // The stream of the built-in backoff, so that the same rule draws the same numbers.
  const random = new RandomStream(seed, 'backoff');
  const part = maker<RetryPart>(exported, 'Retry', ['next'])(() => random.uniform());
  return {
    onFirstTry(nowMs) {
      if (part.onRequest === undefined) return;
      let answer: unknown;
      meter.begin();
      try {
        answer = part.onRequest(nowMs);
      } catch (error) {
        throw thrown(`onRequest(${nowMs})`, error);
      }
      meter.end();
      if (answer !== undefined) refuseAnswer(`onRequest(${nowMs})`, answer);
    },
    waitMs(attempt, refused, nowMs, deadlineMs) {
      const call = (): string =>
        `next({ attempt: ${attempt}, refused: ${refused}, nowMs: ${nowMs}, deadlineMs: ${deadlineMs} })`;
      let answer: unknown;
      meter.begin();
      try {
        answer = part.next({ attempt, refused, nowMs, deadlineMs });
      } catch (error) {
        throw thrown(call(), error);
      }
      meter.end();
      if (answer === undefined) return -1;
      if (typeof answer === 'number' && answer >= 0 && answer < Infinity) return answer;
      throw new LearnerFault(
        call(),
        'milliseconds of 0 or more, or undefined for no further try',
        describe(answer),
      );
    },
  };
}

function askedWait(part: BatchingPart, question: BatchingQuestion, meter: CallMeter): number {
  const call = (): string => `wait(${JSON.stringify(question)})`;
  let answer: unknown;
  meter.begin();
  try {
    answer = part.wait(question);
  } catch (error) {
    throw thrown(call(), error);
  }
  meter.end();
  if (typeof answer === 'number' && answer >= 0) return answer;
  throw new LearnerFault(call(), 'milliseconds of 0 or more', describe(answer));
}

function askedSelector(exported: Exported, meter: CallMeter): SelectorPlugIn {
  const { choose } = exported;
  if (typeof choose !== 'function')
    throw new LearnerFault('your file', 'an exported function choose', describe(choose));
  return (task, candidates, budget) => {
    const { agentType, criticality, inputTokens, expectedOutputTokens, complexity } = task;
    const { minAccuracy, maxLatencyMs } = task;
    // What the simulator knows of the answer to come is not among it.
    const asked = {
      agentType,
      criticality,
      inputTokens,
      expectedOutputTokens,
      complexity,
      minAccuracy,
      maxLatencyMs,
    };
    const models = candidates.filter((candidate) => takesInput(task, candidate)).map(asModel);
    const names = models.map(({ name }) => name);
    const call = `choose(a task of ${agentType}, ${models.length} models, the budget)`;
    let answer: unknown;
    meter.begin();
    try {
      answer = (choose as (...args: unknown[]) => unknown)(asked, models, budget);
    } catch (error) {
      throw thrown(call, error);
    }
    meter.end();
    const at = typeof answer === 'string' ? names.indexOf(answer) : -1;
    if (at < 0) throw new LearnerFault(call, `one of ${names.join(', ')}`, describe(answer));
    return candidates.findIndex(({ name }) => name === answer);
  };
}

const asModel = ({ name, costPico, accuracy, quality, meanMs }: Candidate) => ({
  name,
  costUsd: usdOf(costPico),
  accuracy,
  quality,
  meanMs,
});
