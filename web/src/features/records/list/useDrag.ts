import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Place, useCells } from './useCells';

const stepMs = 60;
// What stays above and below the rows.
const edge = 35;

export function placeOf(element: Element | null): Place | undefined {
  const cell = element?.closest<HTMLElement>('[data-column]');
  const row = cell?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex');
  return cell && row ? { row: Number(row) - 2, column: Number(cell.dataset.column) } : undefined;
}

/** A mouse that is dragged over cells chooses them; held beyond an end of the list, it goes on there. One listener for all cells. */
export function useDrag(scroller: RefObject<HTMLElement | null>, cells: Pick<ReturnType<typeof useCells>, 'go' | 'reach' | 'active'>) {
  const from = useRef<Place | undefined>(undefined);
  const isDragging = useRef(false);
  const stepping = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const latest = useRef(cells);
  latest.current = cells;
  const stop = () => clearInterval(stepping.current);
  useEffect(() => () => clearInterval(stepping.current), []);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    isDragging.current = false;
    const target = event.target as HTMLElement;
    const isMeant = event.button === 0 && event.pointerType === 'mouse' && !event.shiftKey && !target.closest('input,button,textarea');
    from.current = isMeant ? placeOf(target) : undefined;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = scroller.current?.getBoundingClientRect();
    if (!from.current || !box || !(event.buttons & 1)) return;
    stop();
    const x = Math.max(box.left + 1, Math.min(box.right - 2, event.clientX));
    const y = Math.max(box.top + edge, Math.min(box.bottom - edge, event.clientY));
    const here = placeOf(document.elementFromPoint(x, y));
    if (!here || (!isDragging.current && here.row === from.current.row && here.column === from.current.column)) return;
    if (!isDragging.current) {
      isDragging.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      scroller.current?.focus({ preventScroll: true });
      latest.current.go(from.current.row, from.current.column);
    }
    latest.current.reach(here.row, here.column);
    const by = event.clientY > box.bottom - edge ? 1 : event.clientY < box.top + edge ? -1 : 0;
    if (by)
      stepping.current = setInterval(() => latest.current.reach(latest.current.active.row + by, latest.current.active.column), stepMs);
  };
  const onPointerUp = () => {
    stop();
    from.current = undefined;
  };
  return {
    /** Whether the click that follows only ends a drag. */
    hasDragged: () => isDragging.current,
    bound: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}
