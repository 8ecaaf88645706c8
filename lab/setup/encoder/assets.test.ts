import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { encoderFolder } from './assets.mjs';

/** A small one, so that another process that reads it meanwhile loses nothing but time. */
const victim = () => join(encoderFolder(), 'config.json');

describe('encoder files', () => {
  afterEach(() => void encoderFolder());

  it('are made once', () => {
    const before = statSync(victim()).mtimeMs;
    expect(statSync(victim()).mtimeMs).toBe(before);
  });

  it('are made anew, and alike, when one is missing or damaged', () => {
    const good = readFileSync(victim(), 'utf8');
    const file = victim();
    writeFileSync(file, 'damaged');
    expect(readFileSync(victim(), 'utf8')).toBe(good);
    rmSync(file);
    expect(readFileSync(victim(), 'utf8')).toBe(good);
  });
});
