import { type Route, route, usualRoute } from '@/lib/routes';

/** Lists of records: `/contacts`, with view, filter, order and search in the query; what was thrown away, what comes from a file, each record's page. */
export const recordRoutes: readonly Route[] = [
  usualRoute('/:plural', () => import('./list/ListScreen').then((file) => file.ListScreen)),
  route('/:plural/trash', () => import('./trash/TrashScreen').then((file) => file.TrashScreen)),
  route('/:plural/import', () => import('./import/ImportScreen').then((file) => file.ImportScreen)),
  usualRoute('/:plural/:id', () => import('./page/RecordScreen').then((file) => file.RecordScreen)),
];
