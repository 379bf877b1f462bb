import { randomBytes } from 'node:crypto';
import { type Identity, type IdentityChange, identityLimits, type NewIdentity } from '../../contract/identities.ts';
import { MailError } from '../../mail/errors.ts';
import { usedName } from '../../store/address-use.ts';
import * as rows from '../../store/identity.ts';
import type { IdentityTable } from '../../store/people-tables.ts';
import { addressOf } from '../own-address.ts';
import { requireOwnAddress } from '../sending/from-rule.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';

type Account = SignedIn['accounts'][number];

/** Who the person writes as, account by account; an account without any has one that stands for its login. */
export async function listIdentities(signedIn: SignedIn): Promise<Identity[]> {
  const accountIds = signedIn.accounts.map(({ id }) => id);
  const kept = await rows.listIdentities(await store(), accountIds);
  const lists = await Promise.all(
    signedIn.accounts.map(async (account) => {
      const own = kept.filter(({ account_id }) => account_id === account.id).map(translate);
      return own.length > 0 ? own : [await ofLogin(signedIn, account)];
    }),
  );
  return lists.flat();
}

/** Throws `notFound` for an account of others, `forbidden` for an address that may not be sent from. */
export async function createIdentity(signedIn: SignedIn, wanted: NewIdentity): Promise<Identity> {
  const account = signedIn.accounts.find(({ id }) => id === wanted.accountId);
  if (account === undefined) throw new MailError('notFound', 'not an account of this session', { detail: 'accountId' });
  requireOwnAddress(wanted.email, account);
  const { accountId, ...fields } = wanted;
  const row = { id: randomBytes(12).toString('base64url'), account_id: accountId, ...fieldsOf(fields) };
  return translate(await rows.insertIdentity(await store(), row, identityLimits.perAccount));
}

/** Throws `notFound`, `forbidden` for an address that may not be sent from. */
export async function updateIdentity(signedIn: SignedIn, id: string, change: IdentityChange): Promise<Identity> {
  const accountIds = signedIn.accounts.map((account) => account.id);
  const opened = await store();
  if (change.email !== undefined) {
    const row = (await rows.listIdentities(opened, accountIds)).find((one) => one.id === id);
    const account = signedIn.accounts.find((one) => one.id === row?.account_id);
    if (account === undefined) throw new MailError('notFound', 'no such identity of this person');
    requireOwnAddress(change.email, account);
  }
  const { position, ...fields } = change;
  const place = position === undefined ? {} : { position };
  return translate(await rows.changeIdentity(opened, { id, accountIds }, { ...changedFields(fields), ...place }));
}

/** Throws `notFound`. */
export async function deleteIdentity(signedIn: SignedIn, id: string): Promise<void> {
  const accountIds = signedIn.accounts.map((account) => account.id);
  await rows.deleteIdentity(await store(), id, accountIds);
}

/** What nobody has changed yet: the login's address, and the name that was used with it last. */
async function ofLogin(signedIn: SignedIn, account: Account): Promise<Identity> {
  const { id, username, host } = account;
  const email = addressOf(account) ?? `${username}@${host.replace(/^(?:imap|mail|pop3?)\./, '')}`;
  const name = (await usedName(await store(), firstAccountId(signedIn), email)) ?? nameOf(email);
  return {
    id: null,
    accountId: id,
    name,
    email,
    replyTo: null,
    bccsSelf: false,
    textSignature: '',
    htmlSignature: null,
    isDefault: true,
  };
}

/** `ada.lovelace@…` reads as Ada Lovelace. */
const nameOf = (email: string): string =>
  email
    .slice(0, email.lastIndexOf('@'))
    .replace(/\+.*$/, '')
    .split(/[._-]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
    .trim();

const fieldsOf = (identity: Omit<NewIdentity, 'accountId'>): Omit<IdentityTable, 'id' | 'account_id' | 'position'> => ({
  name: identity.name,
  email: identity.email,
  reply_to: identity.replyTo,
  bccs_self: identity.bccsSelf ? 1 : 0,
  text_signature: identity.textSignature,
  html_signature: identity.htmlSignature,
  is_default: identity.isDefault ? 1 : 0,
});

function changedFields(change: Omit<IdentityChange, 'position'>): Partial<ReturnType<typeof fieldsOf>> {
  const { name, email, replyTo, bccsSelf, textSignature, htmlSignature, isDefault } = change;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(bccsSelf === undefined ? {} : { bccs_self: bccsSelf ? 1 : 0 }),
    ...(textSignature === undefined ? {} : { text_signature: textSignature }),
    ...(htmlSignature === undefined ? {} : { html_signature: htmlSignature }),
    ...(isDefault === undefined ? {} : { is_default: 1 }),
  };
}

const translate = (row: IdentityTable): Identity => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  email: row.email,
  replyTo: row.reply_to,
  bccsSelf: row.bccs_self === 1,
  textSignature: row.text_signature,
  htmlSignature: row.html_signature,
  isDefault: row.is_default === 1,
});
