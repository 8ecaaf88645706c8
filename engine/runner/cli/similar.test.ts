import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Encoder } from '../../cache/semantic/encoder.ts';
import { HELD_OUT, type Pair, TUNE } from '../../cache/semantic/pairs.fixture.ts';
import { similarity } from '../../cache/semantic/semantic-index.ts';
import { InputError } from '../../core/errors.ts';
import { openEncoderInNode } from './encoder.ts';
import { pairsFrom } from './similar-input.ts';

let encoder: Encoder;
beforeAll(async () => {
  encoder = await openEncoderInNode();
});

describe('encoder in Node', () => {
  it.each([
    ['How do I sort a list?', [0.056, -0.061, 0, -0.061], 7],
    ['What is the capital of France?', [-0.055, 0.048, -0.031, 0.052], 7],
    ['Write a haiku about autumn leaves.', [-0.009, -0.051, -0.06, 0.062], 12],
  ])('gives the known vector of "%s"', async (text, start, tokens) => {
    const embedding = await encoder.embed(text);
    expect(embedding.vector).toHaveLength(512);
    expect([...embedding.vector.slice(0, 4)].map((x) => Number(x.toFixed(3)) + 0)).toEqual(start);
    expect(embedding).toMatchObject({ reliable: true, tokens });
    expect(embedding.vector.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 5);
  });

  it('gives the same vector each time, whatever came between', async () => {
    const once = await encoder.embed('Why is the sky blue?');
    await encoder.embed('a much longer text that has another shape '.repeat(3));
    expect((await encoder.embed('  Why is\nthe sky blue? ')).vector).toEqual(once.vector);
  });

  it.each([
    ['', false, 0],
    ['   \n', false, 0],
    ['¿Cuál es la capital de Francia?', false, 13],
    ['你好', false, 2],
    ['word '.repeat(128), true, 128],
    ['word '.repeat(129), false, 129],
  ])('says whether %j is to be trusted', async (text, reliable, tokens) => {
    const embedding = await encoder.embed(text);
    expect(embedding).toMatchObject({ reliable, tokens });
    expect(embedding.vector.every(Number.isFinite)).toBe(true);
  });
});

async function measure(pairs: readonly Pair[]): Promise<{ falseHits: string[]; recall: number }> {
  const hits: Pair[] = [];
  for (const pair of pairs) {
    const [a, b] = [await encoder.embed(pair.a), await encoder.embed(pair.b)];
    if (similarity({ prompt: pair.a, embedding: a }, { prompt: pair.b, embedding: b }).hit) hits.push(pair);
  }
  return {
    falseHits: hits.filter(({ same }) => !same).map(({ a, b }) => `${a} | ${b}`),
    recall: hits.filter(({ same }) => same).length / pairs.filter(({ same }) => same).length,
  };
}

describe('encoder and guard together', () => {
  it('on every fourth pair they were tuned on', async () => {
    const { falseHits, recall } = await measure(TUNE.filter((_, i) => i % 4 === 0));
    expect(falseHits).toEqual([]);
    expect(recall).toBeGreaterThan(0.9);
  });
  it('on pairs they were not', async () => {
    const { falseHits, recall } = await measure(HELD_OUT);
    expect(falseHits).toEqual([]);
    expect(recall).toBeGreaterThan(0.8);
  });
  const shared = fileURLToPath(new URL('../../../../shared/prototypes/encoder/pairs.mjs', import.meta.url));
  it.skipIf(!existsSync(shared))('on the pairs that stand beside the repository', async () => {
    type Pairs = Record<'same' | 'diff', [string, string][]>;
    const { A, B } = (await import(/* @vite-ignore */ pathToFileURL(shared).href)) as { A: Pairs; B: Pairs };
    const of = (pairs: [string, string][], same: boolean): Pair[] =>
      pairs.map(([a, b]) => ({ same, kind: 'shared', a, b }));
    const pairs = [A, B].flatMap(({ same, diff }) => [...of(same, true), ...of(diff, false)]);
    expect(await measure(pairs)).toEqual({ falseHits: [], recall: 1 });
  });
});

describe('similar', () => {
  it.each([
    ['{', 'JSON'],
    ['{}', 'an array of pairs'],
    ['[1]', 'a pair [a, b] of texts, got 1'],
    ['[["a"]]', 'a pair [a, b] of texts, got ["a"]'],
    ['[["a", "b"], ["a", 2]]', 'p.json[1][1]: expected a text, got 2'],
  ])('refuses %s', (text, message) => {
    expect(() => pairsFrom('p.json', text)).toThrow(InputError);
    expect(() => pairsFrom('p.json', text)).toThrow(message);
  });

  const top = fileURLToPath(new URL('../../../', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'engine/runner/cli/similar.ts', ...args], {
      cwd: top,
      encoding: 'utf8',
    });

  it('prints one verdict for each pair, and nothing else', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'similar-')), 'pairs.json');
    writeFileSync(
      file,
      JSON.stringify([
        ['How do I sort a list?', 'How can I sort a list'],
        ['List 5 names', 'List 50 names'],
        ['', ''],
      ]),
    );
    const { stdout, status } = run(file);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        hit: true,
        cosine: expect.closeTo(0.919, 3),
        reliable: true,
        reason: 'cosine 0.919, and the guard finds the same meaning',
      },
      {
        hit: false,
        cosine: expect.any(Number),
        reliable: true,
        reason: expect.stringContaining('numbers (50 / 5)'),
      },
      { hit: true, cosine: 0, reliable: false, reason: 'the same words' },
    ]);
  });

  it('ends with 2 and a message for input that it cannot use', () => {
    const { stdout, stderr, status } = run('no-such-file.json');
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain('expected a file that can be read, got "no-such-file.json"');
  });
});
