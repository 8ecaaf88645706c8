import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Version of a package that is installed here. */
export function versionOf(name: string): string {
  const file = new URL(`../../../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** First line that a program prints; null when it is not installed. */
export function firstLineOf(program: string, ...args: string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    )[0]!;
  } catch {
    return null;
  }
}
