import { changeAccount, removeAccount } from '@/lib/api/accounts';
import { route } from '@/lib/api/route';

export const PATCH = route('updateAccount', ({ signedIn, params, body }) =>
  changeAccount(signedIn, params.accountId, body),
);

export const DELETE = route('removeAccount', ({ signedIn, params }) => removeAccount(signedIn, params.accountId));
