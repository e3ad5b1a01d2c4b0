import type { LucideIcon } from 'lucide-react';
import TrendingUp from 'lucide-react/icons/trending-up';
import type { Model } from '@/api/model';
import type { PlainKey } from '@/lib/i18n/catalogue';

/** A place of its own, beside the lists of records. */
export type Screen = {
  readonly href: string;
  readonly label: PlainKey;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly allowed: (model: Model) => boolean;
};

/** They stand below the record types of every day. A feature that has one names it here. */
export const screens: readonly Screen[] = [
  { href: '/forecast', label: 'forecast.title', icon: TrendingUp, keys: 'g f', allowed: (model) => model.slices.has('readForecast') },
];
