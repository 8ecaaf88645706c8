/**
 * The learner's worker: the conversation with the page, around the learner's code. program.ts writes these functions into one script; they
 * run before the learner's code, take what they need of the language into their own hands, and remove network, storage, clock and chance.
 *
 * None of this earns the verdict: the learner shares this realm, and the page counts on nothing but the answers. It is here so that code
 * which patches a prototype or shadows a name by accident still gets a true report, and so that no message can be sent past it.
 *
 * House rule of this folder: once `learner` has run, use no method of a prototype, no iteration, and no inherited property.
 */
export default function (makeLanguage, makeValues, makeOperations, makeHunt, makeWorld, learner) {
  const root = globalThis;
  const language = makeLanguage();
  const { apply, keysOf, quote, parse, OurError } = language;
  const values = makeValues(language);

  const post = root.postMessage.bind(root);
  let run = '';
  const tell = (kind, rest) => post(`{"kind":"${kind}","run":"${run}"${rest}}`);
  /** What the learner's code exports. */
  const exported = { __proto__: null };

  let afterTurn;
  const channel = new MessageChannel();
  const pokeTurn = channel.port2.postMessage.bind(channel.port2, 0);
  channel.port1.onmessage = () => {
    const next = afterTurn;
    afterTurn = undefined;
    if (next) next();
  };
  const turn = (next) => {
    afterTurn = next;
    pokeTurn();
  };

  root.addEventListener('message', (event) => {
    if (!event.isTrusted) return;
    event.stopImmediatePropagation();
    received(parse(event.data));
  });
  root.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    world.say('error', ['A promise was rejected and nobody listened:', event.reason]);
  });

  const runBatch = makeOperations(language, values, { __proto__: null, exported, post, tell, turn });
  const hunt = makeHunt(language, values, { __proto__: null, exported, tell });
  // Last, since it removes what the lines above take.
  const world = makeWorld(language, values, { __proto__: null, root, tell });
  let subject;

  function received(message) {
    if (message.kind === 'load') {
      run = message.run;
      subject = message.subject;
      load();
    } else if (message.run !== run) return;
    else if (message.kind === 'batch') runBatch(message);
    else if (message.kind === 'test') hunt.runTest(subject);
    else if (message.kind === 'told') hunt.told(message);
  }

  function load() {
    try {
      apply(learner, undefined, [exported, require, world.console]);
      const names = keysOf(exported);
      let text = '';
      for (let i = 0; i < names.length; i++) {
        const kind = typeof exported[names[i]];
        text += `${i ? ',' : ''}[${quote(names[i])},"${kind}"]`;
      }
      tell('loaded', `,"exports":[${text}]`);
    } catch (thrown) {
      tell('failed', `,${values.writtenThrown(thrown)}`);
    }
  }

  function require(name) {
    throw new OurError(`import of "${name}": there is nothing to import here. Write it all in one file.`);
  }

  post('up');
}
