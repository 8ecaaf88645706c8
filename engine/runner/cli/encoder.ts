import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Encoder } from '../../cache/semantic/encoder.ts';
import { MODEL_FILES, type ModelFile, openEncoder } from '../transformers-encoder.ts';

/** A program of its own, since the engine doesn't import from the setup. It makes the files when they are missing. */
const prepare = join(fileURLToPath(new URL('../../../', import.meta.url)), 'lab/setup/encoder/prepare.mjs');

/** The page's encoder, in Node: the same files, the same WebAssembly, the same vectors. */
export async function openEncoderInNode(): Promise<Encoder> {
  const folder = execFileSync(process.execPath, [prepare], { encoding: 'utf8' }).trim();
  const contents = await Promise.all(MODEL_FILES.map((name) => readFile(join(folder, name))));
  const model = Object.fromEntries(MODEL_FILES.map((name, i) => [name, new Uint8Array(contents[i]!)]));
  return openEncoder({
    model: model as Record<ModelFile, Uint8Array<ArrayBuffer>>,
    runtime: join(folder, 'ort-wasm-simd.wasm'),
  });
}
