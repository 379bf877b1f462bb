'use client';

import { Command } from 'cmdk';
import { Check, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { Dialog } from '@/components/ui/dialog';
import { LabelDot } from '@/components/ui/label-dot';
import { useAccount, useSettings } from '@/lib/client/app/hooks';
import type { Overlay } from '@/lib/client/app/mail-app';
import { findLabels, foldName } from '@/lib/client/labels/find-labels';
import { maxLabels, maxNameLength, newLabel } from '@/lib/client/labels/new-label';
import type { ShownLabel } from '@/lib/client/labels/shown';
import { useChangeSettings } from './change-settings';
import { paletteField, paletteRow } from './command-palette';
import { type HowMany, useLabelChoice } from './label-choice';
import { LabelWords } from './label-words';

interface LabelPickerProps {
  overlay: Extract<Overlay, { type: 'label' }>;
  onClose: () => void;
}

/** Puts labels on messages and takes them off, by typing. Enter does it and closes; with Shift, or on its box, it stays. */
export const LabelPicker = (props: LabelPickerProps) => (
  <LabelWords>
    <Picker {...props} />
  </LabelWords>
);

function Picker({ overlay, onClose }: LabelPickerProps) {
  const t = useTranslations('labelling');
  const { labels: own } = useSettings();
  const isLocal = useAccount().protocol === 'pop3';
  const changeSettings = useChangeSettings();
  const [typed, setTyped] = useState('');
  const { offered, howMany, toggle } = useLabelChoice(overlay, typed !== '');
  const stays = useRef(false);
  const name = typed.trim();
  const found = findLabels(offered, typed);
  const mayMake =
    name !== '' && own.length < maxLabels && !offered.some((one) => foldName(one.name) === foldName(name));
  const choose = (label: ShownLabel) => {
    if (stays.current) setTyped('');
    else onClose();
    toggle(label);
  };
  const make = () => {
    const made = newLabel(name, own);
    changeSettings({ labels: [...own, made] });
    choose(made);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('pick')}
      kind="bare"
      className="mt-[12vh] mb-auto max-w-[min(26rem,calc(100vw-2rem))]"
    >
      <Command
        label={t('pick')}
        shouldFilter={false}
        loop
        onKeyDownCapture={(event: KeyboardEvent) => {
          stays.current = event.shiftKey;
        }}
        onPointerDownCapture={({ target, shiftKey }: PointerEvent) => {
          stays.current = shiftKey || (target instanceof Element && target.closest('[data-box]') !== null);
        }}
      >
        <Command.Input
          data-autofocus=""
          value={typed}
          onValueChange={setTyped}
          maxLength={maxNameLength}
          placeholder={`${t('pick')} ${t('placeholder')}`}
          className={paletteField}
        />
        <Command.List className="max-h-[min(22rem,55dvh)] overflow-y-auto overscroll-contain p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-ink-muted">
            {t(name === '' ? 'first' : 'none')}
          </Command.Empty>
          {found.map((label) => (
            <Choice key={label.keyword} label={label} howMany={howMany(label)} onChoose={() => choose(label)} />
          ))}
          {mayMake && (
            <Command.Item value={`make ${name}`} onSelect={make} className={paletteRow}>
              <Plus size={16} aria-hidden="true" className="shrink-0 text-ink-muted" />
              <bdi className="min-w-0 truncate">{t('make', { name })}</bdi>
            </Command.Item>
          )}
        </Command.List>
        <p className="border-line border-t px-4 py-2 text-ink-muted text-meta">
          <span className="touch:hidden">{t('hint')}</span>
          <span className="hidden touch:inline">{t('hintTouch')}</span>
          {isLocal && ` ${t('isLocal')}`}
        </p>
      </Command>
    </Dialog>
  );
}

function Choice({ label, howMany, onChoose }: { label: ShownLabel; howMany: HowMany; onChoose: () => void }) {
  const { keyword, name, color } = label;
  return (
    <Command.Item
      value={keyword}
      onSelect={onChoose}
      aria-checked={howMany === 'some' ? 'mixed' : howMany === 'all'}
      className={classes(paletteRow, 'ps-0')}
    >
      <span data-box="" className="grid h-full w-9 shrink-0 place-items-center touch:w-11">
        <span
          className={classes(
            'grid size-4 place-items-center rounded-[4px] border',
            howMany === 'none' ? 'border-line-strong' : 'border-accent bg-accent text-accent-ink',
          )}
        >
          {howMany === 'all' && <Check size={12} strokeWidth={3} aria-hidden="true" />}
          {howMany === 'some' && <Minus size={12} strokeWidth={3} aria-hidden="true" />}
        </span>
      </span>
      <LabelDot color={color} size={16} />
      <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
    </Command.Item>
  );
}
