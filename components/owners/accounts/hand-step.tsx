import { useTranslations } from 'use-intl';
import { CheckField } from '@/components/ui/check-field';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import type { FoundServers } from '@/lib/contract/mail-servers';
import { displayText } from '@/lib/text/bidi';
import { type ServerDraft, usualPort } from './servers-draft';
import { StepHead } from './step-head';
import type { Adding } from './use-adding';

/** The servers as the person's provider tells them; never without TLS. */
export function HandStep({ adding }: { adding: Adding }) {
  const t = useTranslations('accounts');
  const { draft, setDraft, told, choice, address } = adding;
  const why = useWhy(choice === null ? (told?.failures ?? []) : []);
  if (draft === null) return null;
  const { protocol, incoming, sends, smtp } = draft;
  const domain = displayText(address.slice(address.lastIndexOf('@') + 1));
  return (
    <>
      <StepHead>{why === '' ? t('hand.text') : t('hand.nothing', { domain, why })}</StepHead>
      <Segmented
        label={t('protocol')}
        value={protocol}
        options={(['imap', 'pop3'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
        onChange={(wanted) => {
          const port = usualPort(incoming.port, wanted, incoming.security);
          setDraft({ ...draft, protocol: wanted, incoming: { ...incoming, port } });
        }}
        className="flex w-full"
      />
      <ServerFields
        name={t(protocol === 'imap' ? 'readImap' : 'readPop3')}
        protocol={protocol}
        server={incoming}
        onChange={(server) => setDraft({ ...draft, incoming: server })}
      />
      <CheckField isOn={sends} onChange={(wanted) => setDraft({ ...draft, sends: wanted })}>
        {t('hand.sends')}
      </CheckField>
      {sends && (
        <ServerFields
          name={t('sending')}
          protocol="smtp"
          server={smtp}
          onChange={(server) => setDraft({ ...draft, smtp: server })}
        />
      )}
      <TextField
        label={t('login')}
        hint={t('hand.loginHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        maxLength={1_024}
        value={draft.username}
        onChange={(event) => setDraft({ ...draft, username: event.target.value })}
      />
      <p className="text-ink-muted text-meta">{t('sentThere')}</p>
    </>
  );
}

interface ServerFieldsProps {
  name: string;
  protocol: 'imap' | 'pop3' | 'smtp';
  server: ServerDraft;
  onChange: (server: ServerDraft) => void;
}

function ServerFields({ name, protocol, server, onChange }: ServerFieldsProps) {
  const t = useTranslations('accounts.hand');
  const { host, port, security } = server;
  return (
    <fieldset className="min-w-0 space-y-2.5">
      <legend className="sr-only">{name}</legend>
      <div className="flex gap-2.5">
        <TextField
          className="min-w-0 flex-1"
          label={t('host', { name })}
          placeholder="mail.example.org"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          maxLength={253}
          value={host}
          onChange={(event) => onChange({ ...server, host: event.target.value })}
        />
        <TextField
          className="w-20"
          label={t('port')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          value={port}
          onChange={(event) => onChange({ ...server, port: event.target.value })}
        />
      </div>
      <Segmented
        label={t('security', { name })}
        value={security}
        options={[
          { value: 'tls', label: 'TLS' },
          { value: 'starttls', label: 'STARTTLS' },
        ]}
        onChange={(wanted) => onChange({ ...server, security: wanted, port: usualPort(port, protocol, wanted) })}
        className="flex w-full"
      />
    </fieldset>
  );
}

const known = ['notFound', 'timeout', 'unreachable', 'unsupported'] as const;

/** Of each source the reason that says the most. */
function useWhy(failures: FoundServers['failures']): string {
  const t = useTranslations('accounts.hand');
  return (['srv', 'autoconfig', 'directory'] as const)
    .flatMap((source) => {
      const codes = failures.filter((failure) => failure.source === source).map(({ code }) => code);
      const code = codes.find((one) => one !== 'notFound') ?? codes[0];
      if (code === undefined) return [];
      const word = known.find((one) => one === code) ?? 'other';
      return [t('why', { source: t(`sources.${source}`), reason: t(`reasons.${word}`) })];
    })
    .join('; ');
}
