/**
 * The text of a scenario: where each value stands in it, and the smallest changes that set, add, remove, move or rename one. Everything else
 * stays as it was typed, to the last byte.
 */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** Keys and places in lists, from the whole inwards. */
export type Path = readonly (string | number)[];

export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/** Something that makes the text no JSON. */
export interface TextFault {
  from: number;
  to: number;
  expected: string;
  got: string;
  advice: string;
}

export interface ReadText {
  /** As far as it could be read. */
  tree: Node | undefined;
  /** Undefined as long as there are faults. */
  value: unknown;
  faults: TextFault[];
}

/** By jsonc-parser's number of the error: what was expected, and what to do. */
const FAULTS: Record<number, [expected: string, advice: string]> = {
  1: ['a value', 'Text stands in double quotes.'],
  2: ['a number', 'Write for instance 12, 0.5 or 1e6.'],
  3: ['a name in double quotes', 'Take the comma before it away, or write a name.'],
  4: ['a value', 'A number, a text in double quotes, true, false, null, {…} or […].'],
  5: ['a colon after the name', ''],
  6: ['a comma between two values', ''],
  7: ['a closing brace', 'A { has no } yet.'],
  8: ['a closing bracket', 'A [ has no ] yet.'],
  9: ['the end of the text', 'Take away what follows the last brace.'],
  10: ['no comment', 'JSON has none.'],
  11: ['the end of the comment', ''],
  12: ['a closing quote', 'Text ends in the line in which it begins.'],
  13: ['a whole number', ''],
  14: ['four digits after \\u', ''],
  15: ['an escape such as \\n or \\"', ''],
  16: ['a character that JSON allows', ''],
};

export function readText(text: string): ReadText {
  if (text.trim() === '') return { tree: undefined, value: undefined, faults: [nothing(text)] };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const faults: TextFault[] = errors.map(({ error, offset, length }) => {
    const [expected, advice] = FAULTS[error] ?? ['JSON', ''];
    const got = text.slice(offset, offset + Math.max(1, length)).trim();
    const from = Math.min(offset, text.length);
    return {
      from,
      to: Math.min(text.length, from + Math.max(1, length)),
      expected,
      got: got === '' ? 'the end of the text' : JSON.stringify(got.slice(0, 40)),
      advice,
    };
  });
  if (faults.length > 0) return { tree, value: undefined, faults: withoutEchoes(faults) };
  if (!tree) return { tree, value: undefined, faults: [nothing(text)] };
  return { tree, value: JSON.parse(text) as unknown, faults: twice(tree) };
}

const nothing = (text: string): TextFault => ({
  from: 0,
  to: text.length,
  expected: 'a scenario',
  got: 'nothing',
  advice: 'Write {"name": "my-scenario", …}, or begin with a scenario of the catalogue.',
});

/** One mistake makes the parser stumble several times at the same place. */
function withoutEchoes(faults: TextFault[]): TextFault[] {
  return faults.filter((fault, i) => i === 0 || fault.from > faults[i - 1]!.to);
}

/** Names that stand twice in the same braces: the first would be lost. */
function twice(tree: Node): TextFault[] {
  const found: TextFault[] = [];
  walk(tree, (node) => {
    if (node.type !== 'object') return;
    const seen = new Set<unknown>();
    for (const { children } of node.children ?? []) {
      const key = children![0]!;
      if (seen.has(key.value))
        found.push({
          from: key.offset,
          to: key.offset + key.length,
          expected: 'each name once',
          got: `${JSON.stringify(key.value)} again`,
          advice: 'Rename it, or take one of the two away.',
        });
      seen.add(key.value);
    }
  });
  return found;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of node.children ?? []) walk(child, visit);
}

/** The value at a path. */
export function nodeAt(tree: Node | undefined, path: Path): Node | undefined {
  let at = tree;
  for (const key of path) {
    if (!at) return undefined;
    if (at.type === 'object')
      at = at.children?.find(({ children }) => children?.[0]?.value === String(key))?.children?.[1];
    else if (at.type === 'array') at = at.children?.[Number(key)];
    else return undefined;
  }
  return at;
}

/** Where a path stands in the text; of what is not there, the name of the nearest thing around it that is. */
export function rangeOf(tree: Node | undefined, path: Path): { from: number; to: number } {
  const node = nodeAt(tree, path);
  if (node && (path.length > 0 || node.type !== 'object'))
    return { from: node.offset, to: node.offset + node.length };
  for (let depth = path.length - 1; depth > 0; depth--) {
    const around = nodeAt(tree, path.slice(0, depth));
    const key = around?.parent?.type === 'property' ? around.parent.children![0]! : around;
    if (key) return { from: key.offset, to: key.offset + (key === around ? 1 : key.length) };
  }
  const from = tree?.offset ?? 0;
  return { from, to: from + 1 };
}

