import { allowedActions } from './actions';

const pauseMs = 1000;

const mac = () => /Mac|iPhone|iPad/.test(navigator.platform);

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A press in the words of actions: `mod+shift+k`. Shift counts where it does not make another sign by itself. */
export function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const named = key === ' ' ? 'space' : key.toLowerCase();
  const letter = named.length > 1 || /[a-z0-9]/.test(named);
  return [ctrlKey || metaKey ? 'mod' : '', altKey ? 'alt' : '', shiftKey && letter ? 'shift' : '', named].filter(Boolean).join('+');
}

/** Keys as they are printed on a keyboard. */
export function spoken(keys: string): string[] {
  const names: Record<string, string> = mac() ? { mod: '⌘', shift: '⇧', alt: '⌥' } : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
  const rest: Record<string, string> = {
    space: 'Space',
    escape: 'Esc',
    enter: '↵',
    delete: 'Del',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
  };
  return keys.split(' ').flatMap((press) => press.split('+').map((part) => names[part] ?? rest[part] ?? part.toUpperCase()));
}

/** Whoever types gets what they type. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function listenToKeys(): () => void {
  let before = '';
  let at = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || /^(Shift|Control|Alt|Meta)$/.test(event.key)) return;
    const press = nameOf(event);
    if (isTyping(event.target) && !press.startsWith('mod+')) return;
    const sequence = event.timeStamp - at < pauseMs && before ? `${before} ${press}` : '';
    const action = allowedActions().findLast(({ keys }) => keys?.some((k) => k === press || k === sequence));
    [before, at] = [action ? '' : press, event.timeStamp];
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
