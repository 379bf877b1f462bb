import { createHash } from 'node:crypto';
import { asMailError, MailError } from '../../mail/errors.ts';
import type { MissingAccount } from '../../mail/model.ts';
import { ofAccount } from '../accounts/refused-password.ts';
import type { SignedIn } from '../session.ts';
import { findPlace } from './find-place.ts';
import { missingBy } from './missing.ts';
import { placesOf } from './places.ts';
import { createSource, type InboxesView, type Source } from './source.ts';
import { type UnitedRow, type Walked, walk } from './walk.ts';

export interface InboxesRequest extends InboxesView {
  position: number;
  limit: number;
}

/** A window of all Inboxes together. `total` is of those that answered; `state` changes whenever the list may have. */
export interface InboxesPage {
  position: number;
  total: number;
  state: string;
  items: UnitedRow[];
  isPartial?: boolean;
  missing: MissingAccount[];
}

/**
 * A window of the Inboxes of all of a person's accounts, newest first. An account that fails or is slow is left out and named
 * in `missing`. Throws what the first account fails by where none answers, and `unauthenticated` where the sign-in has ended.
 */
export async function listInboxes(
  signedIn: SignedIn,
  request: InboxesRequest,
  signal?: AbortSignal,
): Promise<InboxesPage> {
  const missing: MissingAccount[] = [];
  let sources = signedIn.accounts.map(({ id }) => createSource(signedIn, id, request, signal));
  for (;;) {
    try {
      return pageOf(request, sources, missing, await read(signedIn.sessionId, sources, request));
    } catch (error) {
      const failed = sources.filter(({ failure }) => failure !== null);
      if (failed.length === 0 || signal?.aborted) throw error;
      const [first] = sources;
      for (const { accountId, failure } of failed) missing.push(missingBy(failure, signedIn, accountId));
      sources = sources.filter(({ failure }) => failure === null);
      if (sources.length === 0) throw asMailError(ofAccount(first?.failure, signedIn, first?.accountId));
    }
  }
}

async function read(sessionId: string, sources: readonly Source[], request: InboxesRequest): Promise<Walked> {
  const { position, isAscending, filter, collapse } = request;
  const view = [sources.map(({ accountId }) => accountId), isAscending, filter, collapse];
  const places = placesOf(sessionId, view, sources.length);
  const near = places.before(position);
  const known = near === null ? null : await walk(sources, near, request);
  const walked = known ?? (await walk(sources, await findPlace(sources, position, isAscending), request));
  // From a place that was just found nothing can have shifted.
  if (walked === null) throw new MailError('internal', 'a place without anchors has shifted');
  places.keep(walked.places);
  return walked;
}

function pageOf(
  { position }: InboxesRequest,
  sources: readonly Source[],
  missing: readonly MissingAccount[],
  { items, total, states, problems, isPartial }: Walked,
): InboxesPage {
  const kept = sources.flatMap(({ accountId }, at): MissingAccount[] => {
    const code = problems[at] ?? null;
    return code === null ? [] : [{ accountId, code, isKept: true }];
  });
  const left = [...missing, ...kept];
  const told = JSON.stringify([sources.map(({ accountId }) => accountId), states, left]);
  const state = createHash('sha256').update(told).digest('base64url').slice(0, 22);
  return { position, total, state, items, ...(isPartial ? { isPartial } : {}), missing: left };
}