/** The path of the value in which a place of the text stands. */
export function pathAt(tree: Node | undefined, at: number): Path {
  const path: (string | number)[] = [];
  const inside = ({ offset, length }: Node): boolean => offset <= at && at <= offset + length;
  let node = tree;
  while (node?.children) {
    const index: number = node.children.findIndex(inside);
    const child: Node | undefined = node.children[index];
    if (!child) break;
    if (child.type === 'property') {
      path.push(child.children![0]!.value as string);
      node = child.children![1];
    } else {
      path.push(index);
      node = child;
    }
  }
  return path;
}

/** The change that gives a path this value; what is missing around it is made. */
export function setAt(text: string, tree: Node, path: Path, value: unknown): TextChange {
  const node = nodeAt(tree, path);
  if (node) {
    const insert = printed(
      text,
      value,
      indentAt(text, node.offset),
      hasLines(text, node.parent?.parent ?? tree),
    );
    return { from: node.offset, to: node.offset + node.length, insert };
  }
  const key = path.at(-1)!;
  const parent = nodeAt(tree, path.slice(0, -1));
  if (parent?.type === 'array') return added(text, parent, undefined, value);
  if (parent?.type === 'object') return added(text, parent, String(key), value);
  return setAt(text, tree, path.slice(0, -1), typeof key === 'number' ? [value] : { [key]: value });
}

function added(text: string, parent: Node, key: string | undefined, value: unknown): TextChange {
  const last = parent.children?.at(-1);
  const end = parent.offset + parent.length;
  const around = indentAt(text, parent.offset);
  const lines = last ? hasLines(text, parent) : text.includes('\n');
  const inner = last ? indentAt(text, last.offset) : around + unitOf(text);
  const colon = /"\s*:(\s*)\S/.exec(text)?.[1] ?? ' ';
  const name = key === undefined ? '' : `${JSON.stringify(key)}:${colon.includes('\n') ? ' ' : colon}`;
  const entry = `${name}${printed(text, value, lines ? inner : around, lines)}`;
  if (last) {
    const at = last.offset + last.length;
    return { from: at, to: at, insert: `,${lines ? `\n${inner}` : colon === '' ? '' : ' '}${entry}` };
  }
  return { from: parent.offset + 1, to: end - 1, insert: lines ? `\n${inner}${entry}\n${around}` : entry };
}

/** The change that takes a value out, with its name. */
export function removeAt(tree: Node, path: Path): TextChange | undefined {
  const value = nodeAt(tree, path);
  if (!value?.parent) return undefined;
  const child = value.parent.type === 'property' ? value.parent : value;
  const list = child.parent!.children!;
  const i = list.indexOf(child);
  const [before, after] = [list[i - 1], list[i + 1]];
  if (after) return { from: child.offset, to: after.offset, insert: '' };
  const { offset, length } = child.parent!;
  if (!before) return { from: offset + 1, to: offset + length - 1, insert: '' };
  return { from: before.offset + before.length, to: child.offset + child.length, insert: '' };
}

/** The changes that exchange an item of a list with the one `by` places on. */
export function moveAt(text: string, tree: Node, path: Path, by: number): TextChange[] {
  const item = nodeAt(tree, path);
  const other = nodeAt(tree, [...path.slice(0, -1), Number(path.at(-1)) + by]);
  if (!item || !other) return [];
  const of = ({ offset, length }: Node): string => text.slice(offset, offset + length);
  return [
    { from: item.offset, to: item.offset + item.length, insert: of(other) },
    { from: other.offset, to: other.offset + other.length, insert: of(item) },
  ].sort((a, b) => a.from - b.from);
}

/** The change that gives a value another name. */
export function renameAt(tree: Node, path: Path, name: string): TextChange | undefined {
  const key = nodeAt(tree, path)?.parent?.children?.[0];
  return key && { from: key.offset, to: key.offset + key.length, insert: JSON.stringify(name) };
}

/** The text after changes, which do not overlap. */
export function changed(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, insert }) => all.slice(0, from) + insert + all.slice(to), text);
}

const hasLines = (text: string, node: Node): boolean =>
  text.slice(node.offset, node.offset + node.length).includes('\n');
const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))![0];
const unitOf = (text: string): string => /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';

function printed(text: string, value: unknown, indent: string, lines: boolean): string {
  return lines ? printJson(value, { unit: unitOf(text), indent }) : JSON.stringify(value);
}

/** JSON for people: what fits stands on one line, the rest on a line for each value. */
export function printJson(value: unknown, { unit = '  ', indent = '', width = 96 } = {}): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = indent + unit;
  const list = Array.isArray(value);
  const parts: [string, unknown][] = list
    ? value.map((one: unknown) => ['', one])
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [`${JSON.stringify(key)}: `, one]);
  if (parts.length === 0) return list ? '[]' : '{}';
  const onOne = parts.map(([name, one]) => name + printJson(one, { unit, width: Infinity })).join(', ');
  const flat = list ? `[${onOne}]` : `{ ${onOne} }`;
  if (indent.length + flat.length <= width) return flat;
  const rows = parts.map(([name, one]) => `${inner}${name}${printJson(one, { unit, indent: inner, width })}`);
  return `${list ? '[' : '{'}\n${rows.join(',\n')}\n${indent}${list ? ']' : '}'}`;
}
