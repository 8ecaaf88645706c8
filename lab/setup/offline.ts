/** Makes the built site installable and gives it its service worker: manifest, icon, and sw.js with the list of all files. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { listFiles, workerFile } from './offline-list.ts';
import { top } from './places.mjs';

const manifestFile = 'manifest.webmanifest';
const iconFile = 'app-icon.svg';

/** --bg of the light and the dark theme (lab/styles/tokens.css). */
const light = '#fbfaf7';
const dark = '#0e1113';

const manifest = {
  name: 'Surge Lab',
  short_name: 'Surge Lab',
  description: 'A laboratory for caches, costs and latency in front of language models.',
  lang: 'en',
  // Relative to the manifest, so the site may stand in any folder.
  id: './',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: light,
  theme_color: light,
  icons: [{ src: iconFile, type: 'image/svg+xml', sizes: 'any' }],
};

/** The mark of the lab on a ground of its own, with the margin that home screens cut into. */
function icon(): string {
  const mark = readFileSync(join(top, 'lab', 'icon.svg'), 'utf8');
  const paths = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(mark)?.[1];
  if (!paths) throw new Error('lab/icon.svg: expected one svg element, got none.');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="-6 -6 32 32">
<path d="M-6-6h32v32h-32z" fill="${light}" />
<g fill="none" stroke="#1b1d1f" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</g>
</svg>
`;
}

export function offline(): Plugin {
  let folder = '';
  return {
    name: 'surge-lab:offline',
    apply: 'build',
    configResolved: ({ build: { outDir } }) => void (folder = outDir),
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'link', attrs: { rel: 'manifest', href: `./${manifestFile}` }, injectTo: 'head' },
        themeColour(light, 'light'),
        themeColour(dark, 'dark'),
      ],
    },
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
      emit(manifestFile, `${JSON.stringify(manifest, undefined, 2)}\n`);
      emit(iconFile, icon());
    },
    // The files as they were written, whichever plugin made them.
    writeBundle: { order: 'post', handler: () => writeWorker(folder) },
  };
}

const themeColour = (content: string, scheme: string) => ({
  tag: 'meta',
  attrs: { name: 'theme-color', content, media: `(prefers-color-scheme: ${scheme})` },
  injectTo: 'head' as const,
});

/** Writes sw.js for the site as it stands in the folder. */
export async function writeWorker(folder: string): Promise<void> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
  const files = new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), new Uint8Array(readFileSync(join(folder, path)))]),
  );
  const built = (await build({
    configFile: false,
    root: top,
    logLevel: 'error',
    define: { OFFLINE_LIST: JSON.stringify(listFiles(files)) },
    build: {
      write: false,
      target: 'es2022',
      // One plain script without imports: browsers differ in their support of modules as service workers.
      lib: {
        entry: join(top, 'lab/offline/service-worker.ts'),
        formats: ['iife'],
        name: 'offline',
        fileName: 'sw',
      },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built[0].output;
  writeFileSync(join(folder, workerFile), chunk.code);
}
