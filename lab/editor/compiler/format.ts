/** Prettier, in a chunk of its own: it is fetched when a text is formatted for the first time. */
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { formatWithCursor } from 'prettier/standalone';

export async function format(text: string, at: number): Promise<{ text: string; at: number }> {
  const { formatted, cursorOffset } = await formatWithCursor(text, {
    parser: 'typescript',
    plugins: [typescript, estree],
    cursorOffset: at,
    // As the exercises are written.
    printWidth: 110,
    singleQuote: true,
  });
  return { text: formatted, at: cursorOffset };
}
