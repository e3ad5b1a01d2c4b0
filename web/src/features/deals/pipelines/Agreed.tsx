import type { Editors } from '@/features/settings/frame/SetUpFields';
import { SetUpSingle } from '@/features/settings/frame/SetUpSingle';
import { t } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import { TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { LinesInput } from './StageFields';

/** What holds for all pipelines: the words for winning and losing, the currency that is reported in, the year of forecasts. */
export const Agreed = () => (
  <SetUpSingle
    plural="pipelineSettings"
    title={t('pipe.agreed')}
    text={t('pipe.agreedText')}
    fields={['winReasons', 'lossReasons', 'reportingCurrency', 'yearBegins']}
    begin={{ winReasons: [], lossReasons: [] }}
    editors={editors}
    help={{ winReasons: t('pipe.oneEachLine'), lossReasons: t('pipe.oneEachLine') }}
  />
);

const reasons: Editors[string] = ({ value, set }, { name }, bound) => (
  <LinesInput {...bound} value={(value(name) as string[] | null) ?? []} set={(next) => set(name, next)} />
);

const editors: Editors = {
  winReasons: reasons,
  lossReasons: reasons,
  reportingCurrency: ({ value, set }, { name }, { id, describedBy, invalid }) => (
    <TextInput
      id={id}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      placeholder={t('pipe.asCompany')}
      maxLength={3}
      value={(value(name) as string | null) ?? ''}
      onChange={(event) => set(name, event.target.value.toUpperCase() || null)}
    />
  ),
  yearBegins: ({ value, set }, { name }, bound) => (
    <Select
      {...bound}
      value={String(value(name) ?? 1)}
      options={months()}
      choose={(month) => set(name, month === '1' ? null : Number(month))}
    />
  ),
};

function months() {
  const format = new Intl.DateTimeFormat(preferences.get().language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1), label: format.format(new Date(Date.UTC(2024, i, 1))) }));
}
