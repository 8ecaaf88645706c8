import { InputError, nearest, show } from '../../core/errors.ts';
import { ROLES, type Message, type Role } from './message.ts';

/** Messages without times are taken to be this far apart. */
export const APART_MS = 60_000;
/** More would take minutes to look at. */
export const MOST_MESSAGES = 20_000;

export type ChatFormat = 'list' | 'object' | 'lines' | 'plain';

export interface ReadChat {
  messages: Message[];
  format: ChatFormat;
  /** Messages had no time of their own. */
  timed: boolean;
  /** Conversations in the text beside the first, which is the one that was read. */
  others: number;
}

const ALIASES: Record<string, Role> = {
  developer: 'system',
  human: 'user',
  you: 'user',
  customer: 'user',
  ai: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  agent: 'assistant',
  function: 'tool',
};
const ACCEPTED =
  'a list of {"role", "content"}, {"messages": […]}, one of them on each line, or lines that begin "user: "';

type Json = Record<string, unknown>;

/**
 * A conversation as people have it: the JSON that is sent to a model, an object with a `messages` list, JSONL with a message or a
 * conversation on each line, or plain text with "user: " and the like before each turn. Parts of content (texts, tool calls and
 * results of either of the usual kinds) are read as text; an image is only named. Further calls of one message become messages of
 * their own, each with its results.
 * @throws InputError with the place, what was expected, and what was got.
 */
export function readChat(text: string): ReadChat {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '')
    throw new InputError('conversation', ACCEPTED, 'nothing', 'Paste one, or take a sample.');
  if (!/^[[{]/.test(trimmed)) return { ...plain(trimmed), format: 'plain' };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
    if (lines.length < 2 || !/^\{.*\}$/.test(lines[0]!.trim())) throw notJson(error, trimmed);
    return jsonLines(lines);
  }
  if (Array.isArray(value)) return { ...fromList(value, ''), format: 'list', others: 0 };
  return { ...fromObject(value as Json, ''), format: 'object', others: 0 };
}

function notJson(error: unknown, text: string): InputError {
  const why = error instanceof Error ? error.message : String(error);
  const advice = 'Look for a missing comma, quote or bracket, or for text before or after the JSON.';
  return new InputError('conversation', ACCEPTED, `${show(text.slice(0, 40))} (${why})`, advice);
}

