'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';

type Kind = 'home' | 'work' | 'mobile' | 'other';

interface Row<K> {
  kind: K;
  value: string;
}

interface KindRowsProps<K extends Kind> {
  what: 'email' | 'phone';
  kinds: readonly K[];
  rows: readonly Row<K>[];
  errorOf: (value: string) => string | undefined;
  onChange: (rows: Row<K>[]) => void;
}

const mostRows = 20;

/** Addresses or numbers, each with its kind; more are added, and each is taken away. */
export function KindRows<K extends Kind>(props: KindRowsProps<K>) {
  const { what, kinds, rows, errorOf, onChange } = props;
  const t = useTranslations('people.contacts');
  const isEmail = what === 'email';
  const change = (at: number, part: Partial<Row<K>>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const kindName = (kind: Kind) => t(`kinds.${kind}`);
  const labelOf = (at: number) => `${t(what)}${rows.length > 1 ? ` ${at + 1}` : ''}`;
  return (
    <div className="space-y-2">
      {rows.map((row, at) => (
        <div key={at} className="flex items-start gap-2">
          <TextField
            label={labelOf(at)}
            type={isEmail ? 'email' : 'tel'}
            className="min-w-0 flex-1"
            maxLength={isEmail ? 320 : 100}
            value={row.value}
            error={errorOf(row.value)}
            onChange={(event) => change(at, { value: event.target.value })}
          />
          <SelectField
            label={t('kind')}
            className="w-28 shrink-0"
            value={row.kind}
            options={kinds.map((kind) => ({ value: kind, label: kindName(kind) }))}
            onChange={(kind) => change(at, { kind })}
          />
          <IconButton
            className="mt-7 touch:mt-6"
            label={isEmail ? t('removeEmail', { number: at + 1 }) : t('removePhone', { number: at + 1 })}
            icon={<X size={16} />}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {rows.length < mostRows && (
        <Button
          look="quiet"
          size="small"
          onClick={() => onChange([...rows, { kind: (isEmail ? 'other' : 'mobile') as K, value: '' }])}
        >
          <Plus size={15} />
          {t(isEmail ? 'addEmail' : 'addPhone')}
        </Button>
      )}
    </div>
  );
}
