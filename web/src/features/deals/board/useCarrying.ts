import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Row } from '@/api/values';
import { t } from '@/lib/i18n/t';
import type { Stage } from '../stages';
import type { Lane } from './Board';

type Place = { readonly lane: number; readonly card: number };
type Carried = { readonly row: Row; readonly from: number; readonly over: number };

type Props = {
  readonly lanes: readonly Lane[];
  readonly canMove: boolean;
  readonly nameOf: (row: Row) => string;
  readonly move: (row: Row, to: Stage) => void;
};

/**
 * The board by keyboard: arrows go from card to card; Space picks one up, arrows carry it to another stage, Space or Enter puts it down, Escape leaves it
 * where it was. All of it is said to who does not see it.
 */
export function useCarrying({ lanes, canMove, nameOf, move }: Props) {
  const [at, setAt] = useState<Place>({ lane: 0, card: 0 });
  const [carried, carry] = useState<Carried | undefined>();
  const [said, say] = useState('');
  const [going, setGoing] = useState(0);

  // The focus follows once the card is there; a column that is scrolled needs a moment to draw it.
  useEffect(() => {
    if (going === 0) return;
    let tries = 0;
    let frame = 0;
    const focus = () => {
      const card = document.querySelector<HTMLElement>(`[data-card="${at.lane}.${at.card}"]`);
      if (card) card.focus({ preventScroll: false });
      else if (tries++ < 10) frame = requestAnimationFrame(focus);
    };
    frame = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(frame);
  }, [at, going]);

  const go = (lane: number, card: number) => {
    const cards = lanes[lane]?.cards.length ?? 0;
    if (cards === 0) return;
    setAt({ lane, card: Math.max(0, Math.min(card, cards - 1)) });
    setGoing((n) => n + 1);
  };
  const aside = (from: number, by: 1 | -1) => {
    for (let lane = from + by; lane >= 0 && lane < lanes.length; lane += by) if (lanes[lane]?.cards.length) return lane;
    return from;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const place = (event.target as HTMLElement).dataset.card;
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    const [lane = 0, card = 0] = place.split('.').map(Number);
    const handled = carried ? carrying(event.key, carried) : walking(event.key, lane, card);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const walking = (key: string, lane: number, card: number): boolean => {
    const row = lanes[lane]?.cards[card];
    switch (key) {
      case 'ArrowDown':
        go(lane, card + 1);
        return true;
      case 'ArrowUp':
        go(lane, card - 1);
        return true;
      case 'ArrowLeft':
        go(aside(lane, -1), card);
        return true;
      case 'ArrowRight':
        go(aside(lane, 1), card);
        return true;
      case 'Home':
        go(lane, 0);
        return true;
      case 'End':
        go(lane, Number.MAX_SAFE_INTEGER);
        return true;
      case ' ':
        if (!row || !canMove) return false;
        carry({ row, from: lane, over: lane });
        say(t('deal.said.picked', { title: nameOf(row), stage: lanes[lane]?.stage.name ?? '' }));
        return true;
      default:
        return false;
    }
  };

  const carrying = (key: string, { row, from, over }: Carried): boolean => {
    const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    if (by) {
      const next = Math.max(0, Math.min(over + by, lanes.length - 1));
      const stage = lanes[next]?.stage;
      carry({ row, from, over: next });
      say(t('deal.said.over', { stage: stage?.name ?? '' }));
      document.querySelector(`[data-lane="${stage?.id}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return true;
    }
    if (key === ' ' || key === 'Enter') {
      const to = lanes[over]?.stage;
      carry(undefined);
      if (!to || over === from) {
        say(t('deal.said.stays', { title: nameOf(row) }));
        return true;
      }
      say(t('deal.said.dropped', { title: nameOf(row), stage: to.name }));
      move(row, to);
      setAt({ lane: over, card: 0 });
      setGoing((n) => n + 1);
      return true;
    }
    if (key === 'Escape') {
      carry(undefined);
      say(t('deal.said.stays', { title: nameOf(row) }));
      return true;
    }
    return key.startsWith('Arrow') || key === 'Home' || key === 'End';
  };

  return { at, carried, said, say, onKeyDown, leave: () => carry(undefined) };
}
