/**
 * The simulator as the text of one script, for the sandbox in which a learner's part runs: `import text from '@learner-program'`. It is built
 * when somebody asks for it, and anew when the engine has changed.
 */
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { top } from './places.mjs';

const id = '@learner-program';
const resolved = `\0${id}`;
const entry = join(top, 'engine/runner/learner-run.ts');

/** An expression whose value is what learner-run.ts exports. */
async function programText(): Promise<{ text: string; files: string[] }> {
  const files: string[] = [];
  const built = (await build({
    configFile: false,
    root: top,
    logLevel: 'error',
    plugins: [
      {
        name: 'surge-lab:learner-program-files',
        moduleParsed: ({ id: file }) => void files.push(file),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'simulator', fileName: 'simulator' },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built[0].output;
  return { text: `(() => {\n${chunk.code.trim()}\nreturn simulator;\n})()`, files };
}

export function learnerProgram(): Plugin {
  const files = new Set<string>();
  return {
    name: 'surge-lab:learner-program',
    resolveId: (source) => (source === id ? resolved : undefined),
    async load(source) {
      if (source !== resolved) return undefined;
      const program = await programText();
      for (const file of program.files) {
        files.add(file);
        this.addWatchFile(file);
      }
      return `export default ${JSON.stringify(program.text)};`;
    },
    handleHotUpdate({ file, server }) {
      const module = files.has(file) ? server.moduleGraph.getModuleById(resolved) : undefined;
      if (module) server.moduleGraph.invalidateModule(module);
    },
  };
}
