import type { MailDriver } from '../../mail/driver.ts';
import { asMailError, type MailError } from '../../mail/errors.ts';
import type { MissingAccount, SearchEvent } from '../../mail/model.ts';
import { mailFor } from '../mail-for.ts';
import type { SignedIn } from '../session.ts';
import { missingBy } from './missing.ts';

type Told<T extends SearchEvent['type']> = Extract<SearchEvent, { type: T }>;

/** What a search of all accounts tells; `progress` counts accounts. */
export type UnitedSearchEvent =
  | (Told<'hits' | 'incomplete'> & { accountId: string })
  | Told<'progress' | 'done'>
  /** This account could not be searched, or not any further; the search goes on in the others. */
  | ({ type: 'missing' } & MissingAccount);

/** Where to look in an account; throws `notFound` where it has no such place. */
type ScopeOf = (mail: MailDriver) => Promise<Parameters<MailDriver['search']>[0]>;

type Step = { accountId: string } & ({ result: IteratorResult<SearchEvent> } | { error: unknown });

/**
 * Searches all of a person's accounts at the same time; yields as it is found in any of them, no faster than is read. Ending
 * the iteration ends it in all. Throws `notFound` where none of them has the place that is looked in.
 */
export async function* searchAccounts(
  signedIn: SignedIn,
  scopeOf: ScopeOf,
  signal: AbortSignal,
): AsyncGenerator<UnitedSearchEvent> {
  const searches = new Map(signedIn.accounts.map(({ id }) => [id, searchOne(signedIn, id, scopeOf, signal)]));
  const steps = new Map([...searches].map(([accountId, search]) => [accountId, stepOf(accountId, search)]));
  const progress = () => ({ type: 'progress' as const, done: searches.size - steps.size, total: searches.size });
  let total = 0;
  let hasLooked = false;
  let nowhere: MailError | null = null;
  try {
    yield progress();
    while (steps.size > 0) {
      const step = await Promise.race(steps.values());
      const { accountId } = step;
      const search = searches.get(accountId);
      const event = 'result' in step && step.result.done !== true ? step.result.value : null;
      if (event !== null && search !== undefined) {
        steps.set(accountId, stepOf(accountId, search));
        hasLooked = true;
        if (event.type === 'done') total += event.total;
        else if (event.type !== 'progress') yield { ...event, accountId };
        continue;
      }
      steps.delete(accountId);
      const failure = 'error' in step ? failureOf(step.error) : null;
      if (failure?.code === 'notFound') nowhere = failure;
      else if (failure !== null) yield { type: 'missing', ...missingBy(failure, signedIn, accountId) };
      yield progress();
    }
    if (nowhere !== null && !hasLooked) throw nowhere;
    yield { type: 'done', total };
  } finally {
    await Promise.allSettled([...searches.values()].map((search) => search.return(undefined)));
  }
}

/** Throws what is wrong with the question itself. */
function failureOf(thrown: unknown): MailError {
  const error = asMailError(thrown);
  if (error.code === 'invalid') throw error;
  return error;
}

async function* searchOne(
  signedIn: SignedIn,
  accountId: string,
  scopeOf: ScopeOf,
  signal: AbortSignal,
): AsyncGenerator<SearchEvent> {
  const mail = await mailFor(signedIn, accountId);
  yield* mail.search(await scopeOf(mail), { signal });
}

/** The next of one search, told with whose it is; it never fails, since nobody listens to those that are not waited for. */
const stepOf = (accountId: string, search: AsyncGenerator<SearchEvent>): Promise<Step> =>
  search.next().then(
    (result) => ({ accountId, result }),
    (error: unknown) => ({ accountId, error }),
  );
