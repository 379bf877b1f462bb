import type { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import type { MailApp } from '@/lib/client/app/mail-app';
import { outcomeOf, type Submission } from '@/lib/client/compose/send';
import type { Written } from '@/lib/client/compose/written';
import { queryKeys } from '@/lib/client/query-keys';
import { sentences } from '@/lib/contract/sentences';
import { displayText } from '@/lib/text/bidi';
import type { MakeFolder } from './use-make-folder';
import { whyOf } from './why';

/** The person's wish to take a message back: aborted where it was, and the last attempt at it. */
export interface TakingBack {
  stop: AbortController;
  attempt: Promise<unknown>;
}

interface Following {
  app: MailApp;
  t: ReturnType<typeof useTranslations<'compose'>>;
  written: Written;
  submission: Submission;
  reopen: (written: Written) => void;
  folder: MakeFolder;
  taking: TakingBack;
}

/** Tells what became of a message where that is not what its writer expects, with what can be done. */
export function followSubmission(following: Following): void {
  const { written, submission, app, taking } = following;
  // The change may be that it is taken back just now: what is gone then is not to be asked for.
  const changed = async (mostMs: number) => {
    await changeOf(app, written.accountId, mostMs);
    await taking.attempt;
  };
  void outcomeOf(written.accountId, submission, { signal: taking.stop.signal, changed }).then((outcome) => {
    for (const list of app.listsOf(written.accountId).all()) list.refresh();
    void app.queries.invalidateQueries({ queryKey: queryKeys.submissions(written.accountId) });
    if (outcome !== null) tell(following, outcome);
  });
}

/** Resolves when the list of what is sent was read anew, as it is at every change that the server tells; else after a while. */
function changeOf({ queries }: MailApp, accountId: string, mostMs: number): Promise<void> {
  const [topic, account] = queryKeys.submissions(accountId);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      leave();
      resolve();
    };
    const timer = setTimeout(done, mostMs);
    const leave = queries.getQueryCache().subscribe(({ type, query }) => {
      if (
        type === 'updated' &&
        query.queryKey[0] === topic &&
        query.queryKey[1] === account &&
        query.state.fetchStatus === 'idle'
      )
        done();
    });
  });
}

function tell(following: Following, outcome: Submission): void {
  const { t, written, reopen } = following;
  const subject = displayText(outcome.subject) || '…';
  const stays = { tone: 'problem' as const, durationMs: null, key: `sent ${outcome.id}` };
  if (outcome.state === 'refused') {
    const edit = async () => {
      await drop(written.accountId, outcome.id);
      reopen(written);
    };
    const detail = [whyOf(outcome, t), outcome.serverText ?? ''].join(' ').trim();
    const action = { label: t('edit'), onPress: () => void edit().catch(notDone(following, outcome)) };
    toast({ ...stays, text: t('refused', { subject }), detail, action });
  } else if (outcome.state === 'unknown') {
    const action = { label: t('decide'), onPress: () => void decide(following, outcome, subject) };
    toast({ ...stays, text: t('unknown', { subject }), action });
  } else if (outcome.state === 'accepted') {
    const isWithout = outcome.problem === 'notFound';
    const fileAgain = async () => {
      if (isWithout && !(await following.folder.make(written.accountId, 'sent'))) return;
      await again(following, outcome, 'again');
    };
    const action = { label: t(isWithout ? 'makeSent' : 'fileAgain'), onPress: () => void fileAgain() };
    toast({ ...stays, text: t('notFiled'), detail: whyOf(outcome, t), action });
  }
  if (outcome.refused.length > 0 && outcome.state !== 'refused') {
    const people = outcome.refused.map(({ email }) => email).join(', ');
    const detail = outcome.refused.map(({ serverText }) => serverText).join(' ');
    toast({ ...stays, key: `refused ${outcome.id}`, text: t('refusedSome', { people }), detail });
  }
}

/** Sent again only by the person's word; else it counts as sent, and its copy is made. */
async function decide(following: Following, outcome: Submission, subject: string): Promise<void> {
  const { t } = following;
  const sendsAgain = await ask({
    title: t('unknownTitle', { subject }),
    text: t('unknownText'),
    confirm: t('sendAgain'),
  });
  if (sendsAgain) await again(following, outcome, 'again');
  else {
    const action = { label: t('wasSent'), onPress: () => void again(following, outcome, 'sent') };
    toast({ tone: 'problem', durationMs: null, key: `sent ${outcome.id}`, text: t('unknown', { subject }), action });
  }
}

async function again(following: Following, { id }: Submission, decision: 'again' | 'sent'): Promise<void> {
  const { accountId } = following.written;
  try {
    const submission = await call('decideSubmission', { params: { accountId, submissionId: id }, body: { decision } });
    followSubmission({ ...following, submission });
  } catch (thrown) {
    notDone(following, { id })(thrown);
  }
}

const notDone =
  ({ t }: Following, { id }: Pick<Submission, 'id'>) =>
  (thrown: unknown) => {
    const { code } = asApiError(thrown);
    toast({ tone: 'problem', text: code === 'offline' ? t('offline') : sentences[code].title, key: `sent ${id}` });
  };

/** Takes a refused one out of what waits, so that it can be written on. It may have gone from there already. */
async function drop(accountId: string, submissionId: string): Promise<void> {
  await call('cancelSubmission', { params: { accountId, submissionId } }).catch((thrown: unknown) => {
    if (asApiError(thrown).code !== 'notFound') throw thrown;
  });
}
