import { type Route, route } from '@/lib/routes';

/** What deals have beside their list and their pages. */
export const dealRoutes: readonly Route[] = [
  route('/deals/board', () => import('./board/BoardScreen').then((file) => file.BoardScreen)),
  route('/forecast', () => import('./forecast/ForecastScreen').then((file) => file.ForecastScreen)),
];
