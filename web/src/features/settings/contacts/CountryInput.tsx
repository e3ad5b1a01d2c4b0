import { useMemo } from 'react';
import { countriesIn } from '@/lib/countries';
import { preferences } from '@/lib/preferences';
import { Combobox } from '@/ui/Combobox';

type Props = {
  readonly id?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  /** Two letters. */
  readonly value: string | null;
  readonly set: (code: string | null) => void;
  readonly placeholder?: string;
};

/** A country, found by its name. */
export function CountryInput({ value, set, ...shown }: Props) {
  const { language } = preferences.get();
  const countries = useMemo(() => countriesIn(language).map(({ code, name }) => ({ value: code, label: name })), [language]);
  const chosen = value ? (countries.find((country) => country.value === value) ?? { value, label: value }) : null;
  return <Combobox {...shown} items={countries} value={chosen} choose={(country) => set(country?.value ?? null)} />;
}
