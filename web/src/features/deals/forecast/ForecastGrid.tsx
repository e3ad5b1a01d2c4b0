import ChevronRight from 'lucide-react/icons/chevron-right';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import { type CSSProperties, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { sentenceOf } from '@/features/refusals';
import { cx } from '@/lib/classes';
import { formatDate, formatNumber } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { formatSum } from '../amounts';
import type { ForecastLineFragment, ForecastQuery } from '../graph';
import { AdjustDialog } from './AdjustDialog';
import { DealRows } from './DealRows';
import styles from './ForecastGrid.module.css';
import { type Asked, useForecast } from './useForecast';

type Forecast = NonNullable<ForecastQuery['forecasts']>;
export type Line = ForecastLineFragment;
export const categories = ['pipeline', 'bestCase', 'commit', 'closed', 'weighted'] as const;
export const columnCount = categories.length + 4;

type Shared = {
  readonly asked: Asked;
  readonly open: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly times: number;
  readonly again: () => void;
};
type Props = Shared & { readonly forecast: Forecast | undefined };

/** Teams, the people in them and their deals, category by category, beside what is to be reached. */
export function ForecastGrid({ forecast, ...shared }: Props) {
  const [adjusting, adjust] = useState<string | undefined>();
  const model = useModel();
  const mayAdjust = Boolean(model.byPlural('forecastAdjustments')?.graph.create || model.byPlural('quotas')?.graph.create);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys.
    <section className={styles.scroller} aria-label={t('forecast.title')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.name}>
              {t('forecast.who')}
            </th>
            {categories.map((category) => (
              <th key={category} scope="col">
                {t(`forecast.${category}`)}
              </th>
            ))}
            <th scope="col">{t('forecast.quota')}</th>
            <th scope="col">{t('forecast.attainment')}</th>
            <th scope="col">{t('forecast.coverage')}</th>
          </tr>
        </thead>
        <tbody>
          {forecast ? (
            <>
              <LineRow
                line={forecast.total}
                name={t('forecast.total')}
                depth={0}
                currency={forecast.currency}
                compared={forecast.comparedWith}
                isTotal
              />
              {forecast.lines.map((line) => (
                <Branch
                  key={idOf(line)}
                  line={line}
                  depth={0}
                  forecast={forecast}
                  adjusting={adjusting}
                  adjust={mayAdjust ? adjust : undefined}
                  {...shared}
                />
              ))}
              {forecast.lines.length === 0 && (
                <tr>
                  <td colSpan={columnCount} className={styles.none}>
                    {t('forecast.none')}
                  </td>
                </tr>
              )}
            </>
          ) : (
            [1, 2, 3, 4].map((i) => <Sketch key={i} />)
          )}
        </tbody>
      </table>
      {forecast && (forecast.withoutRate > 0 || forecast.comparedWith) && (
        <p className={styles.notes}>
          {forecast.comparedWith && t('forecast.comparedWith', { day: formatDate(forecast.comparedWith) })}{' '}
          {forecast.withoutRate > 0 && t('forecast.withoutRate', { count: forecast.withoutRate })}
        </p>
      )}
    </section>
  );
}

export const indent = (depth: number) => ({ '--depth': depth }) as CSSProperties;

export const idOf = (line: Line): string => (line.teamId ? `t${line.teamId}` : line.userId ? `u${line.userId}` : 'nobody');

type BranchProps = Shared & {
  readonly line: Line;
  readonly depth: number;
  readonly forecast: Forecast;
  /** Whose line is being adjusted. */
  readonly adjusting: string | undefined;
  readonly adjust: ((id: string | undefined) => void) | undefined;
};

/** A line, and what it comes from where it is open: of a team those below, of a person their deals. */
function Branch({ line, depth, forecast, adjusting, adjust, ...shared }: BranchProps) {
  const deals = useModel().byPlural('deals');
  const id = idOf(line);
  const isOpen = shared.open.has(id);
  return (
    <>
      <LineRow
        line={line}
        name={line.name ?? t('forecast.nobody')}
        depth={depth}
        currency={forecast.currency}
        compared={forecast.comparedWith}
        isOpen={isOpen}
        toggle={() => shared.toggle(id)}
        adjust={adjust && (line.teamId || line.userId) ? () => adjust(id) : undefined}
      />
      {isOpen && line.teamId && <Below team={line.teamId} depth={depth + 1} adjusting={adjusting} adjust={adjust} {...shared} />}
      {isOpen && !line.teamId && deals && <DealsOf deals={deals} line={line} depth={depth + 1} forecast={forecast} times={shared.times} />}
      {adjust && adjusting === id && (
        <AdjustDialog
          line={line}
          period={forecast.period.name}
          currency={forecast.currency}
          close={() => adjust(undefined)}
          changed={shared.again}
        />
      )}
    </>
  );
}

