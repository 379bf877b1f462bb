import { randomUUID } from 'node:crypto';
import { failed } from './report.ts';

/** A handler that is no operation of the contract (sign-in, metrics, this API's own description): its errors are problem documents all the same. */
export function plainRoute<Context>(name: string, work: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      return await work(request, context);
    } catch (error) {
      return failed(error, { requestId: randomUUID(), operation: name, signal: request.signal });
    }
  };
}
