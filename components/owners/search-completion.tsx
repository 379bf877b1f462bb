import { CalendarDays, Folder, HardDrive, Paperclip, Search, SlidersHorizontal } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { PersonText } from '@/components/parts/person-text';
import { LabelDot } from '@/components/ui/label-dot';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Completion } from '@/lib/client/search/complete';
import { parseSize } from '@/lib/mail/query/size';
import { displayText } from '@/lib/text/bidi';

const icons = {
  operator: Search,
  folder: Folder,
  state: SlidersHorizontal,
  attachment: Paperclip,
  day: CalendarDays,
  size: HardDrive,
};

/** One way to go on from what is typed. */
export function CompletionText({ choice }: { choice: Completion }) {
  const t = useTranslations('searching');
  const locale = regionalLocale(useLocale());
  if (choice.type === 'person') return <PersonText {...choice.person} />;
  if (choice.type === 'label')
    return (
      <>
        <LabelDot color={choice.label.color} />
        <bdi className="min-w-0 flex-1 truncate">{displayText(choice.label.name)}</bdi>
      </>
    );
  const Icon = icons[choice.type];
  const words = () => {
    switch (choice.type) {
      case 'operator':
        return `${choice.operator}:`;
      case 'folder':
        return displayText(choice.name);
      case 'state':
        return t(`states.${choice.state}`);
      case 'attachment':
        return t('terms.attachment');
      case 'day':
        return t(`days.${choice.span}`);
      case 'size':
        return formatSize(parseSize(choice.size) ?? 0, locale);
    }
  };
  return (
    <>
      <Icon size={16} aria-hidden="true" className="mx-0.5 shrink-0 text-ink-muted" />
      <bdi className="min-w-0 flex-1 truncate">{words()}</bdi>
    </>
  );
}
