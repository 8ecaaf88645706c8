/** The worker's entry: the checks of the trust page behind Comlink. */
import { expose } from 'comlink';
import { InputError } from '../core/errors.ts';
import type { Check, CheckResult, CheckRun } from '../trust/check.ts';
import { trustChecks } from '../trust/catalogue.ts';
import { PUBLISHED_TRACES } from '../trust/published-misses.ts';
import transcript from '../trust/redis-transcript.jsonl?raw';
import { publishedOf, replayPublished } from '../trust/replays.ts';
import { parseTranscript } from '../trust/transcript.ts';
import { chunksOf, readTrace } from './read-trace.ts';
import type { CheckInfo, TraceCheck, TrustWorker } from './trust-protocol.ts';

/** Work between two looks at the messages, ms. */
const SLICE_MS = 40;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
/** A message to oneself comes after those that wait already, so `stop` is heard. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

class Checker implements TrustWorker {
  private readonly all = trustChecks(parseTranscript(transcript));
  private stopping = new AbortController();

  checks(): Promise<CheckInfo[]> {
    return Promise.resolve(this.all.map(({ run: _, ...info }: Check) => info));
  }

  async run(id: string, onProgress: (share: number) => void): Promise<CheckResult> {
    const check = this.all.find((one) => one.id === id);
    if (!check) throw new Error(`There is no check "${id}".`);
    return this.work(check.run(), onProgress);
  }

  async replay(file: File, onProgress: (share: number) => void): Promise<TraceCheck> {
    const { signal } = this.stopping;
    const { trace } = await readTrace(
      { name: file.name, sizeBytes: file.size, chunks: chunksOf(file) },
      { format: null, columns: {}, signal, onProgress: () => {} },
    );
    const published = publishedOf(trace);
    if (!published)
      throw new InputError(
        file.name,
        `one of ${PUBLISHED_TRACES.map(({ name, requests }) => `${name} (${requests.toLocaleString('en-US')} requests)`).join(', ')}`,
        `a trace of ${trace.requests.toLocaleString('en-US')} requests for ${trace.unique.toLocaleString('en-US')} keys`,
        'The page Replay takes any trace.',
      );
    const { name, source, requests } = published;
    return { name, source, requests, result: await this.work(replayPublished(trace, published), onProgress) };
  }

  stop(): Promise<void> {
    this.stopping.abort();
    this.stopping = new AbortController();
    return Promise.resolve();
  }

  private async work(run: CheckRun, onProgress: (share: number) => void): Promise<CheckResult> {
    const { signal } = this.stopping;
    let told = -1;
    let sinceMs = performance.now();
    for (;;) {
      const step = run.next();
      if (step.done) return step.value;
      const percent = Math.floor(step.value * 100);
      if (percent > told) onProgress((told = percent) / 100);
      if (performance.now() - sinceMs < SLICE_MS) continue;
      await pause();
      if (signal.aborted) throw new Error('stopped');
      sinceMs = performance.now();
    }
  }
}

expose(new Checker());
