import type { InputOf, ResponseOf } from '../../contract/operations.ts';
import { openRoute } from '../api.ts';

const route = { method: 'post', path: '/api/accounts/{accountId}/messages/{messageId}/receipt' };

/** Tells the one who asks for it that a message was read. Throws ApiError as `call` does. */
export async function sendReceipt(
  params: InputOf<'sendReceipt', 'params'>,
  body: InputOf<'sendReceipt', 'body'>,
): Promise<ResponseOf<'sendReceipt'>> {
  const response = await openRoute(route, { params, body });
  return (await response.json()) as ResponseOf<'sendReceipt'>;
}
