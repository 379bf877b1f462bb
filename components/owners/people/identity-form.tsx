'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { CheckField } from '@/components/ui/check-field';
import { TextField } from '@/components/ui/text-field';
import { asApiError } from '@/lib/client/api-error';
import { callPeople } from '@/lib/client/people/call';
import { isAddress } from '@/lib/client/people/is-address';
import type { Identity } from '@/lib/contract/identities';
import type { Formatted } from './formatted-field';
import { KeepForm } from './keep-form';

const FormattedField = dynamic(() => import('./formatted-field').then((module) => module.FormattedField), {
  ssr: false,
  loading: () => <div className="h-44" />,
});

interface IdentityFormProps {
  accountId: string;
  /** Null: a new one. One without an id is kept as a new one, too. */
  identity: Identity | null;
  /** Whose name and address a new one begins with. */
  suggested: Identity | undefined;
  onClose: () => void;
  onKept: () => void;
}

/** An identity as it is written: what others see, where answers go, and what stands below. */
export function IdentityForm({ accountId, identity, suggested, onClose, onKept }: IdentityFormProps) {
  const t = useTranslations('people.identities');
  const words = useTranslations('people');
  const [name, setName] = useState(identity?.name ?? suggested?.name ?? '');
  const [email, setEmail] = useState(identity?.email ?? suggested?.email ?? '');
  const [replyTo, setReplyTo] = useState(identity?.replyTo ?? '');
  const [bccsSelf, setBccsSelf] = useState(identity?.bccsSelf ?? false);
  const [signature, setSignature] = useState<Formatted>({
    text: identity?.textSignature ?? '',
    html: identity?.htmlSignature ?? null,
  });
  const [isDefault, setDefault] = useState(identity?.isDefault ?? false);
  const [isForbidden, setForbidden] = useState(false);
  const isReplyToGood = replyTo.trim() === '' || isAddress(replyTo);
  const keep = async () => {
    const fields = {
      name: name.trim(),
      email: email.trim(),
      replyTo: replyTo.trim() === '' ? null : replyTo.trim(),
      bccsSelf,
      textSignature: signature.text,
      htmlSignature: signature.html,
    };
    const id = identity?.id ?? null;
    if (id === null) await callPeople('createIdentity', { body: { ...fields, accountId, isDefault } });
    else {
      const body = { ...fields, ...(isDefault ? { isDefault: true as const } : {}) };
      await callPeople('updateIdentity', { params: { identityId: id }, body });
    }
    onKept();
  };
  const isToldHere = (thrown: unknown) => {
    const isOurs = asApiError(thrown).code === 'forbidden';
    if (isOurs) setForbidden(true);
    return isOurs;
  };
  return (
    <KeepForm
      title={identity === null ? t('new') : t('change')}
      className="max-w-[min(36rem,calc(100vw-2rem))]"
      isGood={isAddress(email) && isReplyToGood}
      keep={keep}
      isToldHere={isToldHere}
      onClose={onClose}
    >
      {(hasTried) => (
        <>
          <TextField
            label={t('name')}
            data-autofocus=""
            maxLength={300}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t('email')}
            type="email"
            maxLength={320}
            value={email}
            error={isForbidden ? t('notAllowed') : hasTried && !isAddress(email) ? words('badAddress') : undefined}
            onChange={(event) => {
              setForbidden(false);
              setEmail(event.target.value);
            }}
          />
          <FormattedField
            label={t('signature')}
            hint={t('signatureHint')}
            initial={signature}
            onChange={setSignature}
          />
          <TextField
            label={t('replyTo')}
            hint={t('replyToHint')}
            error={hasTried && !isReplyToGood ? words('badAddress') : undefined}
            type="email"
            maxLength={320}
            value={replyTo}
            onChange={(event) => setReplyTo(event.target.value)}
          />
          <div>
            <CheckField isOn={bccsSelf} onChange={setBccsSelf}>
              {t('bccsSelf')}
            </CheckField>
            {identity?.isDefault !== true && (
              <CheckField isOn={isDefault} onChange={setDefault}>
                {t('makeDefault')}
              </CheckField>
            )}
          </div>
        </>
      )}
    </KeepForm>
  );
}
