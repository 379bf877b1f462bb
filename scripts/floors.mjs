// Checks who imports whom. TypeScript 7 has no compiler API, so the cruiser is given TypeScript 6's to parse with:
// every "typescript" that it asks for, by require or by import, resolves to the package installed as typescript-api.
import Module, { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  resolveFilename.call(Module, request.replace(/^typescript(?=\/|$)/, 'typescript-api'), ...rest);
const hook =
  "export const resolve = (specifier, context, next) => next(specifier === 'typescript' ? 'typescript-api' : specifier, context)";
register(`data:text/javascript,${encodeURIComponent(hook)}`);

process.chdir(root);
process.argv.splice(
  2,
  0,
  '--config',
  '.dependency-cruiser.cjs',
  'app',
  'lib',
  'components',
  'proxy.ts',
  'instrumentation.ts',
);
await import(pathToFileURL('node_modules/dependency-cruiser/bin/dependency-cruise.mjs').href);
