'use client';

import { useEffect } from 'react';
import { MoreWords } from '@/components/ui/more-words';
import { useMail } from '@/lib/client/app/context';
import { useValue } from '@/lib/client/app/value';
import { setPanelView } from '@/lib/client/compose/panels';
import { writingSanitizer } from '@/lib/client/compose/sanitizing-frame';
import { knownIdentities } from '@/lib/client/people/identities';
import words from '@/messages/compose.en.json';
import type { MessageCommands } from '../commands/use-commands';
import { KeptDrafts } from './kept-drafts';
import { Panel } from './panel';
import './editor.css';

const panelWidth = 590;

/** Everything that is being written, at the lower end of the page. Loaded in a quiet moment, or with the first composer. */
export function Composers({ commands }: { commands: MessageCommands }) {
  const app = useMail();
  const panels = useValue(app.composers);
  useEffect(() => {
    // What fails is told where it is needed.
    void Promise.allSettled([writingSanitizer(), knownIdentities(app.queries)]);
  }, [app]);
  useEffect(() => {
    // Where there is no room for all of them beside each other, the oldest are folded.
    const room = Math.max(1, Math.floor(window.innerWidth / panelWidth));
    const open = panels.filter(({ view }) => view === 'open');
    const [oldest] = open;
    if (open.length > room && oldest !== undefined) setPanelView(app, oldest.id, 'minimised');
  }, [app, panels]);
  return (
    <MoreWords words={words}>
      <KeptDrafts />
      <div className="pointer-events-none fixed end-6 bottom-0 z-30 flex max-w-[calc(100vw-3rem)] flex-row-reverse items-end gap-3 max-md:contents">
        {panels.map((panel) => (
          <Panel key={panel.id} panel={panel} commands={commands} />
        ))}
      </div>
    </MoreWords>
  );
}
