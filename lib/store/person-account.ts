import { MailError } from '../mail/errors.ts';
import { type LabelColor, labelColors } from '../mail/model.ts';
import type { Store } from './database.ts';
import { lockAccount } from './lock-account.ts';
import type { PersonAccountTable } from './schema.ts';

interface Place {
  ownerId: string;
  accountId: string;
}

/** How one account is called and coloured, and where it stands among those that were added, from 0. */
export interface AccountLook {
  /** Empty: as its login. */
  name?: string | undefined;
  color?: LabelColor | null | undefined;
  position?: number | undefined;
}

/** As far apart as they can be, in the order in which they are given. */
const firstColors: readonly LabelColor[] = ['teal', 'orange', 'purple', 'green', 'pink', 'blue', ...labelColors];

/** The accounts that this one's person has named or added, in their order. */
export async function listPersonAccounts({ db }: Pick<Store, 'db'>, ownerId: string): Promise<PersonAccountTable[]> {
  return await db
    .selectFrom('person_account')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .orderBy('position')
    .orderBy('account_id')
    .execute();
}

/** Adds an account behind the others, in a colour that none of them has, or gives one that is there its new secret. Throws `tooLarge` beyond `most`. */
export async function keepPersonAccount(
  { db, dialect }: Store,
  { ownerId, accountId }: Place,
  sealedSecret: Buffer,
  most: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, ownerId);
    const before = await listPersonAccounts({ db: trx }, ownerId);
    const isNew = !before.some(({ account_id }) => account_id === accountId);
    if (isNew && before.length >= most)
      throw new MailError('tooLarge', 'too many accounts', { detail: `at most ${most}` });
    const position = (before.at(-1)?.position ?? 0) + 1;
    const color = firstColors.find((one) => !before.some((other) => other.color === one)) ?? null;
    await trx
      .insertInto('person_account')
      .values({ ...rowOf({ ownerId, accountId }), position, color, sealed_secret: sealedSecret })
      .onConflict((conflict) =>
        conflict.columns(['owner_id', 'account_id']).doUpdateSet({ sealed_secret: sealedSecret }),
      )
      .execute();
  });
}

/** Names, colours or moves an account. The one that signs in has a row only once it was named, and no secret in it. */
export async function changePersonAccount(
  { db, dialect }: Store,
  place: Place,
  { name, color, position }: AccountLook,
): Promise<void> {
  const look = { ...(name === undefined ? {} : { name }), ...(color === undefined ? {} : { color }) };
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, place.ownerId);
    await trx
      .insertInto('person_account')
      .values({ ...rowOf(place), ...look })
      .onConflict((conflict) =>
        conflict.columns(['owner_id', 'account_id']).doUpdateSet({ account_id: place.accountId, ...look }),
      )
      .execute();
    if (position === undefined) return;
    const others = (await listPersonAccounts({ db: trx }, place.ownerId)).filter(
      ({ account_id }) => account_id !== place.accountId && account_id !== place.ownerId,
    );
    const order = others.map(({ account_id }) => account_id);
    order.splice(position, 0, place.accountId);
    for (const [at, accountId] of order.entries()) {
      await trx
        .updateTable('person_account')
        .set({ position: at + 1 })
        .where('owner_id', '=', place.ownerId)
        .where('account_id', '=', accountId)
        .execute();
    }
  });
}

/**
 * Takes an account away from its person and from all of their sign-ins. Its mail, and what is kept of it, stays for whoever
 * signs in to it. Throws `conflict` while something of it waits to be sent.
 */
export async function removePersonAccount({ db }: Store, { ownerId, accountId }: Place): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const waiting = await trx
      .selectFrom('submission')
      .select('id')
      .where('account_id', '=', accountId)
      .where('state', '!=', 'filed')
      .limit(1)
      .executeTakeFirst();
    if (waiting !== undefined)
      throw new MailError('conflict', 'mail of this account waits to be sent', { detail: 'submissions' });
    await trx
      .deleteFrom('person_account')
      .where('owner_id', '=', ownerId)
      .where('account_id', '=', accountId)
      .execute();
    const own = trx.selectFrom('session').select('id').where('account_id', '=', ownerId);
    await trx
      .deleteFrom('session_account')
      .where('account_id', '=', accountId)
      .where('session_id', 'in', own)
      .execute();
  });
}

/** Whether somebody besides this person has the account: whoever signs in to it, or has added it too. */
export async function isUsedByOthers({ db }: Store, { ownerId, accountId }: Place): Promise<boolean> {
  const owner = db.selectFrom('person_account').select('owner_id').where('account_id', '=', accountId);
  const added = await owner.where('owner_id', '!=', ownerId).limit(1).executeTakeFirst();
  if (added !== undefined) return true;
  const session = db.selectFrom('session').select('id').where('account_id', '=', accountId);
  return (await session.limit(1).executeTakeFirst()) !== undefined;
}

const rowOf = ({ ownerId, accountId }: Place): PersonAccountTable => ({
  owner_id: ownerId,
  account_id: accountId,
  position: 0,
  name: '',
  color: null,
  sealed_secret: null,
});
