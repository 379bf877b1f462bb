import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { framePolicy, pagePolicy } from '../../lib/api/content-policy.ts';

/** A page with the reader's sanitiser in it, and frames with and without the policy that the product sends. */
export async function startSanitizingServer(): Promise<{ url: string; close: () => void }> {
  const bundle = await build({
    entryPoints: ['e2e/sanitizing/page.ts'],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    define: { 'process.env.NODE_ENV': '"test"' },
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    if (path === '/script.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
      return;
    }
    if (path === '/') response.setHeader('content-security-policy', pagePolicy('bench', false));
    if (path === '/frame') response.setHeader('content-security-policy', framePolicy([`http://127.0.0.1:${port}`]));
    if (path === '/policy-only') {
      // The policy without its sandbox directive, so that it stands for itself.
      const policy = framePolicy([`http://127.0.0.1:${port}`]).replace(/;?\s*sandbox[^;]*/, '');
      response.setHeader('content-security-policy', policy);
    }
    const known = ['/', '/frame', '/plain', '/policy-only'].includes(path);
    response.statusCode = known ? 200 : 404;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const head = '<!doctype html><html lang="en"><title>test</title>';
    response.end(path === '/' ? `${head}<body><script nonce="bench" src="/script.js"></script>` : `${head}<body>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
