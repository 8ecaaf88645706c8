import { describe, expect, it } from 'vitest';
import { InputError } from '../../../engine/core/errors.ts';
import type { Contents } from './contents.ts';
import { backupName, checkSize, MOST_BYTES, readBackup, writeBackup } from './file.ts';
import { sha1Hex } from './sha1.ts';

const contents: Contents = {
  work: { reading: [{ section: 'ttl', readAtMs: 5 }], later: [{ form: 9 }] },
  settings: { cost: { form: 1 } },
  page: { partings: [], theme: 'dark' },
};
const backup = { engine: '1.0.0', exportedAtMs: 1000, contents };
const text = writeBackup(backup);

/** A file with a right checksum, whatever it says. */
function sealed(json: string): string {
  const body = JSON.parse(json) as object;
  return JSON.stringify({ ...body, checksum: `sha1:${sha1Hex(JSON.stringify(body))}` });
}
const body = JSON.stringify({ product: 'surge-lab', form: 1, ...backup });

function refused(file: string): InputError {
  try {
    readBackup(file);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the file', () => {
  it('comes back as it was written, spaces and line ends do not matter', () => {
    expect(readBackup(text)).toEqual(backup);
    expect(readBackup(`${JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n')}\n`)).toEqual(
      backup,
    );
  });

  it('has the day in its name', () => {
    expect(backupName(new Date(2026, 2, 1, 12).getTime())).toBe('surge-lab-2026-03-01.json');
  });

  it.each([
    ['nothing', '', 'file', 'nothing'],
    ['another text', 'hello there', 'file', '"hello there"'],
    ['one that was cut off', text.slice(0, -40), 'file', 'ends before its end'],
    ['a list', '[]', 'file', '[]'],
    ['another product', '{"product":"word"}', 'product', '"word"'],
    ['a newer form', body.replace('"form":1', '"form":2'), 'form', '2'],
    ['no form', '{"product":"surge-lab"}', 'form', 'nothing'],
    ['one letter changed', text.replace('"ttl"', '"ttm"'), 'checksum', 'sha1:'],
    ['no checksum', body, 'checksum', 'nothing'],
    [
      'no contents',
      sealed('{"product":"surge-lab","form":1,"engine":"1","exportedAtMs":1}'),
      'contents',
      'undefined',
    ],
    [
      'a store that is no list',
      sealed(body.replace('"later":[{"form":9}]', '"later":7')),
      'contents.work.later',
      '7',
    ],
    ['a theme that is none', sealed(body.replace('"dark"', '"<b>"')), 'contents.page.theme', '<b>'],
    ['a hostile key', body.replace('"later"', '"__proto__"'), 'contents.work.__proto__', '__proto__'],
  ])('%s is refused, with place, got and advice', (_, file, place, got) => {
    const error = refused(file);
    expect(error.place).toBe(place);
    expect(error.got).toContain(got);
    expect(error.advice).not.toBe('');
  });

  it('a hostile key deep within changes no object', () => {
    refused(
      sealed('{"product":"surge-lab","form":1,"contents":{"work":{"x":[{"a":{"__proto__":{"b":1}}}]}}}'),
    );
    expect(({} as { b?: number }).b).toBeUndefined();
  });

  it('one that is nested without end is refused before it exhausts anything', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const error = refused(`{"product":"surge-lab","form":1,"contents":${deep}}`);
    expect(error.expected).toBe('at most 100 levels');
  });

  it('one that is too large is refused before it is read', () => {
    checkSize(MOST_BYTES);
    expect(() => checkSize(MOST_BYTES + 1)).toThrow('expected at most 64 MB');
  });
});
