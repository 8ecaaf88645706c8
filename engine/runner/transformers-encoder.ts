/** The sentence encoder itself, alike in a worker and in Node; both only differ in how they get at its files. */
import { env, pipeline } from '@xenova/transformers';
import { DIMENSIONS, type Embedding, type Encoder } from '../cache/semantic/encoder.ts';
import { unreliable } from '../cache/semantic/reliability.ts';

export const MODEL_FILES = [
  'config.json',
  'tokenizer_config.json',
  'tokenizer.json',
  'onnx/model_quantized.onnx',
] as const;

export type ModelFile = (typeof MODEL_FILES)[number];

export interface EncoderFiles {
  readonly model: Readonly<Record<ModelFile, Uint8Array<ArrayBuffer>>>;
  /** Path or address of ort-wasm-simd.wasm. */
  readonly runtime: string;
}

const MODEL = 'use-lite-en';
/** A text of more characters has more than 128 pieces anyway, and cutting it up takes its time. */
const MAX_CHARACTERS = 8_000;

/** The library asks a cache before it looks anywhere else; ours has the whole model, so that it never looks. */
function serve(files: EncoderFiles): void {
  env.allowRemoteModels = false;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: async (path: string) => {
      const name = MODEL_FILES.find((file) => path.endsWith(`${MODEL}/${file}`));
      return name && new Response(files.model[name]);
    },
    put: async () => {},
  };
  const { wasm } = env.backends.onnx as { wasm: { numThreads: number; wasmPaths: Record<string, string> } };
  wasm.wasmPaths = { 'ort-wasm-simd.wasm': files.runtime };
  wasm.numThreads = 1; // more would need SharedArrayBuffer, and so headers that a plain web host doesn't send
}

/** @throws when the browser can't run the model (no WebAssembly SIMD, no memory). */
export async function openEncoder(files: EncoderFiles): Promise<Encoder> {
  serve(files);
  const extract = await pipeline('feature-extraction', MODEL);
  return {
    async embed(text: string): Promise<Embedding> {
      const tidy = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
      const pieces = extract.tokenizer(tidy.slice(0, MAX_CHARACTERS)).input_ids.data as BigInt64Array;
      const reliable = unreliable(tidy, pieces.length, pieces.filter((id) => id === 0n).length) === null;
      if (pieces.length === 0) return { vector: new Float32Array(DIMENSIONS), reliable, tokens: 0 };
      const { data } = await extract(tidy.slice(0, MAX_CHARACTERS), { pooling: 'mean', normalize: true });
      return { vector: Float32Array.from(data as Float32Array), reliable, tokens: pieces.length };
    },
  };
}
