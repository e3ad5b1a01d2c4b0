import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Gives the service worker of a build a name that follows from what was built. */
export function nameWorker(): Plugin {
  let folder = 'dist';
  return {
    name: 'name-worker',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'pre',
      async handler() {
        const build = createHash('sha256')
          .update(await readFile(join(folder, 'index.html')))
          .digest('hex')
          .slice(0, 12);
        const worker = join(folder, 'sw.js');
        await writeFile(worker, (await readFile(worker, 'utf8')).replace('BUILD', build));
      },
    },
  };
}
