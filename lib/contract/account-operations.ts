import { z } from 'zod';
import { accountChange, credentials } from './accounts.ts';
import { account, session, settings } from './answers.ts';
import { chosenServers, foundServers, serverQuestion } from './mail-servers.ts';
import { accountPath, id, operation } from './operation.ts';
import { remoteImageRule, ruleName } from './remote-images.ts';

/** `accountId`: one that is there gets this password. `servers`: chosen by the person; without, those of the admin's list. */
const newAccount = credentials.extend({ accountId: id.optional(), servers: chosenServers.optional() }).strict();

/** Who is signed in and where, their accounts, and what they chose. */
export const accountOperations = {
  getSession: operation({
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in, with which accounts',
    response: session,
  }),
  listSessions: operation({
    method: 'get',
    path: '/api/sessions',
    summary: 'Where this person is signed in',
    response: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          isCurrent: z.boolean(),
          createdAt: z.iso.datetime(),
          lastSeenAt: z.iso.datetime(),
          userAgent: z.string(),
        }),
      ),
    }),
  }),
  endSession: operation({
    method: 'delete',
    path: '/api/sessions/{sessionId}',
    summary: 'End one sign-in',
    params: z.object({ sessionId: id }),
  }),
  addAccount: operation({
    method: 'post',
    path: '/api/accounts',
    summary: 'Add an account, once its mail server has accepted the login; or give one that is there its new password',
    body: newAccount,
    response: account,
    keepsNoKey: true,
  }),
  findServers: operation({
    method: 'post',
    path: '/api/mail-servers',
    summary: 'Where the mail of an address is: by the list, or, asked outside, by SRV records and autoconfig',
    body: serverQuestion,
    response: foundServers,
    keepsNoKey: true,
  }),
  updateAccount: operation({
    method: 'patch',
    path: '/api/accounts/{accountId}',
    summary: 'Name, colour or move an account',
    params: accountPath,
    body: accountChange,
    isWithoutMail: true,
  }),
  removeAccount: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}',
    summary: 'Take an added account away; its mail stays where it is',
    params: accountPath,
    isWithoutMail: true,
  }),
  getSettings: operation({
    method: 'get',
    path: '/api/settings',
    summary: 'The settings of the signed-in person',
    response: settings,
  }),
  updateSettings: operation({
    method: 'patch',
    path: '/api/settings',
    summary: 'Change some settings',
    body: settings.partial().strict(),
    response: settings,
  }),
  listRemoteImageRules: operation({
    method: 'get',
    path: '/api/remote-image-rules',
    summary: 'Whose pictures the person wants shown, or not asked about',
    response: z.object({ rules: z.array(remoteImageRule) }),
  }),
  emptyRemoteImageRules: operation({
    method: 'delete',
    path: '/api/remote-image-rules',
    summary: 'Forget all of them',
  }),
  setRemoteImageRule: operation({
    method: 'put',
    path: '/api/remote-image-rules/{kind}/{name}',
    summary: 'Always show the pictures of a sender or a domain, or never ask about them',
    params: ruleName,
    body: remoteImageRule.pick({ choice: true }).strict(),
  }),
  removeRemoteImageRule: operation({
    method: 'delete',
    path: '/api/remote-image-rules/{kind}/{name}',
    summary: 'Forget the choice about a sender or a domain',
    params: ruleName,
  }),
};
