import { createContext, useContext } from 'react';
import type { MailApp } from './mail-app.ts';

export const MailContext = createContext<MailApp | null>(null);

/** The open inbox. Only below `MailRoot`. */
export function useMail(): MailApp {
  const app = useContext(MailContext);
  if (app === null) throw new Error('useMail outside of MailRoot');
  return app;
}
