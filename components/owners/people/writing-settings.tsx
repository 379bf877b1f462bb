'use client';

import { MoreWords } from '@/components/ui/more-words';
import { ToastHost } from '@/components/ui/toast';
import words from '@/messages/people.en.json';
import { IdentitySettings } from './identity-settings';
import { TemplateSettings } from './template-settings';

/** What is set for writing: who one writes as, and texts that are used again. */
export function WritingSettings() {
  return (
    <MoreWords words={words}>
      <IdentitySettings />
      <TemplateSettings />
      <ToastHost />
    </MoreWords>
  );
}
