import { createServer } from 'node:net';

/** PORT, or 3000, or the next one that is free; says so when it is another than people expect. */
export async function choosePort(): Promise<number> {
  const wanted = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error('PORT must be a number from 1 to 65535');
  for (let port = wanted; port < wanted + 50; port += 1) {
    if (!(await isFree(port))) continue;
    if (port !== wanted)
      console.log(`Port ${wanted} is taken, so this is on ${port}; choose one with PORT=… npm run demo`);
    return port;
  }
  throw new Error(`ports ${wanted} to ${wanted + 49} are all taken; choose one with PORT=… npm run demo`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
