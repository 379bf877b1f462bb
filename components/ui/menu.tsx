'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';

interface MenuAction {
  label: string;
  icon?: ReactNode;
  /** The key that does the same. */
  keys?: string | undefined;
  onSelect: () => void;
  isDisabled?: boolean;
  isDestructive?: boolean;
  /** Draws a tick: one of several choices, or a thing that is on. */
  isChecked?: boolean;
}
interface MenuLink {
  label: string;
  icon?: ReactNode;
  href: string;
  /** Saves what the address gives instead of opening it. */
  isDownload?: boolean;
}
interface Submenu {
  label: string;
  icon?: ReactNode;
  items: MenuEntry[];
}
export type MenuEntry = MenuAction | MenuLink | Submenu | 'separator';

export interface OpenMenu {
  label: string;
  items: MenuEntry[];
  /** The button it hangs from, or a point of the screen for a context menu. */
  anchor: Element | { x: number; y: number };
}
export interface MenuState extends OpenMenu {
  id: number;
}

let open: MenuState | null = null;
let lastId = 0;
const listeners = new Set<() => void>();
const load = () => import('./menu-layer');
const MenuLayer: ComponentType<{ menu: MenuState; onClose: () => void }> = lazy(() =>
  load().then((module) => ({ default: module.MenuLayer })),
);

/** Opens the one menu of the page, at a button or at a point. Its code arrives with the first one. */
export function openMenu(menu: OpenMenu): void {
  lastId += 1;
  change({ ...menu, id: lastId });
}

/** Fetches the menu's code ahead of the press, e.g. on hover. */
export function warmMenu(): void {
  void load();
}

/** The props that make a button open a menu: `<IconButton {...useMenuButton('More', () => items)} />`. */
export function useMenuButton(label: string, items: () => MenuEntry[]) {
  const menu = useSyncExternalStore(subscribe, current, nothing);
  const isMine = menu !== null && menu.label === label && menu.anchor instanceof Element;
  return {
    label,
    'aria-haspopup': 'menu',
    'aria-expanded': isMine,
    onPointerEnter: warmMenu,
    onFocus: warmMenu,
    onClick: (event: { currentTarget: Element }) => openMenu({ label, items: items(), anchor: event.currentTarget }),
  } as const;
}

/** Mounted once, in the layout. */
export function MenuHost() {
  const menu = useSyncExternalStore(subscribe, current, nothing);
  if (menu === null) return null;
  return (
    <Suspense fallback={null}>
      <MenuLayer key={menu.id} menu={menu} onClose={() => change(null)} />
    </Suspense>
  );
}

const current = () => open;
const nothing = () => null;

function change(next: MenuState | null) {
  open = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
