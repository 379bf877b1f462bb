import { useState } from 'react';
import { addAccount, findServers } from '@/lib/client/accounts/call';
import { type ApiError, asApiError } from '@/lib/client/api-error';
import type { FoundServers, ServerChoice } from '@/lib/contract/mail-servers';
import type { Account } from '@/lib/contract/operations';
import { emptyDraft, type ServersDraft, serversOf } from './servers-draft';

type Protocol = 'imap' | 'pop3';
export interface Login {
  username: string;
  password: string;
  protocol: Protocol;
}

/** `where`: who would be asked is told. `found`: what was found is shown. `hand`: the servers are written. */
export type Step = 'login' | 'where' | 'found' | 'hand';

/** The way of adding an account, from its login to the servers that are asked; nothing of it is sent before a press says so. */
export function useAdding(account: Account | null, onAdded: (added: Account) => Promise<void>) {
  const [step, setStep] = useState<Step>('login');
  const [login, setLogin] = useState<Login>({
    username: account?.username ?? '',
    password: '',
    protocol: account?.protocol ?? 'imap',
  });
  const [told, setTold] = useState<FoundServers | null>(null);
  const [choice, setChoice] = useState<ServerChoice | null>(null);
  const [draft, setDraft] = useState<ServersDraft | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);

  const address = login.username.trim();
  const perform = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await work().catch((thrown: unknown) => setProblem(asApiError(thrown)));
    setBusy(false);
  };
  const go = (next: Step) => {
    setProblem(null);
    setStep(next);
  };
  const byHand = (from: ServerChoice | null) => {
    setDraft(emptyDraft(address, login.protocol, from));
    go('hand');
  };
  const add = async (more: Partial<Parameters<typeof addAccount>[0]> = {}) =>
    await onAdded(await addAccount({ ...login, ...more }));

  return {
    ...{ step, login, told, choice, draft, problem, isBusy, address },
    setLogin(change: Partial<Login>) {
      setLogin({ ...login, ...change });
      if (change.username !== undefined) setChoice(null);
    },
    setDraft,
    setChoice,
    back: () => go(step === 'hand' && choice !== null ? 'found' : 'login'),
    byHand: () => byHand(choice),
    /** By the admin's list; where that does not name the domain, the person is told who may be asked instead. */
    begin: () =>
      perform(async () => {
        if (account !== null) return await add({ accountId: account.id });
        if (choice !== null) return go('found');
        const known = await findServers({ address, asksOutside: false });
        if (!known.mayChoose || known.listed?.isForAny === false) return await add();
        setTold(known);
        if (known.sources.length > 0 || known.listed !== null) go('where');
        else byHand(null);
      }),
    addListed: () => perform(add),
    look: () =>
      perform(async () => {
        const found = await findServers({ address, asksOutside: true });
        setTold(found);
        const first = found.choices.find(({ protocol }) => protocol === login.protocol) ?? found.choices[0] ?? null;
        setChoice(first);
        if (first === null) byHand(null);
        else go('found');
      }),
    addChosen: () =>
      perform(async () => {
        if (choice === null) return;
        const { protocol, username, incoming, smtp } = choice;
        const named = username === address ? {} : { address };
        await add({ username, protocol, servers: { incoming, smtp, ...named } });
      }),
    addWritten: () =>
      perform(async () => {
        if (draft === null) return;
        const username = draft.username.trim();
        const named = username === address || !address.includes('@') ? {} : { address };
        await add({ username, protocol: draft.protocol, servers: { ...serversOf(draft), ...named } });
      }),
  };
}

export type Adding = ReturnType<typeof useAdding>;
