/** Reads the weights of a TensorFlow.js graph model: a manifest, and shards that are one run of numbers. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** @typedef {{ shape: number[], values: Float32Array }} Weight */

export class Weights {
  /** @type {Map<string, Weight>} */
  #byName = new Map();

  /** @param {string} folder with model.json and the shards that it names */
  constructor(folder) {
    /** @type {{ paths: string[], weights: { name: string, shape: number[], dtype: string }[] }[]} */
    const groups = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')).weightsManifest;
    for (const { paths, weights } of groups) {
      const run = Buffer.concat(paths.map((path) => readFileSync(join(folder, basename(path)))));
      let at = 0;
      for (const { name, shape, dtype } of weights) {
        const length = shape.reduce((product, size) => product * size, 1);
        const end = at + 4 * length; // every type in this model takes four bytes
        // A copy, since a view of floats has to start at a multiple of four.
        if (dtype === 'float32')
          this.#byName.set(name, {
            shape,
            values: new Float32Array(Uint8Array.from(run.subarray(at, end)).buffer),
          });
        at = end;
      }
      if (at !== run.length)
        throw new Error(`The weights in ${folder}: expected ${at} bytes, got ${run.length}.`);
    }
  }

  /**
   * The one weight whose name contains all the parts.
   * @param {...string} parts
   */
  find(...parts) {
    const found = [...this.#byName].filter(([name]) => parts.every((part) => name.includes(part)));
    const only = found[0];
    if (!only || found.length > 1)
      throw new Error(`Expected one weight named like ${parts.join(' … ')}, got ${found.length}.`);
    return only[1];
  }
}
