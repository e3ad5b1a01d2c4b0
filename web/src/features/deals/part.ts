import { lazy } from 'react';
import type { Part } from '@/features/records/page/parts';

/** What a deal's page has beside what all have: its stages, and its products. */
export const dealPart: Part = {
  band: lazy(() => import('./StageBar').then((file) => ({ default: file.StageBar }))),
  panels: [
    {
      id: 'lines',
      label: 'deal.lines',
      panel: lazy(() => import('./lines/LinesPanel').then((file) => ({ default: file.LinesPanel }))),
    },
  ],
  // Where a deal goes is chosen in its line of stages, and what it is about in its lines.
  slices: ['moveDeal', 'winDeal', 'loseDeal', 'reopenDeal', 'setLines'],
};
