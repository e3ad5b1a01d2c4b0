import { type Route, route } from '@/lib/routes';

/** Lists of records: `/contacts`, with view, filter, order and search in the query. */
export const recordRoutes: readonly Route[] = [route('/:plural', () => import('./list/ListScreen').then((file) => file.ListScreen))];
