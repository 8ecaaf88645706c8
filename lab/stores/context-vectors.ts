import type { Embedding } from '../../engine/cache/semantic/encoder.ts';

/** Vectors of texts by a sentence encoder, which is asked once for each. */
export class Vectors {
  readonly known = new Map<string, Float32Array>();

  /**
   * Has the encoder look at what is new among the texts, and forgets what is not among them.
   * @returns false when the encoder failed on the way; what it had done stays.
   * @throws the signal's reason (as a rejection) when it aborts.
   */
  async learn(
    texts: Iterable<string>,
    embed: (text: string) => Promise<Embedding>,
    signal: AbortSignal,
    tell: (share: number) => void,
  ): Promise<boolean> {
    const wanted = new Set(texts);
    for (const text of this.known.keys()) if (!wanted.has(text)) this.known.delete(text);
    const missing = [...wanted].filter((text) => !this.known.has(text));
    for (const [i, text] of missing.entries()) {
      signal.throwIfAborted();
      tell(i / missing.length);
      try {
        this.known.set(text, (await embed(text)).vector);
      } catch {
        return false;
      }
    }
    return true;
  }
}
