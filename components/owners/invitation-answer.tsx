'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { useMailboxes, useSession } from '@/lib/client/app/hooks';
import { type Answer, standingAmong } from '@/lib/client/invitation/standing';
import { displayText } from '@/lib/text/bidi';
import { type Asked, type Invited, useSaying } from './say-to-invitation';

const answers = ['accepted', 'tentative', 'declined'] as const satisfies readonly Answer[];

/** Says yes, maybe or no to who invites, from the address that is invited; and what was said, or why nothing can be. */
export function InvitationAnswer(props: Asked) {
  const { accountId, message, invitation, identities } = props;
  const t = useTranslations('asks');
  const { accounts } = useSession();
  const mailbox = useMailboxes(accountId).mailboxes?.find(({ id }) => id === message.mailboxId);
  const account = accounts.find(({ id }) => id === accountId);
  const others = accounts.filter(({ id, sending }) => id !== accountId && sending !== null);
  if (account === undefined) return null;
  const writerOf = ({ id, username }: typeof account) => ({
    accountId: id,
    emails: [username, ...identities.filter((one) => one.accountId === id).map(({ email }) => email)],
  });
  const { standing, ...writer } = standingAmong(invitation, [writerOf(account), ...others.map(writerOf)]);
  const isOut = mailbox === undefined || ['sent', 'drafts', 'junk'].includes(mailbox.role ?? '');
  if (standing === null || isOut || account.sending === null) return null;
  if (standing.kind !== 'invited')
    return <p className="mt-3 text-ink-muted text-list">{t(`standing.${standing.kind}`)}</p>;
  return <Choice {...props} standing={standing} writerId={writer.accountId} />;
}

function Choice({ standing, writerId, ...props }: Asked & { standing: Invited; writerId: string }) {
  const t = useTranslations('asks');
  const { doing, say } = useSaying(props, standing, writerId);
  const { keywords, from } = props.message;
  const marked = answers.find((one) => keywords.includes(`$invitation-${one}`));
  const said = marked ?? answers.find((one) => one === standing.attendee.participation);
  const { email } = standing.organizer;
  const isSender = from.some((one) => one.email.toLowerCase() === email.toLowerCase());
  return (
    <fieldset className="mt-3 text-list">
      <legend className="sr-only">{t('answer')}</legend>
      {said !== undefined && <p className="mb-2 text-ink-2">{t(`said.${said}`)}</p>}
      <div className="flex flex-wrap gap-2">
        {answers.map((one) => (
          <Button
            key={one}
            size="small"
            aria-pressed={one === said}
            isBusy={doing === one}
            disabled={doing !== null}
            className={one === said ? 'border-accent! text-accent!' : ''}
            onClick={() => void say(one)}
          >
            {one === said && <Check size={14} aria-hidden="true" className="-ms-0.5" />}
            {t(`answers.${one}`)}
          </Button>
        ))}
      </div>
      {!isSender && (
        <p className="mt-2 text-ink-muted [overflow-wrap:anywhere]">
          {t('answerElsewhere', { email: displayText(email) })}
        </p>
      )}
    </fieldset>
  );
}
