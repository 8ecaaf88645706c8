/** What the page and the encoder's worker say to each other, through Comlink. */
import type { Embedding } from '../cache/semantic/encoder.ts';

export type EncoderState =
  | { readonly phase: 'idle' }
  /** Fetching the model. `totalBytes` grows with `loadedBytes` where the host doesn't announce a size. */
  | { readonly phase: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  /** The model is here; its runtime is being fetched and compiled. */
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready'; readonly loadMs: number }
  | { readonly phase: 'failed'; readonly reason: string };

export interface EmbedWorker {
  /** Loads the encoder first when it isn't there yet. One text after the other, in the order of the calls. */
  embed(text: string): Promise<Embedding>;
  embedMany(texts: readonly string[]): Promise<Embedding[]>;
  /** Resolves when the encoder is ready. After a failure, the next call tries again. */
  load(): Promise<void>;
  state(): EncoderState;
  /** Calls the listener (the page wraps it in Comlink's `proxy`) now and at every change. */
  watch(listener: (state: EncoderState) => void): void;
}
