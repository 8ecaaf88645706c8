import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encoderFolder } from './assets.mjs';

const within = mkdtempSync(join(tmpdir(), 'encoder-'));
afterAll(() => rmSync(within, { recursive: true }));
const tokenizer = () => join(encoderFolder(within), 'tokenizer.json');

describe('encoder files', () => {
  it('are made once', () => {
    const made = statSync(tokenizer()).mtimeMs;
    expect(statSync(tokenizer()).mtimeMs).toBe(made);
  });

  it('are made anew, and alike, when one is missing or damaged', () => {
    const file = tokenizer();
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, 'damaged');
    expect(readFileSync(tokenizer(), 'utf8')).toBe(good);
    rmSync(file);
    expect(readFileSync(tokenizer(), 'utf8')).toBe(good);
  });
});