function Below({
  team,
  depth,
  adjusting,
  adjust,
  ...shared
}: Shared & Pick<BranchProps, 'depth' | 'adjusting' | 'adjust'> & { readonly team: string }) {
  const { forecast, refusal } = useForecast(shared.asked, team, shared.times);
  if (refusal) return <Message depth={depth} text={sentenceOf(refusal)} />;
  if (!forecast) return <Sketch />;
  if (!forecast.lines.length) return <Message depth={depth} text={t('forecast.none')} />;
  return forecast.lines.map((line) => (
    <Branch key={idOf(line)} line={line} depth={depth} forecast={forecast} adjusting={adjusting} adjust={adjust} {...shared} />
  ));
}

type DealsProps = {
  readonly deals: RecordType;
  readonly line: Line;
  readonly depth: number;
  readonly forecast: Forecast;
  readonly times: number;
};

const DealsOf = ({ deals, line, depth, forecast, times }: DealsProps) => (
  <DealRows type={deals} user={line.userId} period={forecast.period} depth={depth} times={times} />
);

export const Message = ({ depth, text }: { readonly depth: number; readonly text: string }) => (
  <tr>
    <td colSpan={columnCount} className={styles.none} style={indent(depth)}>
      {text}
    </td>
  </tr>
);

export const Sketch = () => (
  <tr aria-hidden>
    <td colSpan={columnCount} className={styles.sketch}>
      <Skeleton width="60%" />
    </td>
  </tr>
);

type LineProps = {
  readonly line: Line;
  readonly name: string;
  readonly depth: number;
  readonly currency: string;
  readonly compared: string | null;
  readonly isTotal?: boolean;
  readonly isOpen?: boolean;
  readonly toggle?: () => void;
  readonly adjust?: () => void;
};

function LineRow({ line, name, depth, currency, compared, isTotal, isOpen, toggle, adjust }: LineProps) {
  return (
    <tr className={cx(isTotal && styles.sum)}>
      <th scope="row" className={styles.name} style={indent(depth)}>
        <span className={styles.who}>
          {toggle ? (
            <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={toggle}>
              <ChevronRight size={14} aria-hidden className={cx(styles.turn, isOpen && styles.turned)} />
              <Avatar name={name} of={line.teamId ?? line.userId} square={Boolean(line.teamId)} />
              <span className={styles.words}>{name}</span>
            </button>
          ) : (
            <span className={styles.words}>{name}</span>
          )}
          {adjust && (
            <IconButton label={t('forecast.adjustOf', { name })} icon={SlidersHorizontal} onClick={adjust} className={styles.adjust} />
          )}
        </span>
      </th>
      {categories.map((category) => {
        const [said, value] = [line.expected[category], line.adjusted[category]];
        const isAdjusted = Number(said) !== Number(value);
        const why = line.adjustments.filter((one) => one.category === category);
        return (
          <td key={category}>
            <span
              className={cx(isAdjusted && styles.adjusted)}
              title={isAdjusted ? why.map((one) => `${formatSum(one.amount, currency)}: ${one.note}`).join('\n') : undefined}
            >
              {formatSum(value, currency)}
            </span>
            {isAdjusted && (
              <span className={styles.said}>
                <span className="unseen">{t('forecast.said')}</span> {formatSum(said, currency)}
              </span>
            )}
            {compared && line.change && <Delta amount={line.change[category]} currency={currency} />}
          </td>
        );
      })}
      <td>{line.quota === null ? '' : formatSum(line.quota, currency)}</td>
      <td>{line.attainment === null ? '' : <Attained percent={Number(line.attainment)} />}</td>
      <td>{line.coverage === null ? '' : `${formatNumber(line.coverage)}×`}</td>
    </tr>
  );
}

/** What is expected that was not. */
function Delta({ amount, currency }: { readonly amount: string | number; readonly currency: string }) {
  const by = Number(amount);
  return (
    <span className={cx(styles.delta, by > 0 && styles.more, by < 0 && styles.less)}>
      {by === 0 ? '±0' : `${by > 0 ? '+' : '−'}${formatSum(String(amount).replace('-', ''), currency)}`}
    </span>
  );
}

function Attained({ percent }: { readonly percent: number }) {
  return (
    <span className={styles.attained}>
      <span>{formatNumber(percent)}%</span>
      <span className={styles.track} aria-hidden>
        <span className={cx(styles.bar, percent >= 100 && styles.reached)} style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
    </span>
  );
}
