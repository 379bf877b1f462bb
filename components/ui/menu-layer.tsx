'use client';

import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { classes } from './classes';
import { Kbd } from './kbd';
import type { MenuEntry, MenuState } from './menu';

const box =
  'float-in z-40 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] touch:max-h-[min(48rem,var(--radix-dropdown-menu-content-available-height))] min-w-52 max-w-80 overflow-y-auto overscroll-contain rounded-box border border-line bg-raised p-1 text-ink shadow-float';
const row =
  'flex h-8 cursor-pointer select-none items-center gap-2.5 rounded-inner px-2.5 text-list outline-none touch:h-11 data-disabled:cursor-default data-highlighted:bg-hover data-disabled:opacity-45';

/** What an open menu looks like; loaded with the first one. Focus goes back to the button it came from. */
export function MenuLayer({ menu, onClose }: { menu: MenuState; onClose: () => void }) {
  const { anchor } = menu;
  // A modal dialog lies over everything else: a menu of its own must lie inside it to be seen and pressed.
  const container =
    (anchor instanceof Element ? anchor.closest('dialog') : document.querySelector('dialog[open]')) ?? undefined;
  const at = anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  return (
    // Not modal: the page behind is not hidden from readers nor its scrollbar taken away for a list of six words.
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => isOpen || onClose()}>
      <DropdownMenu.Trigger asChild>
        {/* Only a place to hang from: what opened the menu tells that it is open. */}
        <span
          aria-expanded={undefined}
          // biome-ignore lint/a11y/useValidAriaValues: the attribute is taken away, not given another value
          aria-haspopup={undefined}
          aria-controls={undefined}
          className="pointer-events-none fixed"
          style={{ left: at.left, top: at.top, width: at.width, height: at.height }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          aria-label={menu.label}
          aria-labelledby={undefined}
          align="start"
          sideOffset={anchor instanceof Element ? 4 : 0}
          collisionPadding={8}
          loop
          className={box}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (
              anchor instanceof HTMLElement &&
              (document.activeElement === document.body || document.activeElement === null)
            ) {
              anchor.focus({ focusVisible: false } as FocusOptions);
            }
          }}
        >
          <Entries items={menu.items} container={container} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entries({ items, container }: { items: MenuEntry[]; container: Element | undefined }) {
  return items.map((item, index) => {
    if (item === 'separator') {
      return <DropdownMenu.Separator key={index} className="mx-2.5 my-1 h-px bg-line" />;
    }
    if ('items' in item) {
      return (
        <DropdownMenu.Sub key={item.label}>
          <DropdownMenu.SubTrigger className={classes(row, 'data-[state=open]:bg-hover')}>
            <Label {...item} />
            <ChevronRight size={16} className="-me-1 text-ink-muted rtl:-scale-x-100" />
          </DropdownMenu.SubTrigger>
          <DropdownMenu.Portal container={container}>
            <DropdownMenu.SubContent collisionPadding={8} className={box}>
              <Entries items={item.items} container={container} />
            </DropdownMenu.SubContent>
          </DropdownMenu.Portal>
        </DropdownMenu.Sub>
      );
    }
    if ('href' in item) {
      return (
        <DropdownMenu.Item key={item.label} asChild className={row}>
          <a
            href={item.href}
            {...(item.isDownload === true ? { download: '' } : { target: '_blank', rel: 'noopener' })}
          >
            <Label {...item} />
          </a>
        </DropdownMenu.Item>
      );
    }
    return (
      <DropdownMenu.Item
        key={item.label}
        disabled={item.isDisabled === true}
        onSelect={item.onSelect}
        className={classes(row, item.isDestructive === true && 'text-danger')}
      >
        <Label {...item} />
        {item.isChecked === true && <Check size={16} className="text-accent" />}
        {item.keys !== undefined && <Kbd keys={item.keys} className="text-ink-muted" />}
      </DropdownMenu.Item>
    );
  });
}

function Label({ icon, label }: { icon?: React.ReactNode; label: string }) {
  return (
    <>
      {icon !== undefined && <span className="grid size-4 shrink-0 place-items-center text-ink-muted">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{label}</span>
    </>
  );
}
