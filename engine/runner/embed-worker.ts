/** The encoder's worker: takes its files from our own origin, then turns texts into vectors, one at a time. */
import configUrl from '@encoder/config.json?url';
import modelUrl from '@encoder/onnx/model_quantized.onnx?url';
import runtimeUrl from '@encoder/ort-wasm-simd.wasm?url';
import tokenizerUrl from '@encoder/tokenizer.json?url';
import tokenizerConfigUrl from '@encoder/tokenizer_config.json?url';
import { expose, transfer } from 'comlink';
import type { Embedding, Encoder } from '../cache/semantic/encoder.ts';
import type { EmbedWorker, EncoderState } from './embed-protocol.ts';
import { MODEL_FILES, type ModelFile, openEncoder } from './transformers-encoder.ts';

const urls: Record<ModelFile, string> = {
  'config.json': configUrl,
  'tokenizer_config.json': tokenizerConfigUrl,
  'tokenizer.json': tokenizerUrl,
  'onnx/model_quantized.onnx': modelUrl,
};

let state: EncoderState = { phase: 'idle' };
const listeners: ((state: EncoderState) => void)[] = [];
let encoder: Promise<Encoder> | undefined;
let last: Promise<unknown> = Promise.resolve();

function enter(next: EncoderState): void {
  state = next;
  for (const listener of listeners) listener(state);
}

function open(): Promise<Encoder> {
  encoder ??= load().catch((error: unknown) => {
    encoder = undefined; // the next call tries again
    enter({ phase: 'failed', reason: error instanceof Error ? error.message : String(error) });
    throw error;
  });
  return encoder;
}

async function load(): Promise<Encoder> {
  const started = performance.now();
  enter({ phase: 'loading', loadedBytes: 0, totalBytes: 0 });
  const answers = await Promise.all(MODEL_FILES.map((name) => request(urls[name])));
  const announced = answers.reduce((sum, answer) => sum + Number(answer.headers.get('Content-Length')), 0);
  let loadedBytes = 0;
  const contents = await Promise.all(
    answers.map((answer) =>
      read(answer, (bytes) => {
        loadedBytes += bytes;
        // A host that compresses announces fewer bytes than arrive, or none.
        enter({ phase: 'loading', loadedBytes, totalBytes: Math.max(announced, loadedBytes) });
      }),
    ),
  );
  enter({ phase: 'starting' });
  const model = Object.fromEntries(MODEL_FILES.map((name, i) => [name, contents[i]]));
  const runtime = new URL(runtimeUrl, self.location.href).href;
  const opened = await openEncoder({ model: model as Record<ModelFile, Uint8Array<ArrayBuffer>>, runtime });
  enter({ phase: 'ready', loadMs: performance.now() - started });
  return opened;
}

async function request(url: string): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: expected a file of the encoder, got status ${answer.status}.`);
  return answer;
}

async function read(answer: Response, onBytes: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = answer.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(value);
    onBytes(value.length);
  }
}

/** Runs after all that was asked before, whether it succeeded or not. */
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = last.then(task, task);
  last = result.catch(() => {});
  return result;
}

const embedNow = async (text: string): Promise<Embedding> => (await open()).embed(text);

const api: EmbedWorker = {
  embed: async (text) => {
    const embedding = await inTurn(() => embedNow(text));
    return transfer(embedding, [embedding.vector.buffer]);
  },
  embedMany: async (texts) => {
    const embeddings = await inTurn(async () => {
      const done: Embedding[] = [];
      for (const text of texts) done.push(await embedNow(text));
      return done;
    });
    return transfer(
      embeddings,
      embeddings.map(({ vector }) => vector.buffer),
    );
  },
  load: async () => {
    await open();
  },
  state: () => state,
  watch: (listener) => {
    listeners.push(listener);
    listener(state);
  },
};

expose(api);
