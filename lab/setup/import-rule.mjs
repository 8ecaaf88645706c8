/**
 * An ESLint rule for the walls of the house. It resolves relative imports by path alone, which is exact here since
 * every import within the house is relative and names its file in full; so it needs no resolver.
 */
import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { top } from './places.mjs';
import { checkoutTools, commandLine, nodeFile, pagePackages, rooms, testRooms } from './rooms.mjs';

const builtins = new Set(builtinModules);

/** @param {string} path */
const fromTop = (path) => relative(top, path).split(sep).join('/');

/**
 * `engine/cache/flow/x.ts` → `engine/cache`, `lab/main.ts` → `lab`; undefined outside the house. A file right in
 * engine/ has the room `engine`.
 * @param {string} file path from the top
 */
function roomOf(file) {
  const [first = '', second = '', third] = file.split('/');
  if (first !== 'engine') return ['lab', 'quiz', 'exercises'].includes(first) ? first : undefined;
  return third === undefined ? 'engine' : `engine/${second}`;
}

/** @param {string} room @param {string} list */
const within = (room, list) => room === list || room.startsWith(`${list}/`);

/**
 * Why `file` may not import `specifier`, or undefined when it may.
 * @param {string} file path from the top
 * @param {string} specifier as written
 * @param {boolean} typeOnly
 * @returns {string | undefined}
 */
export function complaint(file, specifier, typeOnly) {
  const room = roomOf(file);
  if (!room) return undefined;
  const test = file.endsWith('.test.ts') || file.startsWith('lab/e2e/');
  if (!specifier.startsWith('.')) return complaintAboutPackage(file, room, specifier);

  const target = fromTop(resolve(top, dirname(file), specifier.replace(/[?#].*$/, '')));
  const targetRoom = roomOf(target);
  if (!targetRoom || targetRoom === room) return undefined;
  if (test) {
    const [house] = /** @type {[keyof typeof testRooms]} */ (room.split('/'));
    if (testRooms[house].some((list) => within(targetRoom, list))) return undefined;
    return `A test of ${house}/ may import from ${testRooms[house].join(', ')}, not from ${targetRoom}/.`;
  }
  if (file.startsWith(commandLine) && target.startsWith(checkoutTools)) return undefined;
  const allowed = rooms[room];
  if (!allowed) return `${room}/ is no room of the house yet. Give it a line in lab/setup/rooms.mjs.`;
  if (allowed.some((list) => within(targetRoom, list))) {
    if (target.startsWith(commandLine))
      return 'engine/runner/cli/ is for the command line; it runs in Node only.';
    return undefined;
  }
  if (allowed.includes(`type:${targetRoom}`)) {
    return typeOnly ? undefined : `${room}/ may import only types from ${targetRoom}/ (import type).`;
  }
  const list = allowed.map((name) => name.replace('type:', 'types of ')).join(', ') || 'no other room';
  return `${room}/ may not import from ${targetRoom}/. It may import from: ${list}.`;
}

/** @param {string} file @param {string} room @param {string} specifier */
function complaintAboutPackage(file, room, specifier) {
  if (!within(room, 'engine')) return undefined;
  if (pagePackages.test(specifier)) return `The engine has no page: it may not import ${specifier}.`;
  const builtin = specifier.startsWith('node:') || builtins.has(specifier.split('/')[0] ?? '');
  if (builtin && !nodeFile.test(file)) {
    return `${specifier} exists in Node only; import it in engine/runner/cli/, in *.node.ts or in a test.`;
  }
  return undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const walls = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{ why }}' } },
  create(context) {
    const file = fromTop(context.filename);
    /** @param {any} source the node with the specifier @param {boolean} typeOnly */
    const check = (source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const why = complaint(file, source.value, typeOnly);
      if (why) context.report({ node: source, messageId: 'wall', data: { why } });
    };
    /** @param {any} node */
    const declaration = (node) => check(node.source, (node.importKind ?? node.exportKind) === 'type');
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (node) => check(node.source, false),
      // type X = import('./x.ts').Y
      TSImportType: (/** @type {any} */ node) => check(node.source ?? node.argument?.literal, true),
      // new Worker(new URL('./x.ts', import.meta.url))
      'NewExpression[callee.name="URL"][arguments.1.object.type="MetaProperty"]': (/** @type {any} */ node) =>
        check(node.arguments[0], false),
    };
  },
};
