/** A text as a point: texts that mean alike lie close together. */
export interface Embedding {
  /** Of length 1 (all zeros for an empty text), so that a dot product is a cosine. */
  readonly vector: Float32Array;
  /** False: the vector says little about the text, and only an exact match may be served. */
  readonly reliable: boolean;
  /** Pieces that the encoder cut the text into. */
  readonly tokens: number;
}

/** Turns text into vectors. In the page it runs in a worker of its own, in Node in the process. */
export interface Encoder {
  embed(text: string): Promise<Embedding>;
}

export const DIMENSIONS = 512;

/** Dot product; the cosine for vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
