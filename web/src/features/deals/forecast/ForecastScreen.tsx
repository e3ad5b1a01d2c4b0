import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import ListX from 'lucide-react/icons/list-x';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation, useSearch } from 'wouter';
import { useModel } from '@/api/model';
import { Head } from '@/features/records/list/Head';
import { sentenceOf } from '@/features/refusals';
import { formatDate } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import { Button, IconButton } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Select } from '@/ui/Select';
import { ForecastGrid } from './ForecastGrid';
import styles from './ForecastScreen.module.css';
import { isPeriod, isQuarter, periodOf, stepped } from './periods';
import { Since } from './Since';
import { useChanges, useForecast } from './useForecast';

/** `/forecast`: what is to be expected of a month or a quarter. */
export function ForecastScreen() {
  const model = useModel();
  if (!model.slices.has('readForecast'))
    return (
      <EmptyState page icon={ListX} title={t('fail.notFound')}>
        {t('fail.notFoundText')}
      </EmptyState>
    );
  return <Forecast />;
}

const settings = 'query Year { pipelineSettingsList(first: 1) { nodes { id yearBegins } } }';

function useYearBegins(): number | undefined {
  const model = useModel();
  const knows = Boolean(model.byPlural('pipelineSettings')?.field('yearBegins'));
  const [{ data, fetching }] = useQuery<{ pipelineSettingsList: { nodes: { yearBegins: number | null }[] } | null }>({
    query: settings,
    pause: !knows,
  });
  return knows && fetching ? undefined : (data?.pipelineSettingsList?.nodes[0]?.yearBegins ?? 1);
}

function Forecast() {
  const model = useModel();
  const search = useSearch();
  const [path, go] = useLocation();
  const yearBegins = useYearBegins();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const told = query.get('period');
  const period = isPeriod(told) ? told : periodOf(new Date(), 'quarter', yearBegins);
  const since = query.get('since') ?? undefined;
  const open = useMemo(() => new Set((query.get('open') ?? '').split(',').filter(Boolean)), [query]);
  const [times, setTimes] = useState(0);
  const again = useCallback(() => setTimes((n) => n + 1), []);
  const asked = useMemo(() => ({ period, since }), [period, since]);
  const { forecast, refusal } = useForecast(asked, undefined, times);
  useChanges([model.byPlural('deals'), model.byPlural('quotas'), model.byPlural('forecastAdjustments')], again);
  useEffect(() => {
    document.title = `${t('forecast.title')} ${period} · CRM`;
  }, [period]);

  const show = (change: Readonly<Record<string, string | null>>, replace = false) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name);
    const text = next.toString();
    go(text ? `${path}?${text}` : path, { replace });
  };
  const toggle = (id: string) => {
    const next = new Set(open);
    next.delete(id) || next.add(id);
    show({ open: [...next].join(',') }, true);
  };
  const dates = forecast && `${formatDate(forecast.period.from)} – ${formatDate(forecast.period.to)}`;

  return (
    <div className={styles.screen}>
      <Head title={t('forecast.title')} />
      <div className={styles.tools} role="toolbar" aria-label={t('forecast.title')}>
        <IconButton label={t('forecast.before')} icon={ChevronLeft} onClick={() => show({ period: stepped(period, -1) })} />
        <p className={styles.period} aria-live="polite">
          <strong>{nameOf(period)}</strong>
          <span className={styles.dates}>{dates}</span>
        </p>
        <IconButton label={t('forecast.after')} icon={ChevronRight} onClick={() => show({ period: stepped(period, 1) })} />
        <Select
          small
          className={styles.kind}
          label={t('forecast.kind')}
          value={isQuarter(period) ? 'quarter' : 'month'}
          options={[
            { value: 'quarter', label: t('forecast.quarter') },
            { value: 'month', label: t('forecast.month') },
          ]}
          choose={(kind) => {
            // The quarter a month is in, the first month of a quarter.
            const day = forecast ? new Date(`${forecast.period.from}T12:00:00`) : new Date();
            show({ period: periodOf(day, kind === 'month' ? 'month' : 'quarter', yearBegins) });
          }}
        />
        <span className={styles.space} />
        <Since period={period} since={since} choose={(day) => show({ since: day }, true)} />
      </div>
      {refusal && !forecast ? (
        <EmptyState
          icon={ListX}
          title={t('forecast.failed')}
          actions={
            <>
              {since && <Button onClick={() => show({ since: null }, true)}>{t('forecast.compareNone')}</Button>}
              <Button onClick={again}>{t('retry')}</Button>
            </>
          }
        >
          {sentenceOf(refusal)}
        </EmptyState>
      ) : (
        <ForecastGrid asked={asked} forecast={forecast} open={open} toggle={toggle} times={times} again={again} />
      )}
    </div>
  );
}

/** 2026-Q4 → Q4 2026; a month by its name. */
function nameOf(period: string): string {
  if (isQuarter(period)) return `${period.slice(5)} ${period.slice(0, 4)}`;
  const { language } = preferences.get();
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`));
}
