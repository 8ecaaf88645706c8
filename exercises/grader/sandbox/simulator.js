/**
 * The worker of a run with a learner's part: the simulator and the learner's code in one realm, since a run asks millions of decisions and
 * each would take a message otherwise. So what it says is a report and no verdict: code that shares the simulator's realm could write
 * its own. Network, storage, clock and chance are gone all the same, so that the same code gives the same run.
 *
 * House rule of this folder: once `learner` has run, use no method of a prototype, no iteration, and no inherited property.
 */
export default function (makeLanguage, makeValues, makeWorld, simulator, learner) {
  const root = globalThis;
  const language = makeLanguage();
  const { apply, quote, parse, OurError } = language;
  const values = makeValues(language);

  const post = root.postMessage.bind(root);
  const nowMs = root.performance.now.bind(root.performance);
  const { runContestant } = simulator;
  let run = '';
  const tell = (kind, rest) => post(`{"kind":"${kind}","run":"${run}"${rest}}`);
  const exported = { __proto__: null };

  root.addEventListener('message', (event) => {
    if (!event.isTrusted) return;
    event.stopImmediatePropagation();
    const message = parse(event.data);
    if (message.kind !== 'simulate') return;
    run = message.run;
    simulate(message.order);
  });

  // Last, since it removes what the lines above take.
  const world = makeWorld(language, values, { __proto__: null, root, tell });

  function simulate(order) {
    let toldMs = -1000;
    const progress = (now) => {
      const atMs = nowMs();
      if (atMs - toldMs < 100) return;
      toldMs = atMs;
      tell('progress', `,"progress":${quote(now)}`);
    };
    try {
      apply(learner, undefined, [exported, require, world.console]);
    } catch (thrown) {
      tell('failed', `,"while":"load",${values.writtenThrown(thrown)}`);
      return;
    }
    tell('loaded', '');
    try {
      tell('end', `,"end":${quote(runContestant(order, exported, { __proto__: null, nowMs, progress }))}`);
    } catch (thrown) {
      tell('failed', `,"while":"run",${values.writtenThrown(thrown)}`);
    }
  }

  function require(name) {
    throw new OurError(`import of "${name}": there is nothing to import here. Write it all in one file.`);
  }

  post('up');
}
