import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../../core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../scenarios/catalogue.ts';

/** A scenario of the catalogue (its name) or of a file (its content, not yet checked). @throws InputError */
export function scenarioFrom(nameOrFile: string): string | object {
  const looksLikeFile = /[\\/]|\.json$/.test(nameOrFile);
  if (Object.hasOwn(CATALOGUE, nameOrFile)) return nameOrFile;
  if (!looksLikeFile && !existsSync(nameOrFile))
    scenarioByName(nameOrFile, ', or the path of a scenario file');
  const content = jsonFrom(
    nameOrFile,
    'scenario file',
    'docs/scenarios.md describes the format.',
    'a JSON object',
  );
  if (typeof content !== 'object' || content === null)
    throw new InputError(nameOrFile, 'a JSON object', JSON.stringify(content));
  return content;
}

/** What a JSON file holds. @param what the file is, and what was expected in it, for the message. @throws InputError */
export function jsonFrom(file: string, what: string, advice: string, expected = 'JSON'): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      what,
      'a file that can be read',
      `${file} (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, expected, `text that is not JSON (${(error as Error).message})`, advice);
  }
}
