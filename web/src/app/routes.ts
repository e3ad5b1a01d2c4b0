import { dealRoutes } from '@/features/deals/routes';
import { recordRoutes } from '@/features/records/routes';
import { settingsRoutes } from '@/features/settings/routes';
import type { Route } from '@/lib/routes';

/** Every place of the app; the first that fits an address is shown. A feature brings a list of its own, and is named here. */
export const routes: readonly Route[] = [...dealRoutes, ...settingsRoutes, ...recordRoutes];
