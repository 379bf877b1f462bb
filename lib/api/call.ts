import type { OperationName, Operations, ParsedOf, ResponseOf } from '../contract/operations.ts';
import type { MailDriver } from '../mail/driver.ts';
import type { SignedIn } from '../server/session.ts';

type NamesAccount<N extends OperationName> = Operations[N] extends { isWithoutMail: true }
  ? false
  : ParsedOf<N, 'params'> extends { accountId: string }
    ? true
    : ParsedOf<N, 'query'> extends { accountId: string }
      ? true
      : false;

/** What a route's work is given: everything checked and parsed. */
export interface Call<N extends OperationName> {
  request: Request;
  requestId: string;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
  /** Null on public operations only. */
  signedIn: Operations[N] extends { access: 'public' } ? null : SignedIn;
  /** The account that the path or the query names; null where the operation names none, or needs none of its mail. */
  mail: NamesAccount<N> extends true ? MailDriver : null;
  params: ParsedOf<N, 'params'>;
  query: ParsedOf<N, 'query'>;
  body: ParsedOf<N, 'body'>;
}

/** What a route's work gives: its JSON, nothing where the contract has no response, a Response where it streams. */
export type AnswerOf<N extends OperationName> = Operations[N] extends { produces: string }
  ? Response
  : [ResponseOf<N>] extends [undefined]
    ? // biome-ignore lint/suspicious/noConfusingVoidType: it stands for a return type
      void
    : ResponseOf<N> | Response;
