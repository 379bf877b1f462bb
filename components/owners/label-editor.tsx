'use client';

import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { LabelDot } from '@/components/ui/label-dot';
import { useMenuButton } from '@/components/ui/menu';
import { type Label, labelColors } from '@/lib/mail/model';
import { NamedLine, type NamedLineProps } from './named-line';

interface LabelEditorProps extends Omit<NamedLineProps, 'name' | 'words' | 'start' | 'onName'> {
  label: Label;
  onChange: (changed: Label) => void;
}

/** A label in the list of all: its colour, its name, its place. */
export function LabelEditor({ label, onChange, ...line }: LabelEditorProps) {
  const t = useTranslations('labelling');
  const { name } = label;
  const color = useMenuButton(t('colorOf', { name }), () =>
    labelColors.map((one) => ({
      label: t(`colors.${one}`),
      icon: <LabelDot color={one} size={16} />,
      isChecked: one === label.color,
      onSelect: () => onChange({ ...label, color: one }),
    })),
  );
  const words = {
    name: t('nameOf', { name }),
    up: t('up', { name }),
    down: t('down', { name }),
    remove: t('remove', { name }),
    taken: t('taken'),
  };
  return (
    <NamedLine
      {...line}
      name={name}
      words={words}
      start={<IconButton {...color} size="small" icon={<LabelDot color={label.color} />} />}
      onName={(other) => onChange({ ...label, name: other })}
    />
  );
}