function jsonLines(lines: readonly string[]): ReadChat {
  const values = lines.map((line, i) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      throw new InputError(
        `line ${i + 1}`,
        'one JSON object',
        `${show(line.slice(0, 40))} (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  });
  const [first] = values;
  if (isObject(first) && Array.isArray(first['messages']))
    return { ...fromObject(first, 'line 1: '), format: 'lines', others: values.length - 1 };
  return { ...fromList(values, ''), format: 'lines', others: 0 };
}

function fromObject(value: Json, where: string): Pick<ReadChat, 'messages' | 'timed'> {
  const { messages, system } = value;
  if (typeof value['role'] === 'string') return fromList([value], where);
  if (!Array.isArray(messages))
    throw new InputError(
      `${where}messages`,
      'a list of messages',
      messages === undefined
        ? `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'nothing in it'}`
        : show(messages),
      'The list may also stand alone, in square brackets.',
    );
  // One of the usual forms has the instructions beside the list.
  const first = system === undefined ? [] : [{ role: 'system', content: system }];
  return fromList([...first, ...messages], `${where}messages.`, first.length);
}

function fromList(list: readonly unknown[], where: string, added = 0): Pick<ReadChat, 'messages' | 'timed'> {
  if (list.length === 0)
    throw new InputError(
      'conversation',
      'at least one message',
      'an empty list',
      'Paste one, or take a sample.',
    );
  if (list.length > MOST_MESSAGES)
    throw new InputError(
      'conversation',
      `at most ${MOST_MESSAGES} messages`,
      `${list.length}`,
      'Paste its end.',
    );
  const messages: Message[] = [];
  const ids = new Set<string>();
  let timed = true;
  let atMs = 0;
  for (const [i, value] of list.entries()) {
    const place = i < added ? 'system' : `${where}${i - added}`;
    if (!isObject(value)) throw new InputError(place, 'a message: {"role": …, "content": …}', show(value));
    const role = roleOf(value['role'], place);
    const time = timeOf(value);
    timed &&= time !== undefined;
    atMs = Math.max(atMs, time ?? (i === 0 ? 0 : atMs + APART_MS));
    for (const piece of pieces(value, role, place)) {
      const own =
        typeof value['id'] === 'string' && !ids.has(value['id']) ? value['id'] : `m${messages.length + 1}`;
      let id = own;
      for (let n = 2; ids.has(id); n++) id = `${own}-${n}`;
      ids.add(id);
      messages.push({ id, atMs, ...piece });
    }
  }
  return { messages, timed };
}

type Piece = Pick<Message, 'role' | 'text' | 'toolCallId' | 'importance'>;

/** What one message says: itself, and the tool calls and results in it that have to be paired. */
function pieces(value: Json, role: Role, place: string): Piece[] {
  const texts: string[] = [];
  const calls: Piece[] = [];
  const results: Piece[] = [];
  const content = value['content'] ?? value['text'];
  const parts: unknown[] = Array.isArray(content)
    ? content
    : content === undefined || content === null
      ? []
      : [content];
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') texts.push(part);
    else if (!isObject(part))
      throw new InputError(`${place}.content`, 'a text or a list of parts', show(part));
    else if (part['type'] === 'tool_use') calls.push(call(part['id'], part['name'], part['input']));
    else if (part['type'] === 'tool_result')
      results.push({ role: 'tool', text: flat(part['content']), ...callId(part['tool_use_id']) });
    else if (typeof part['text'] === 'string') texts.push(part['text']);
    else if (typeof part['type'] === 'string') texts.push(`[${part['type']}]`);
    else throw new InputError(`${place}.content.${i}`, 'a part with a type or a text', show(part));
  }
  const made = value['tool_calls'];
  for (const one of Array.isArray(made) ? made.filter(isObject) : []) {
    const what = isObject(one['function']) ? one['function'] : one;
    calls.push(call(one['id'], what['name'], what['arguments']));
  }
  const text = texts.join('\n');
  const own =
    role === 'tool' || role === 'assistant' ? callId(value['tool_call_id'] ?? value['toolCallId']) : {};
  const given = value['importance'];
  const importance = typeof given === 'number' && given >= 0 && given <= 1 ? { importance: given } : {};
  if (content === undefined && calls.length === 0)
    throw new InputError(`${place}.content`, 'a text or a list of parts', 'nothing');
  const [first, ...further] = calls;
  const said = first
    ? { ...first, text: text ? `${text}\n${first.text}` : first.text }
    : { role, text, ...own };
  // A message that only carries results says nothing itself.
  const itself = results.length > 0 && text === '' && !first ? [] : [{ ...said, ...importance }];
  return [...results, ...itself, ...further];
}

function call(id: unknown, name: unknown, args: unknown): Piece {
  const written = typeof args === 'string' ? args : JSON.stringify(args ?? {});
  return {
    role: 'assistant',
    text: `${typeof name === 'string' ? name : 'call'}(${written})`,
    ...callId(id),
  };
}

const callId = (id: unknown): { toolCallId?: string } => (typeof id === 'string' ? { toolCallId: id } : {});

function flat(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return content === undefined ? '' : JSON.stringify(content);
  return content
    .map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : JSON.stringify(part)))
    .join('\n');
}

function roleOf(given: unknown, place: string): Role {
  const role = typeof given === 'string' ? given.trim().toLowerCase() : '';
  const known = ROLES.find((name) => name === role) ?? ALIASES[role];
  if (known) return known;
  const guess = nearest(role, [...ROLES, ...Object.keys(ALIASES)]);
  const advice = guess === undefined || role === '' ? '' : `Did you mean "${guess}"?`;
  throw new InputError(`${place}.role`, `one of ${ROLES.join(', ')}`, show(given), advice);
}

/** Milliseconds; what stands for seconds since 1970 is told by its size. */
function timeOf(value: Json): number | undefined {
  const given = value['atMs'] ?? value['timestamp'] ?? value['created_at'] ?? value['create_time'];
  const time = typeof given === 'string' ? Date.parse(given) : given;
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0) return undefined;
  return value['atMs'] === undefined && time < 1e11 ? time * 1000 : time;
}

/** Turns begin with a role and a colon at the start of a line; what follows belongs to them. */
function plain(text: string): Omit<ReadChat, 'format'> {
  const names = [...ROLES, ...Object.keys(ALIASES)].join('|');
  const begins = new RegExp(`^[*#> ]*(${names})[*]*[ ]*:[*]*[ ]?`, 'i');
  const turns: { role: string; content: string[] }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const found = begins.exec(line);
    if (found) turns.push({ role: found[1]!, content: [line.slice(found[0].length)] });
    else if (turns.length > 0) turns.at(-1)!.content.push(line);
    else
      throw new InputError(
        `line ${i + 1}`,
        ACCEPTED,
        show(line.slice(0, 40)),
        'Begin each turn with who speaks, such as "user: ".',
      );
  }
  const list = turns.map(({ role, content }) => ({ role, content: content.join('\n').trim() }));
  return { ...fromList(list, 'turn '), others: 0 };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
