import type { Part } from '@/features/records/page/parts';
import { part } from '@/lib/part';

/** What a deal's page has beside what all have: its stages, and its products. */
export const dealPart: Part = {
  band: part(() => import('./StageBar').then((file) => file.StageBar)),
  panels: [
    {
      id: 'lines',
      label: 'deal.lines',
      panel: part(() => import('./lines/LinesPanel').then((file) => file.LinesPanel)),
    },
  ],
  // Where a deal goes is chosen in its line of stages, and what it is about in its lines.
  slices: ['moveDeal', 'winDeal', 'loseDeal', 'reopenDeal', 'setLines'],
};
