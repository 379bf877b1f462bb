/** How a line above a message looks that does what it says. */
export const askLook =
  '-mx-1 flex items-center gap-1.5 rounded-[4px] px-1 hover:text-ink-2 hover:underline disabled:opacity-55 touch:min-h-11';
