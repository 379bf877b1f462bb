'use client';

import { MoreWords } from '@/components/ui/more-words';
import words from '@/messages/notices.en.json';
import { useNotices } from './use-notices';

/** Notices of new mail on the desktop. Loaded where this device wants them. */
export function Notices() {
  return (
    <MoreWords words={words}>
      <Listening />
    </MoreWords>
  );
}

function Listening() {
  useNotices();
  return null;
}
