/** `npm run --silent similar -- pairs.json`: which prompts the semantic cache takes for the same, and why. */
import { readFileSync } from 'node:fs';
import { similarity } from '../../cache/semantic/semantic-index.ts';
import { InputError, show } from '../../core/errors.ts';
import { openEncoderInNode } from './encoder.ts';
import { pairsFrom } from './similar-input.ts';

const USAGE = `Tells which prompts the semantic cache takes for the same.

  npm run --silent similar -- PAIRS.json

PAIRS.json is an array of pairs of prompts: [["How do I …?", "What is the way to …?"], …]; - reads it from the standard input.
It prints an array with one object for each pair: {"hit": …, "cosine": …, "reliable": …, "reason": …}. A hit: having the
answer to the first prompt, the cache would serve it for the second (docs/semantic.md).
`;

async function main(): Promise<void> {
  const [file, ...more] = process.argv.slice(2);
  if (file === '--help' || file === '-h') return void process.stdout.write(USAGE);
  if (file === undefined)
    throw new InputError(
      'file',
      'a JSON file with pairs of prompts',
      'nothing',
      USAGE.split('\n')[2]!.trim(),
    );
  if (more.length > 0) throw new InputError('file', 'one file', [file, ...more].map(show).join(' and '));
  const pairs = pairsFrom(file, read(file));
  const encoder = await openEncoderInNode();
  const results = [];
  for (const [a, b] of pairs)
    results.push(
      similarity(
        { prompt: a, embedding: await encoder.embed(a) },
        { prompt: b, embedding: await encoder.embed(b) },
      ),
    );
  process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new InputError(
      'file',
      'a file that can be read',
      show(file),
      error instanceof Error ? `${error.message}.` : '',
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof InputError ? 2 : 1;
}
