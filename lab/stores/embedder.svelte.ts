import * as Comlink from 'comlink';
import type { Embedding } from '../../engine/cache/semantic/encoder.ts';
import type { EmbedWorker, EncoderState } from '../../engine/runner/embed-protocol.ts';

/** The sentence encoder as the page sees it: a worker that is started when it is wanted, and can be done without. */
export class EmbedderStore {
  state = $state.raw<EncoderState>({ phase: 'idle' });
  private worker: Worker | undefined;
  private remote: Comlink.Remote<EmbedWorker> | undefined;
  /** Rejects what waits for a worker that has died. */
  private abandon: (reason: Error) => void = () => {};
  private died: Promise<never> = new Promise(() => {});

  get ready(): boolean {
    return this.state.phase === 'ready';
  }

  /** Resolves when it is ready, or when `state` says why it is not. */
  async load(): Promise<void> {
    if (this.state.phase === 'failed') this.stop();
    try {
      await this.ask((remote) => remote.load());
    } catch (error) {
      if (this.worker && this.state.phase !== 'failed') this.fail(words(error));
    }
  }

  embed(text: string): Promise<Embedding> {
    return this.ask((remote) => remote.embed(text));
  }

  embedMany(texts: readonly string[]): Promise<Embedding[]> {
    return this.ask((remote) => remote.embedMany(texts));
  }

  /** Ends the worker, whatever it does; the page goes on with exact matches. */
  stop(): void {
    this.end(new Error('the encoder was stopped'));
    this.state = { phase: 'idle' };
  }

  private ask<T>(question: (remote: Comlink.Remote<EmbedWorker>) => Promise<T>): Promise<T> {
    const remote = this.remote ?? this.start();
    return Promise.race([question(remote), this.died]);
  }

  private start(): Comlink.Remote<EmbedWorker> {
    const worker = new Worker(new URL('../../engine/runner/embed-worker.ts', import.meta.url), {
      type: 'module',
    });
    this.died = new Promise<never>((_, reject) => (this.abandon = reject));
    this.died.catch(() => {}); // nobody may be waiting
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.worker) this.fail(event.message || 'its program could not be loaded');
    });
    const remote = Comlink.wrap<EmbedWorker>(worker);
    this.worker = worker;
    this.remote = remote;
    void remote.watch(
      Comlink.proxy((state: EncoderState) => {
        if (worker === this.worker) this.state = state;
      }),
    );
    return remote;
  }

  private fail(reason: string): void {
    this.end(new Error(reason));
    this.state = { phase: 'failed', reason };
  }

  private end(reason: Error): void {
    this.worker?.terminate();
    this.worker = this.remote = undefined;
    this.abandon(reason);
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
