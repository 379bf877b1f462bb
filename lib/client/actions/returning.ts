/** By account and id: under which id a message comes back, once that is known; null where it is not told. */
const returning = new Map<string, Promise<string | null>>();

const mostKept = 20_000;
const nameOf = (accountId: string, id: string) => `${accountId} ${id}`;

/** What the messages are called that came back, by the ids that they had before they went. */
export type Names = ReadonlyMap<string, string>;

/** From here on, whoever asks for one of these messages waits until it is back, and asks for it by its new id. */
export function startReturning(accountId: string, ids: readonly string[], work: Promise<Names>): void {
  if (returning.size + ids.length > mostKept) returning.clear();
  for (const id of ids)
    returning.set(
      nameOf(accountId, id),
      work.then(
        (names) => names.get(id) ?? null,
        () => null,
      ),
    );
}

/** Whether a message is on its way back, or came back under another id. */
export const isReturning = (accountId: string, id: string): boolean => returning.has(nameOf(accountId, id));

/** The id by which a message is to be asked for now. */
export async function idNow(accountId: string, id: string): Promise<string> {
  const next = await returning.get(nameOf(accountId, id));
  return next == null || next === id ? id : await idNow(accountId, next);
}
