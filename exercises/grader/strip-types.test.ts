import { describe, expect, it } from 'vitest';
import { stripTypes, SyntaxProblem } from './strip-types.ts';

const problem = (source: string): SyntaxProblem => {
  try {
    stripTypes(source);
  } catch (error) {
    if (error instanceof SyntaxProblem) return error;
  }
  throw new Error('expected a syntax problem');
};

describe('stripTypes', () => {
  it('takes types out and leaves every line where it is', () => {
    const source = [
      "import type { A } from './a.ts';",
      'interface B<T> {',
      '  x: T;',
      '}',
      'export class C {',
      '  constructor(private readonly a: number, public b?: B<string>) {}',
      '  get<K extends string>(key: K): number { return this.a! + (key as string).length; }',
      '}',
    ].join('\n');
    const lines = stripTypes(source).split('\n');
    expect(lines).toHaveLength(source.split('\n').length);
    expect(lines[4]).toContain('class C {');
    expect(lines[5]).toContain('this.a = a');
    expect(lines[6]).toContain('get(key) { return this.a + (key ).length; }');
    expect(lines.join('\n')).toContain('exports.C = C');
  });

  it('names the place of what it cannot read', () => {
    expect(problem('export class A {\n  get( {\n}')).toMatchObject({
      line: 3,
      message: expect.stringMatching(/^Syntax: /),
    });
    expect(problem('let a = "')).toMatchObject({ line: 1 });
    expect(problem('}').line).toBe(1);
  });

  it('refuses a file of a size that nobody writes', () => {
    expect(problem(' '.repeat(200_001)).message).toContain('at most 200000');
  });
});
