import { useMemo } from 'react';
import { t } from '@/lib/i18n/t';
import { Combobox } from '@/ui/Combobox';

type Props = {
  readonly id?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly value: string | null;
  readonly set: (zone: string | null) => void;
};

/** A time zone, found by typing. */
export function ZoneInput({ value, set, ...bound }: Props) {
  const zones = useMemo(
    () => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    [],
  );
  const chosen = value ? (zones.find((zone) => zone.value === value) ?? { value, label: value }) : null;
  return <Combobox {...bound} items={zones} value={chosen} placeholder={t('set.zone')} choose={(zone) => set(zone?.value ?? null)} />;
}
