'use client';

import { ChevronDown, Image, ShieldCheck } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type MenuEntry, useMenuButton } from '@/components/ui/menu';
import type { Shown } from '@/lib/client/reader/show-in-frame';
import { displayText } from '@/lib/text/bidi';
import { Bar } from './bar';
import { HeldHosts } from './held-hosts';
import { type PictureChoices, useHeldPictures } from './use-held-pictures';

interface HeldImagesProps {
  bodies: readonly Shown[];
  pictures: PictureChoices;
}

const link =
  'inline-flex shrink-0 items-center gap-1 whitespace-nowrap font-semibold text-accent hover:underline touch:min-h-11';

/** How many pictures of other servers were not asked for, how many only tell on the reader, and what may be done about it. */
export function HeldImages({ bodies, pictures }: HeldImagesProps) {
  const t = useTranslations('pictures');
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { shown, missing } = useHeldPictures(bodies, pictures);
  const remember = useMenuButton(t(pictures.rule === null ? 'remember' : 'change'), () => rememberEntries(pictures, t));
  const held = bodies.flatMap((body) => body.held);
  if (held.length === 0) return null;
  const mayShow = pictures.isAllowed && pictures.isKnown && held.some(({ isShowable }) => isShowable);
  const hasMenu = mayShow && (pictures.sender !== null || pictures.rule !== null);
  const { label, ...menu } = remember;
  return (
    <Bar
      icon={shown.size > 0 ? <Image size={16} /> : <ShieldCheck size={16} />}
      tone={shown.size > 0 || pictures.rule?.choice === 'never' ? 'plain' : 'brass'}
      end={
        <span className="flex flex-wrap items-center gap-x-4">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className={link}
          >
            {t('showHosts')}
            <ChevronDown size={14} className={`transition-transform ${isOpen ? 'rotate-180' : ''}`} />
          </button>
          {hasMenu && (
            <button type="button" {...menu} className={link}>
              {label}
              <ChevronDown size={14} />
            </button>
          )}
          {mayShow && !pictures.isWanted && (
            <button type="button" onClick={pictures.showOnce} className={link}>
              {t('showOnce')}
            </button>
          )}
        </span>
      }
      below={
        <div id={id} hidden={!isOpen} className="w-full basis-full ps-6.5">
          {isOpen && <HeldHosts held={held} hasRules={pictures.isAllowed} isCertain={pictures.sender !== null} />}
        </div>
      }
    >
      {sentencesOf({ held, shown, missing, pictures }, t).join(' ')}
    </Bar>
  );
}

type Words = ReturnType<typeof useTranslations<'pictures'>>;

function sentencesOf(
  {
    held,
    shown,
    missing,
    pictures,
  }: { held: Shown['held']; shown: ReadonlySet<string>; missing: ReadonlySet<string>; pictures: PictureChoices },
  t: Words,
): string[] {
  const trackers = held.filter(({ isTracker }) => isTracker).length;
  const { isAllowed, isJunk, rule } = pictures;
  const name = displayText(rule?.name ?? '');
  if (shown.size === 0) {
    return [
      t('held', { count: held.length, trackers }),
      ...(isAllowed ? [] : [t('off')]),
      ...(rule?.choice === 'never' ? [t('heldFor', { name })] : []),
      ...(rule?.choice === 'always' && isJunk ? [t('heldInJunk')] : []),
    ];
  }
  const others = held.filter(({ url, isTracker }) => !isTracker && !shown.has(url)).length;
  return [
    t('shown', { count: shown.size - missing.size }),
    ...(missing.size > 0 ? [t('missing', { count: missing.size })] : []),
    ...(trackers > 0 ? [t('trackersStay', { count: trackers })] : []),
    ...(others > 0 ? [t('othersStay', { count: others })] : []),
    ...(rule?.choice === 'always' ? [t('shownFor', { name })] : []),
  ];
}

function rememberEntries({ sender, rule, set, remove }: PictureChoices, t: Words): MenuEntry[] {
  if (rule !== null) {
    return [{ label: t('askAgain', { name: displayText(rule.name) }), onSelect: () => remove(rule) }];
  }
  if (sender === null) return [];
  const bySender = { kind: 'sender', name: sender.email } as const;
  const byDomain = { kind: 'domain', name: sender.domain } as const;
  return [
    { label: t('alwaysFrom', { name: displayText(sender.email) }), onSelect: () => set(bySender, 'always') },
    { label: t('alwaysFrom', { name: displayText(sender.domain) }), onSelect: () => set(byDomain, 'always') },
    'separator',
    { label: t('neverFor', { name: displayText(sender.email) }), onSelect: () => set(bySender, 'never') },
  ];
}
