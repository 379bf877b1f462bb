/** A key, or keys pressed one after the other: `e`, `g i`, `Shift+u`. */
export function Kbd({ keys, className = '' }: { keys: string; className?: string }) {
  return (
    <kbd className={`inline-flex gap-1 font-mono text-tiny ${className}`}>
      {keys.split(' ').map((key, index) => (
        <span
          key={`${index}${key}`}
          className="min-w-5 rounded-[4px] border border-current/25 px-1 text-center leading-[1.125rem]"
        >
          {key.replace('Shift+', '⇧').replace('Mod+', '⌘')}
        </span>
      ))}
    </kbd>
  );
}
