'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { LabelDot } from '@/components/ui/label-dot';
import { useMenuButton } from '@/components/ui/menu';
import { maxNameLength } from '@/lib/client/labels/new-label';
import { type Label, labelColors } from '@/lib/mail/model';
import { useNameInPlace } from './name-in-place';

interface LabelEditorProps {
  label: Label;
  /** Its name has the focus. */
  isEdited: boolean;
  isTaken: (name: string) => boolean;
  onChange: (changed: Label) => void;
  /** Absent at the ends. */
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

/** A label in the list of all: its colour, its name, its place. */
export function LabelEditor({ label, isEdited, isTaken, onChange, onUp, onDown, onRemove }: LabelEditorProps) {
  const t = useTranslations('labelling');
  const { name } = label;
  const { wanted, field } = useNameInPlace({
    name,
    mayBe: (other) => other !== '' && !isTaken(other),
    onName: (other) => onChange({ ...label, name: other }),
  });
  const problem = isTaken(wanted) ? t('taken') : undefined;
  const color = useMenuButton(t('colorOf', { name }), () =>
    labelColors.map((one) => ({
      label: t(`colors.${one}`),
      icon: <LabelDot color={one} size={16} />,
      isChecked: one === label.color,
      onSelect: () => onChange({ ...label, color: one }),
    })),
  );
  return (
    <li>
      <div className="flex items-center">
        <IconButton {...color} size="small" icon={<LabelDot color={label.color} />} />
        <input
          aria-label={t('nameOf', { name })}
          aria-invalid={problem !== undefined || undefined}
          {...(isEdited ? { 'data-autofocus': '' } : {})}
          {...field}
          maxLength={maxNameLength}
          className="h-9 min-w-0 flex-1 rounded-inner border border-transparent bg-transparent px-2 text-ellipsis outline-offset-[-1px] hover:border-line aria-invalid:border-danger touch:h-11 touch:text-title"
        />
        <IconButton
          size="small"
          label={t('up', { name })}
          icon={<ChevronUp size={17} />}
          disabled={onUp === undefined}
          onClick={onUp}
        />
        <IconButton
          size="small"
          label={t('down', { name })}
          icon={<ChevronDown size={17} />}
          disabled={onDown === undefined}
          onClick={onDown}
        />
        <IconButton size="small" label={t('remove', { name })} icon={<X size={16} />} onClick={onRemove} />
      </div>
      {problem !== undefined && (
        <p role="alert" className="ps-10 text-danger text-meta">
          {problem}
        </p>
      )}
    </li>
  );
}
