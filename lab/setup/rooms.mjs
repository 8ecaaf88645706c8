/**
 * The walls of the house (docs: the picture in the README): who may import from whom. The lint rule in
 * import-rule.mjs reads this table. To add a room, add a line; to move a wall, write down why in docs/decisions/.
 */

/** Rooms of the engine that know nothing of a simulation. */
const machines = ['engine/core', 'engine/cache', 'engine/cost', 'engine/latency'];
const simulated = [...machines, 'engine/gateway', 'engine/simulation', 'engine/scenarios'];

/**
 * Room → rooms that it may import from, beside itself. `type:` before a name: types only.
 * @type {Record<string, string[]>}
 */
export const rooms = {
  'engine/core': [],
  'engine/cache': ['engine/core'],
  'engine/cost': ['engine/core'],
  'engine/latency': ['engine/core'],
  'engine/gateway': machines,
  'engine/simulation': [...machines, 'engine/gateway'],
  'engine/scenarios': ['engine/core', 'type:engine/simulation'],
  'engine/tuning': simulated,
  'engine/claims': [...simulated, 'engine/tuning'],
  'engine/trust': simulated,
  'engine/live': simulated,
  'engine/rescue': simulated,
  'engine/runner': [
    ...simulated,
    'engine/tuning',
    'engine/claims',
    'engine/trust',
    'engine/live',
    'engine/rescue',
  ],
  quiz: ['engine'],
  exercises: ['engine'],
  lab: ['engine', 'exercises', 'quiz'],
};

/** A test may import from all of these, whatever room it stands in: it sets up whole runs. */
export const testRooms = {
  engine: ['engine'],
  quiz: ['engine', 'quiz'],
  exercises: ['engine', 'exercises'],
  lab: ['engine', 'exercises', 'quiz', 'lab'],
};

/** The engine runs without a page, so it takes no package that draws one. */
export const pagePackages = /^(svelte|@sveltejs\/.*|uplot|codemirror|@codemirror\/.*|vite|jsdom)(\/|$)/;

/** Files that run in Node, and only there. */
export const nodeFile = /^engine\/(runner\/cli\/.*|.*\.(node|test)\.ts$)/;

/** The command line may use the tools of the checkout: what finds a browser, builds the site and serves it. No page is among them. */
export const commandLine = 'engine/runner/cli/';
export const checkoutTools = 'lab/setup/';
