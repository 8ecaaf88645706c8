/** What the scenario manual says of a setting: the tables of docs/scenarios.md, by the part that they describe. */
import manual from '../../docs/scenarios.md?raw';
import type { Path } from './scenario-edit-text.ts';
import { SHORT_WORDS } from './scenario-edit-words.ts';

/** By `part.setting`; the settings of the whole by `.setting`. */
const words = new Map([...Object.entries(SHORT_WORDS), ...readManual(manual)]);

/** @returns undefined where the manual has no line for it */
export function manualOf(path: Path): string | undefined {
  const names = path.filter((key): key is string => typeof key === 'string');
  const last = names.at(-1);
  if (last === undefined) return undefined;
  if (names.length === 1) return words.get(`.${last}`);
  for (let i = names.length - 2; i >= 0; i--) {
    const found =
      words.get(`${names[i]!}.${names.slice(i + 1).join('.')}`) ?? words.get(`${names[i]!}.${last}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function readManual(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let parts = [''];
  for (const line of text.split('\n')) {
    if (line.startsWith('## The whole')) parts = [''];
    else if (/^#|^`|^\|\s*`[\w.]+\.…`\s*\|/.test(line)) parts = partsOf(line, parts);
    const row = /^\|\s*(`[^|]*?)\s*\|([^|]*(?:\\\|[^|]*)*)\|\s*(.*?)\s*\|$/.exec(line.replaceAll('\\|', '¦'));
    if (!row || row[1]!.includes('…')) continue;
    const meaning = plain(row[3]!);
    if (meaning === '') continue;
    let prefix = '';
    for (const [, name = ''] of row[1]!.matchAll(/`([\w.]+)`/g)) {
      if (!name.startsWith('.')) prefix = name.includes('.') ? name.replace(/\.[^.]*$/, '') : '';
      const whole = name.startsWith('.') ? `${prefix}${name}` : name;
      for (const part of parts) if (!found.has(`${part}.${whole}`)) found.set(`${part}.${whole}`, meaning);
    }
  }
  return found;
}

/** The parts that a heading, a paragraph's beginning or a table's head names; those before where it names none. */
function partsOf(line: string, before: string[]): string[] {
  const heading = line.startsWith('## ');
  const found = line.matchAll(
    heading ? /`([\w.]+)`/g : line.startsWith('|') ? /`([\w.]+)\.…`/g : /`([\w.]+)`(?: \([^)]*\))?:/g,
  );
  const names = [...found].map(([, name = '']) => name.split('.').at(-1)!);
  if (heading && names.length === 0) return ['—'];
  return names.length > 0 ? names : before;
}

function plain(markdown: string): string {
  const text = markdown
    .replaceAll('¦', '|')
    .replaceAll('`', '')
    .replaceAll('**', '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim();
  return text === '–' ? '' : text.charAt(0).toUpperCase() + text.slice(1);
}
