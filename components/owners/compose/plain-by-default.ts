import { createRemembered } from '@/lib/client/app/remembered';

/** How this device writes, until the switch in a composer is pressed: plain, or formatted. */
export const plainByDefault = createRemembered('compose-plain', false);
if (typeof window !== 'undefined') plainByDefault.restore();
