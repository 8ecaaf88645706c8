import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { top } from '../../setup/places.mjs';
import { format } from './format.ts';
import { options } from './options.ts';
import { explain, explainSuggestion, problems, suggest } from './service.ts';

const starter = readFileSync(join(top, 'exercises/01-ttl-cache/starter.ts'), 'utf8');

describe('the compiler in the editor', () => {
  it('checks as the tests of the exercises do', () => {
    const folder = join(top, 'lab/setup/types');
    const read = ts.readConfigFile(join(folder, 'learner.json'), ts.sys.readFile);
    const { options: wanted } = ts.parseJsonConfigFileContent(
      { ...read.config, include: [] },
      ts.sys,
      folder,
    );
    const { tsBuildInfoFile: _file, configFilePath: _path, lib, ...rest } = wanted;
    expect(lib).toEqual([expect.stringMatching(/lib\.es2023\.d\.ts$/)]);
    expect(options).toMatchObject(rest);
  });

  it('knows the language and what the sandbox gives, and nothing of a browser', () => {
    expect(problems(starter)).toEqual([]);
    expect(
      problems(
        '[3, 1].toSorted(); console.log(new Map<string, number>()); export const a: Expect = () => 1 as never;',
      ),
    ).toEqual([]);
    expect(problems('document.title').map(({ message }) => message)[0]).toContain(
      "Cannot find name 'document'",
    );
  });

  it('finds what is wrong, with its place', () => {
    const text = 'const a = 1;\nconst b: string = a;\n';
    expect(problems(text)).toEqual([
      { from: 19, to: 20, message: "Type 'number' is not assignable to type 'string'." },
    ]);
    expect(text.slice(19, 20)).toBe('b');
    expect(problems('const a = ;')[0].message).toContain('Expression expected');
  });

  it('suggests what fits, and explains it', () => {
    const text = 'const entries = new Map<string, number>();\nentries.ge';
    const found = suggest(text, text.length);
    expect(found).toMatchObject({ from: text.length - 2, member: true });
    expect(found?.list.map(({ label }) => label)).toContain('get');
    expect(explainSuggestion(text, text.length, 'get')?.type).toContain(
      'get(key: string): number | undefined',
    );
    expect(explain(text, 8)?.type).toBe('const entries: Map<string, number>');
  });

  it('puts a text in form and keeps the cursor at its place; refuses what it cannot read', async () => {
    expect(await format('const a = "x"\nconst   b=1', 23)).toEqual({
      text: "const a = 'x';\nconst b = 1;\n",
      at: 22,
    });
    await expect(format('const = ;', 0)).rejects.toThrow();
  });

  it('finds every starter in form and without errors', async () => {
    expect((await format(starter, 0)).text).toBe(starter);
  });
});
