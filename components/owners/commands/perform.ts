import type { Subject } from '@/lib/client/actions/environment';
import { asApiError } from '@/lib/client/api-error';
import type { MailApp } from '@/lib/client/app/mail-app';
import type { FilingPlace } from './file-messages';
import { conversationsOf, resolveSubjects } from './subject';

/** What is done in one account; `all` is what it is about in the others too. */
export type Work = (place: FilingPlace, subject: Subject, all: readonly Subject[]) => void | Promise<void>;

/** Makes a command of work: on given ids, else on what is chosen or open, in each account that these are of. */
export type Perform = (work: Work, meant?: typeof conversationsOf) => (ids?: readonly string[]) => void;

type PlaceOf = (accountId: string) => FilingPlace;

export function createPerform(app: MailApp, placeOf: PlaceOf): Perform {
  const perform = async (work: Work, parts: { place: FilingPlace; subject: Subject }[]) => {
    const all = parts.map(({ subject }) => subject);
    for (const { place, subject } of parts) await work(place, subject, all);
  };
  return (work, meant = conversationsOf) =>
    (ids) => {
      const known = async () => {
        const subjects = ids === undefined ? await resolveSubjects(app) : meant(app, ids);
        const parts = subjects.filter(({ subject }) => subject.ids.length > 0);
        const places = await placesOf(
          app,
          placeOf,
          parts.map(({ accountId }) => accountId),
        );
        return parts.flatMap(({ subject }, at) => {
          const place = places[at];
          return place === undefined ? [] : { place, subject };
        });
      };
      known()
        .then((parts) => perform(work, parts))
        .catch((thrown: unknown) => refuse(app, thrown));
    };
}

/** Tells that what was asked for could not even be begun. */
export const refuse = (app: MailApp, thrown: unknown): void =>
  app.report.set({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });

/** What is done in several accounts at once is told once. */
export async function placesOf(app: MailApp, placeOf: PlaceOf, accountIds: readonly string[]): Promise<FilingPlace[]> {
  const places = accountIds.map(placeOf);
  if (places.length < 2) return places;
  const report = (await import('./join-reports')).joinReports(app.report.set);
  return places.map((one) => ({ ...one, env: { ...one.env, report } }));
}
