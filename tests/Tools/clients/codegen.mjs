// @graphql-codegen makes types of the schema and of questions; TypeScript at its strictest accepts them, and what uses them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { page, rename, sdl } from './graph.mjs';

const folder = mkdtempSync('codegen-');
writeFileSync(join(folder, 'schema.graphql'), sdl);
writeFileSync(join(folder, 'asked.graphql'), `${page}\n${rename}`);
const types = join(folder, 'types.ts');
await generate({
  schema: join(folder, 'schema.graphql'),
  documents: join(folder, 'asked.graphql'),
  silent: true,
  generates: {
    [types]: {
      plugins: ['typescript', 'typescript-operations'],
      config: {
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string', Decimal: 'string | number', JSON: 'unknown', Money: '{ amount: string; currency: string }' },
      },
    },
  },
}, true);
writeFileSync(join(folder, 'use.ts'), `
import type { PageQuery, RenameMutationVariables } from './types';
export const shown = (told: PageQuery): string[] => told.contacts?.edges.map(edge => \`\${edge.cursor} \${edge.node.displayName ?? ''}\`) ?? [];
export const variables: RenameMutationVariables = { id: '1', name: 'Ada' };
`);
const tsc = spawnSync(process.execPath, [
  'node_modules/typescript/bin/tsc', '--strict', '--noEmit', '--noUnusedLocals', '--exactOptionalPropertyTypes', '--target', 'es2022',
  '--module', 'esnext', '--moduleResolution', 'bundler', join(folder, 'use.ts'), types,
], { encoding: 'utf8' });
if (tsc.status !== 0) throw new Error(tsc.stdout);
rmSync(folder, { recursive: true });
console.log('codegen ok');
process.exit(0);
