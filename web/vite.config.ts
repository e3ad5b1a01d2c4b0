import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstFiles } from './tools/first.ts';
import { precompress } from './tools/precompress.ts';
import { nameWorker } from './tools/worker.ts';

export default defineConfig({
  plugins: [react(), nameWorker(), precompress()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    target: 'es2022',
    // Everything is a file of its own: the pages' policy lets nothing inline run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: firstFiles(import.meta.dirname) } } },
  },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
