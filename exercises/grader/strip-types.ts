/** TypeScript to JavaScript: types are taken out, lines stay where they are. */
import { transform } from 'sucrase';

export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
  readonly line: number | undefined;
  readonly column: number | undefined;
  constructor(message: string, line?: number, column?: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const longestSource = 200_000;

/**
 * Modules become functions of `exports`. Types are not checked here; the editor does that. Throws SyntaxProblem with the place, from 1,
 * of what cannot be read; what sucrase lets pass is found when the worker reads the program.
 */
export function stripTypes(source: string): string {
  if (source.length > longestSource)
    throw new SyntaxProblem(`The file has ${source.length} characters; at most ${longestSource} can be run.`);
  try {
    return transform(source, { transforms: ['typescript', 'imports'], disableESTransforms: true }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const text = message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new SyntaxProblem(`Syntax: ${text}.`, loc?.line, loc?.column);
  }
}
