'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CheckField } from '@/components/ui/check-field';
import { Dialog } from '@/components/ui/dialog';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { asApiError } from '@/lib/client/api-error';
import { callPeople } from '@/lib/client/people/call';
import { isAddress } from '@/lib/client/people/is-address';
import type { Identity } from '@/lib/contract/identities';
import { useNotKept } from './not-kept';

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
  const notKept = useNotKept();
  const [name, setName] = useState(identity?.name ?? suggested?.name ?? '');
  const [email, setEmail] = useState(identity?.email ?? suggested?.email ?? '');
  const [replyTo, setReplyTo] = useState(identity?.replyTo ?? '');
  const [bccsSelf, setBccsSelf] = useState(identity?.bccsSelf ?? false);
  const [signature, setSignature] = useState(identity?.textSignature ?? '');
  const [isDefault, setDefault] = useState(identity?.isDefault ?? false);
  const [isBusy, setBusy] = useState(false);
  const [hasTried, setTried] = useState(false);
  const [isForbidden, setForbidden] = useState(false);
  const isGood = isAddress(email) && (replyTo.trim() === '' || isAddress(replyTo));
  const keep = async () => {
    const isSame = signature === identity?.textSignature;
    const fields = {
      name: name.trim(),
      email: email.trim(),
      replyTo: replyTo.trim() === '' ? null : replyTo.trim(),
      bccsSelf,
      textSignature: signature,
      // What was written anew as text is shown as this text.
      htmlSignature: isSame ? (identity?.htmlSignature ?? null) : null,
    };
    const id = identity?.id ?? null;
    if (id === null) await callPeople('createIdentity', { body: { ...fields, accountId, isDefault } });
    else {
      const body = { ...fields, ...(isDefault ? { isDefault: true as const } : {}) };
      await callPeople('updateIdentity', { params: { identityId: id }, body });
    }
    onKept();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isGood) return;
    setBusy(true);
    keep()
      .catch((thrown: unknown) => {
        if (asApiError(thrown).code === 'forbidden') setForbidden(true);
        else notKept(thrown);
      })
      .finally(() => setBusy(false));
  };
  const emailError = isForbidden ? t('notAllowed') : hasTried && !isAddress(email) ? words('badAddress') : undefined;
  const isReplyToBad = hasTried && replyTo.trim() !== '' && !isAddress(replyTo);
  return (
    <Dialog isOpen onClose={onClose} title={identity === null ? t('new') : t('change')}>
      <form onSubmit={submit} noValidate className="space-y-4 px-5 pt-2 pb-5">
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
          error={emailError}
          onChange={(event) => {
            setForbidden(false);
            setEmail(event.target.value);
          }}
        />
        <TextArea
          label={t('signature')}
          hint={t('signatureHint')}
          maxLength={20_000}
          value={signature}
          onChange={(event) => setSignature(event.target.value)}
        />
        <TextField
          label={t('replyTo')}
          hint={t('replyToHint')}
          error={isReplyToBad ? words('badAddress') : undefined}
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
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {words('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
