'use client';

import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { LabelDot } from '@/components/ui/label-dot';
import { useMenuButton } from '@/components/ui/menu';
import type { Account } from '@/lib/contract/operations';
import { labelColors } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { useNameInPlace } from '../name-in-place';

interface AccountLookProps {
  account: Account;
  onChange: (look: { name?: string; color?: Account['color'] }) => void;
}

/** An account by its colour and name, both to be changed in place. */
export function AccountLook({ account, onChange }: AccountLookProps) {
  const t = useTranslations('accounts');
  const { username, name, color, protocol, host, problem } = account;
  const shown = displayText(name === '' ? username : name);
  const menu = useMenuButton(t('colorOf', { name: shown }), () =>
    [null, ...labelColors].map((one) => ({
      label: one === null ? t('noColor') : t(`colors.${one}`),
      icon: <LabelDot color={one} size={16} />,
      isChecked: one === color,
      onSelect: () => onChange({ color: one }),
    })),
  );
  const { field } = useNameInPlace({ name, mayBe: () => true, onName: (wanted) => onChange({ name: wanted }) });
  return (
    <>
      <IconButton {...menu} size="small" icon={<LabelDot color={color} />} />
      <div className="min-w-0 flex-1">
        <input
          aria-label={t('nameOf', { name: displayText(username) })}
          {...field}
          placeholder={displayText(username)}
          maxLength={60}
          className="h-7 w-full rounded-inner border border-transparent bg-transparent px-1.5 font-medium text-list text-ellipsis outline-offset-[-1px] placeholder:text-ink hover:border-line touch:h-9 touch:text-title"
        />
        <p className="truncate px-1.5 text-ink-muted text-meta">
          {problem === 'passwordRefused' ? (
            <span className="text-danger">{t('needsPassword')}</span>
          ) : (
            <bdi>
              {name === '' ? '' : `${displayText(username)} · `}
              {protocol.toUpperCase()} · {host}
            </bdi>
          )}
        </p>
      </div>
    </>
  );
}
