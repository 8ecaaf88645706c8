import { confidenceOf } from '../../engine/cost/cascade.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import type { Task } from '../../engine/cost/task.ts';
import { exp, normalQuantile } from '../../engine/core/exact-math.ts';
import { RandomStream } from '../../engine/core/random.ts';
import type { Result } from '../../engine/gateway/port.ts';
import type { Provider } from '../../engine/live/gateway-driver.ts';

const LATENCY_SPREAD = 0.25;
const OUTPUT_SPREAD = 0.35;

/** Gives each task a number of its own, so that the same task draws the same luck wherever it is sent. */
export class TaskNumbers {
  private readonly numbers = new WeakMap<Task, number>();
  private last = 0;

  give(task: Task): number {
    const number = ++this.last;
    this.numbers.set(task, number);
    return number;
  }

  of(task: Task): number {
    return this.numbers.get(task) ?? 0;
  }
}

/** Factor with a mean of 1, log-normal. */
function factor(stream: RandomStream, spread: number): number {
  return exp(spread * normalQuantile(stream.uniform()) - (spread * spread) / 2);
}

/** Tokens of the answer and the model's confidence: by the number of the task, the same on every gateway. */
export function resultOf(
  task: Task,
  number: number,
  accuracy: number,
  {
    maxOutputTokens,
    cachedTokens,
    cacheWriteTokens,
  }: Pick<Result['usage'], 'cachedTokens' | 'cacheWriteTokens'> & {
    maxOutputTokens: number;
  },
): Result {
  const length = task.expectedOutputTokens * factor(new RandomStream(number, 'output'), OUTPUT_SPREAD);
  return {
    usage: {
      inputTokens: task.inputTokens,
      cachedTokens,
      cacheWriteTokens,
      outputTokens: Math.max(1, Math.min(maxOutputTokens, Math.round(length))),
    },
    confidence: confidenceOf(task.complexity, accuracy, new RandomStream(number, 'confidence').uniform()),
  };
}

/** How long a model takes for a task: its typical response times a draw of the task's. */
export function latencyMs(number: number, meanMs: number): number {
  return Math.round(meanMs * factor(new RandomStream(number, 'latency'), LATENCY_SPREAD));
}

/** What stands for the models: nothing is sent anywhere. A batch takes as long as its slowest task. */
export function simulatedProvider(
  models: readonly ModelProfile[],
  numbers: TaskNumbers,
  wait: (ms: number) => Promise<void>,
): Provider {
  const profiles = new Map(models.map((model) => [model.name, model]));
  return async ({ model, tasks, maxOutputTokens, cachedTokens, cacheWriteTokens }, signal) => {
    const profile = profiles.get(model)!;
    await wait(Math.max(...tasks.map((task) => latencyMs(numbers.of(task), profile.meanMs))));
    signal.throwIfAborted();
    return tasks.map((task, i) =>
      resultOf(task, numbers.of(task), profile.accuracy, {
        maxOutputTokens: maxOutputTokens[i],
        cachedTokens: cachedTokens[i],
        cacheWriteTokens: cacheWriteTokens[i],
      }),
    );
  };
}
