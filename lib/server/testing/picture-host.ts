import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A red square of 10 by 10. */
export const square = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);

export interface PictureHost {
  port: number;
  /** What was asked so far, in order. */
  asked: IncomingMessage[];
  /** Sockets that have been opened, whether anything was asked over them or not. */
  connections(): number;
  close(): Promise<void>;
}

/** A web server at an address of loopback that answers as `answer` says; without it, with a picture at every path. */
export async function startPictureHost({
  address = '127.0.0.1',
  port = 0,
  answer = (_, response) => void response.end(square),
  make = createServer as (listener: RequestListener) => Server,
}: {
  address?: string;
  port?: number;
  answer?: RequestListener;
  make?: (listener: RequestListener) => Server;
} = {}): Promise<PictureHost> {
  const asked: IncomingMessage[] = [];
  let connections = 0;
  const server = make((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(port, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
