import { createServer } from 'node:http';
import { start } from '../start.ts';

/** A process of the product without Next, for tests of how it starts and ends: answers `/slow` after a while. */
await start();
const server = createServer((request, response) => {
  process.stdout.write(`asked ${request.url}\n`);
  if (request.url === '/slow') setTimeout(() => response.end('done'), 300);
  else response.end(String(request.headers['x-forwarded-for']));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening ${JSON.stringify(server.address())}\n`));
